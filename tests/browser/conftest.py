"""A real Chromium in front of a live node; everything it asks for must come from that node."""

from __future__ import annotations

import os
import shutil
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import sync_playwright
from tests.trade import recorded, row, screened

# Playwright keeps an event loop in the thread of the tests; the ORM calls there are ours alone.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

LOCALES = {"en": "en-GB", "zh-Hant": "zh-HK", "zh-Hans": "zh-CN"}
GOODS = [
    row(1, goods_description="handbags VELUNDRA", declared_brand="VELUNDRA", hs_code="420221"),
    row(2, goods_description="handbags VE1UNDRA", declared_brand="VE1UNDRA", hs_code="420221"),
    row(3, goods_description="手袋 薇伦卓", declared_brand="薇伦卓", hs_code="420221"),
    row(4, goods_description="purses, brand: VELUNDRA", hs_code="420231"),
]


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("Chromium is not installed: apt install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture
def hits(chan, lau, hongkong):
    """Four open hits of Officer Chan's office."""
    recorded(lau, hongkong, word_zh_hans="薇伦卓", word_zh_hant="薇倫卓")
    return screened(chan, GOODS)


@pytest.fixture
def open_as(socket_enabled, live_server, chromium, client):
    """Return a function that opens a page as an officer; fails on console errors and far hosts."""
    faults, contexts = [], []

    def asked(request):
        parts = urlsplit(request.url)
        if parts.scheme != "data" and f"{parts.scheme}://{parts.netloc}" != live_server.url:
            faults.append(f"asked {request.url}")

    def said(message):
        # A refused form answers 4xx on purpose; Chromium logs that as an error of its own.
        if message.type == "error" and "status of 4" not in message.text:
            faults.append(message.text)

    def open_page(officer, address, *, width=1440, language="en", scripts=True):
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            locale=LOCALES[language],
            java_script_enabled=scripts,
        )
        contexts.append(context)
        if officer is not None:
            client.force_login(officer)
            name = settings.SESSION_COOKIE_NAME
            cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
            context.add_cookies([cookie])
        page = context.new_page()
        page.on("request", asked)
        page.on("console", said)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(live_server.url + address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []
