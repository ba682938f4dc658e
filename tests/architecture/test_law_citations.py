"""Every article cited in a docstring stands in ``law/<side>/instruments.toml``."""

from __future__ import annotations

import re
from pathlib import Path

from countermark.lawbook import lawbook

ROOT = Path(__file__).resolve().parents[2]
CITATION = re.compile(r"\b(cn|hk|mo)/([a-z0-9-]+)#([0-9A-Za-z.()-]+)")
LAW_SECTION = re.compile(r"^\s+Law:\n((?:\s+\S.*\n)+)", re.MULTILINE)


def instruments() -> dict[str, set[str]]:
    """Return the articles and provisions of every instrument, over all its editions."""
    return {
        instrument.code: {
            article.number for each in instrument.editions for article in each.articles
        }
        for law in lawbook().laws.values()
        for instrument in law.instruments.values()
    }


def cited_in_docstrings() -> list[tuple[str, str, str]]:
    return [
        (path.relative_to(ROOT).as_posix(), f"{side}/{code}", article.rstrip(".,;"))
        for path in (ROOT / "src").rglob("*.py")
        for section in LAW_SECTION.findall(path.read_text(encoding="utf-8"))
        for side, code, article in CITATION.findall(section)
    ]


def test_citations_are_there_to_be_checked():
    assert cited_in_docstrings()


def test_every_cited_article_is_in_the_law_folder():
    known = instruments()
    unknown = [
        (path, code, article)
        for path, code, article in cited_in_docstrings()
        if article not in known.get(code, set())
    ]
    assert unknown == []
