"""Writes ``docs/reference/glossary.md`` from ``GLOSSARY.toml``."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HEAD = """# Glossary

Made from `GLOSSARY.toml` by `make generated`. The two Chinese columns are two official usages,
never conversions of one another. *Working choice* means that no source was found for that side.

| English | Hong Kong | Mainland | Note | Source |
|---|---|---|---|---|
"""


def main() -> None:
    """Write the page."""
    terms = tomllib.loads((ROOT / "GLOSSARY.toml").read_text(encoding="utf-8"))["term"]
    rows = (
        "| "
        + " | ".join(
            term.get(key, "").replace("|", "·").replace("\n", " ")
            for key in ("en", "zh_hant", "zh_hans", "note", "source")
        )
        + " |\n"
        for term in sorted(terms, key=lambda term: term["en"].lower())
    )
    page = ROOT / "docs" / "reference" / "glossary.md"
    page.write_text(HEAD + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
