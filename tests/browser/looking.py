"""What every browser test looks for: faults of access, and pages wider than their window."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LANGUAGES = ("en", "zh-Hant", "zh-Hans")
WIDTHS = (1440, 390)


def violations(page):
    """Return the rules of axe that a page breaks, each with where it does."""
    page.evaluate("window.scrollTo(0, 0)")
    found = Axe().run(page, options=RULES).response["violations"]
    return [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found]


def too_wide(page):
    """Return by how many pixels a page is wider than its window; 0 or less is right."""
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


def faults(page):
    """Return everything that is wrong with a page as it stands."""
    return [*violations(page), *(["too wide"] if too_wide(page) > 0 else [])]
