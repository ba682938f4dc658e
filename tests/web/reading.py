"""Pages as a reader sees them: fetched by an officer, parsed, never grepped."""

from __future__ import annotations

from bs4 import BeautifulSoup

LANGUAGES = {"en": "en", "zh-hant": "zh-Hant", "zh-hans": "zh-Hans"}


def soup_of(response):
    return BeautifulSoup(response.content.decode(), "html.parser")


def read(client, officer, address, query=None, **headers):
    """Return the answer and its parsed page."""
    if officer is not None:
        client.force_login(officer)
    response = client.get(address, query or {}, headers=headers)
    return response, soup_of(response)


def send(client, officer, address, data=None, **headers):
    client.force_login(officer)
    response = client.post(address, data or {}, headers=headers)
    return response, soup_of(response)


def text(node) -> str:
    return " ".join(node.get_text(" ", strip=True).split())


def errors(soup) -> list[str]:
    """Return what the error summary says; it is there to take the focus."""
    summary = soup.select_one(".summary[data-focus][tabindex='-1']")
    return [text(item) for item in summary.select("li")] if summary else []
