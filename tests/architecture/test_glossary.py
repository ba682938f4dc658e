"""The product speaks the words of the field: one term for one thing."""

from __future__ import annotations

import io
import re
import tokenize
import tomllib
from pathlib import Path

from tools.messages import template

ROOT = Path(__file__).resolve().parents[2]
# The word that is not used, and the one that is (ARCHITECTURE.md, GLOSSARY.toml).
INSTEAD = {
    "trademark": "trade mark",
    "shipment": "consignment",
    "brand owner": "right holder",
    "rights holder": "right holder",
    "whitelist": "authorised parties",
    "blacklist": "watch",
    "false positive": "false alarm",
    "counterfeit": "suspected of infringing, until there is a determination",
}


def terms() -> list[dict[str, str]]:
    return tomllib.loads((ROOT / "GLOSSARY.toml").read_text(encoding="utf-8"))["term"]


def test_every_term_has_its_three_languages_and_its_source():
    lacking = [
        term["key"]
        for term in terms()
        if not all(term.get(key) for key in ("en", "zh_hant", "zh_hans", "source"))
    ]
    assert lacking == []


def test_no_term_is_defined_twice():
    keys = [term["key"] for term in terms()]
    assert len(keys) == len(set(keys))


def test_the_interface_uses_the_terms_of_the_field():
    wrong = [
        (message.id, word)
        for message in template()
        if message.id
        for word in INSTEAD
        if re.search(rf"\b{word}s?\b", str(message.id).lower())
    ]
    assert wrong == []


def test_identifiers_use_the_terms_of_the_field():
    banned = re.compile(
        r"(trademark|(?<!tran)shipment|whitelist|blacklist|brand_owner|rightsholder)"
    )
    wrong = [
        (path.relative_to(ROOT).as_posix(), token.string)
        for path in (ROOT / "src").rglob("*.py")
        for token in tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline)
        if token.type == tokenize.NAME and banned.search(token.string.lower())
    ]
    assert wrong == []
