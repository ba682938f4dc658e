"""Takes the pictures of the documentation from a running demo: ``./countermark demo`` first.

    python -m tools.screenshots http://127.0.0.1:8002

Each page at 1440 and 390 px in three languages, into ``docs/screens/``. A page that is too wide
or writes to the console stops it with an error.
"""

from __future__ import annotations

import subprocess
import sys
from itertools import product
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "docs" / "screens"
CHROMIUM = "/usr/bin/chromium"
OFFLINE = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
LANGUAGES = ("en", "zh-hant", "zh-hans")
SIZES = {1440: 900, 390: 844}
PAGES: dict[str, dict[str, str]] = {
    "supervisor.hk": {
        "triage": "/triage/",
        "case": "/cases/HK-2013-000001/",
        "operation": "/operations/GD-HK-2013-1/",
        "figures": "/figures/operations/GD-HK-2013-1/?currency=USD&rate_on=2014-07-21",
        "dock": "/rights/guides/ a[href$='/dock/']",
    },
    "holder.hk@velundra.example": {
        "portal": "/portal/",
        "file": "/portal/ th a",
        "gaps": "/portal/gaps/",
        "licence": "/portal/licences/ th a",
    },
}
"""Who sees which page: an address, or an address and the link that is followed from there."""


def password(username: str) -> str:
    """Return the password that this copy of the demo made for an officer."""
    said = subprocess.run(
        [ROOT / "countermark", "demo", "--logins"], capture_output=True, text=True, check=True
    ).stdout
    return dict(line.split() for line in said.splitlines() if line.count("\t") == 1)[username]


def sign_in(page: Page, base: str, username: str) -> None:
    """Sign in as a person would."""
    page.goto(f"{base}/accounts/login/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", password(username))
    page.click("main button[type=submit]")
    page.wait_for_load_state("networkidle")
    if username.startswith("holder"):
        page.goto(f"{base}/portal/second-factor/")
        page.click("main form button")  # the demo lets people look around without one


def take(page: Page, address: str, name: str, language: str) -> None:
    """Take one picture, of what a person sees first."""
    start, _, link = address.partition(" ")
    page.goto(start, wait_until="networkidle")
    if link:
        page.goto(page.locator(link).first.evaluate("a => a.href"), wait_until="networkidle")
    width = page.viewport_size["width"]
    beyond = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if beyond > 0:
        raise SystemExit(f"{name} in {language} at {width}: {beyond} px too wide")
    page.screenshot(path=OUT / f"{name}-{language}-{width}.png")


def main(base: str) -> None:
    """Take every picture."""
    OUT.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OFFLINE)
        for (width, height), (who, pages) in product(SIZES.items(), PAGES.items()):
            context = browser.new_context(viewport={"width": width, "height": height})
            page = context.new_page()
            page.on("console", lambda said: sys.exit(f"console: {said.text} {said.location}"))
            sign_in(page, base, who)
            for language, (name, address) in product(LANGUAGES, pages.items()):
                cookie = {"name": "countermark_hk_language", "value": language, "url": base}
                context.add_cookies([cookie])
                take(page, base + address, name, language)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
