"""Keeps the message catalogues: ``make messages`` adds new sentences and drops unused ones.

Sentences are found by reading Python as Python and templates through Django's own translator of
templates, so no gettext program is needed. What lacks a translation is printed; the test
``tests/architecture/test_messages.py`` fails on it.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "countermark"
LANGUAGES = ("zh_Hans", "zh_Hant")
# function name -> positions of (context, sentence, plural) among its arguments
CALLS = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
}
CALL_IN_TEMPLATE = re.compile(r"\b(_|gettext|ngettext|pgettext|npgettext)\(")

Sentence = tuple[str | None, str, str | None]


def sentences() -> Iterator[tuple[Sentence, str]]:
    """Yield every (context, sentence, plural) of the interface with the file it stands in."""
    for path in sorted(SOURCE.rglob("*.py")):
        for found in _in_python(ast.parse(path.read_text(encoding="utf-8"))):
            yield found, path.relative_to(ROOT).as_posix()
    for path in sorted(SOURCE.rglob("*.html")):
        for found in _in_template(path):
            yield found, path.relative_to(ROOT).as_posix()


def _in_python(tree: ast.AST) -> Iterator[Sentence]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in CALLS and (found := _sentence(node, name)):
            yield found


def _sentence(call: ast.Call, name: str) -> Sentence | None:
    said = [a.value if isinstance(a, ast.Constant) else None for a in call.args]
    context, sentence, plural = (said[i] if i is not None else None for i in CALLS[name])
    return (context, sentence, plural) if isinstance(sentence, str) else None


def _in_template(path: Path) -> Iterator[Sentence]:
    """Read the calls out of what Django makes of a template for xgettext."""
    text = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    for start in CALL_IN_TEMPLATE.finditer(text):
        for end in re.finditer(r"\)", text[start.start() :]):
            try:
                call = ast.parse(text[start.start() : start.start() + end.end()], mode="eval")
            except SyntaxError:
                continue
            yield from _in_python(call)
            break


def catalogue_path(language: str) -> Path:
    """Return where a language's catalogue lies."""
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def catalogue(language: str) -> Catalog:
    """Return a language's catalogue as committed."""
    with catalogue_path(language).open("rb") as file:
        return read_po(file, locale=language)


def template() -> Catalog:
    """Return every sentence of the interface, untranslated."""
    fresh = Catalog(project="Countermark", charset="utf-8", fuzzy=False)
    for (context, sentence, plural), _path in sentences():
        if sentence:
            fresh.add((sentence, plural) if plural else sentence, context=context)
    return fresh


def update(language: str) -> int:
    """Bring one catalogue up to date and return how many sentences lack a translation."""
    path = catalogue_path(language)
    known = catalogue(language) if path.exists() else Catalog(locale=language, fuzzy=False)
    known.update(template(), no_fuzzy_matching=True)
    known.obsolete.clear()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, known, sort_output=True, omit_header=False, width=100)
    missing = [
        message
        for message in known
        if message.id and not all(message.string if message.pluralizable else [message.string])
    ]
    for message in missing:
        print(f"{language}: {message.id!r}")
    return len(missing)


if __name__ == "__main__":
    sys.exit(1 if sum(map(update, LANGUAGES)) else 0)
