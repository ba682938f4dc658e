"""The exhibit: a verified capsule on one A4 page, in three languages, as one HTML file.

It is HTML because every browser prints it with the Chinese fonts of the machine it stands on, and
still opens in twenty years; it loads nothing and runs nothing. Long texts are cut around the words
that match, so that there is one page whatever was declared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from itertools import accumulate, starmap, takewhile
from unicodedata import east_asian_width

from countermark.domain.capsules import words
from countermark.domain.capsules.content import Capsule
from countermark.domain.capsules.rerun import Rerun
from countermark.domain.capsules.seal import Sealed
from countermark.domain.capsules.trust import Trust
from countermark.domain.capsules.words import LANGUAGES, Words
from countermark.domain.envelopes.canonical import sha256_hex
from countermark.domain.envelopes.fingerprint import fingerprint_digits

LONG, SHORT = 180, 64
"""Width shown of a description, and of any other value, in Latin letters."""
MOST_DIFFERENCES, MOST_OTHERS, MOST_REASONS = 5, 4, 10
GAP = "[…]"
_BLANKS = re.compile(r"\s+")

STYLE = """
@page { size: A4; margin: 11mm 13mm }
* { box-sizing: border-box }
body { font: 7.7pt/1.27 "Noto Sans", "Noto Sans CJK HK", "PingFang HK", "Microsoft JhengHei",
  sans-serif; color: #111; max-width: 184mm; margin: 0 auto }
@media screen { body { padding: 8mm 0 } }
:lang(zh-Hans-CN) { font-family: "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif }
h1 { font-size: 12pt; margin: 0; display: flex; justify-content: space-between; gap: 4mm }
h2 { font-size: 8.5pt; margin: 2mm 0 .5mm; padding-bottom: .4mm; border-bottom: .5pt solid #111;
  display: flex; gap: 3mm }
.number { font: 600 9pt/1.4 monospace; margin: .5mm 0 1mm }
.caution { border: .8pt solid #111; padding: 1.2mm 2mm; margin: 1mm 0; font-weight: 600 }
p { margin: 0 }
table { width: 100%; border-collapse: collapse }
th, td { text-align: left; vertical-align: top; padding: .35mm 1mm .35mm 0; font-weight: 400;
  border-bottom: .3pt solid #bbb; overflow-wrap: anywhere }
th { width: 40%; color: #444 }
th span + span::before, .inline span + span::before { content: " · " }
th span, .inline span { display: inline }
td.points { text-align: right; font-family: monospace; width: 20mm }
.reasons th { width: auto }
.sum { font-weight: 700 }
mark { background: none; border-bottom: 1.2pt solid #111; font-weight: 700 }
.mono { font-family: monospace; font-size: 7pt }
"""


@dataclass(frozen=True, slots=True)
class Verified:
    """A capsule with everything that was found out about it; ``sha256`` is of its file."""

    sealed: Sealed
    sha256: str
    trust: Trust
    rerun: Rerun


def verified(raw: bytes, sealed: Sealed, trust: Trust, again: Rerun) -> Verified:
    """Return what was found out about the capsule in a file."""
    return Verified(sealed, sha256_hex(raw), trust, again)


def exhibit_html(checked: Verified) -> str:
    """Return the exhibit as one HTML document that needs no other file."""
    capsule = checked.sealed.capsule
    title = f"{words.TITLE.en} {capsule.reference.number}"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body>\n"
        f"<h1>{_each(words.TITLE)}</h1>\n"
        f'<p class="number">{escape(_cut(capsule.reference.number))}</p>\n'
        f'<div class="caution">{_each(words.CAUTION, tag="p")}</div>\n'
        + _line_section(capsule)
        + _mark_section(capsule)
        + _score_section(capsule)
        + _check_section(checked)
        + f'<p class="inline">{_each(words.CUT)}</p>\n</body></html>\n'
    )


def _line_section(capsule: Capsule) -> str:
    line, reference = capsule.evidence.line, capsule.reference
    where = f"{reference.declaration} / {reference.line_no} / {reference.declared_on}"
    rows = [
        _row("declaration", escape(_cut(where))),
        _row("goods_description", _shown(capsule, "goods_description", LONG)),
        _row("declared_brand", _shown(capsule, "declared_brand", SHORT)),
        _row("hs_code", escape(_cut(line.hs_code))),
        _row("consignor", escape(_cut(line.consignor))),
        _row("consignee", escape(_cut(line.consignee))),
    ]
    return _section("line", rows)


def _mark_section(capsule: Capsule) -> str:
    mark, reference = capsule.mark, capsule.reference
    spellings = dict.fromkeys(filter(None, (mark.word, mark.word_zh_hant, mark.word_zh_hans)))
    rows = [
        _row("mark", escape(_cut(" / ".join(spellings)))),
        _row("right", escape(_cut(f"{reference.right} / {reference.right_version}"))),
        _row("nice_classes", escape(_cut(" ".join(map(str, mark.nice_classes))))),
        _row("holder", escape(_cut(mark.holder))),
    ]
    return _section("mark", rows)


def _score_section(capsule: Capsule) -> str:
    hit = capsule.hit
    others = [
        _cut(mark.word or mark.word_zh_hant or mark.word_zh_hans, 24)
        for mark in capsule.evidence.marks
        if mark.right_id != hit.right_id
    ]
    rows = [
        _row("matched", f"<mark>{escape(_cut(hit.matched))}</mark>"),
        _row("resemblance", _inline(words.RESEMBLANCES, hit.resemblance)),
        *([_row("excused", _inline(words.EXCUSES, hit.excused))] if hit.excused else []),
        *([_row("others", escape(_listed(others)))] if others else []),
        _row("usage", f"{capsule.evidence.usage.lines:,}"),
    ]
    reasons = "".join(starmap(_reason, _reasons(capsule)))
    total = (
        f'<tr class="sum"><th class="inline">{_each(words.LABELS["score"])}</th>'
        f'<td class="points">{hit.score * 100:.2f}</td></tr>'
    )
    return _section("score", rows) + f'<table class="reasons">{reasons}{total}</table>\n'


def _reasons(capsule: Capsule) -> list[tuple[str, float]]:
    """Return the reasons with their points of 100, those beyond the tenth as one."""
    parts = [(part.name, part.points * 100) for part in capsule.hit.contributions]
    if len(parts) <= MOST_REASONS:
        return parts
    large = sorted(parts, key=lambda part: -abs(part[1]))[: MOST_REASONS - 1]
    rest = sum(points for name, points in parts if (name, points) not in large)
    return [*(part for part in parts if part in large), ("others", rest)]


def _reason(name: str, points: float) -> str:
    said = _words_of(words.REASONS, name)
    return f'<tr><th class="inline">{said}</th><td class="points">{points:+.2f}</td></tr>'


def _check_section(checked: Verified) -> str:
    sealed, again = checked.sealed, checked.rerun
    capsule = sealed.capsule
    rules = capsule.rules
    versions = f"{rules.version} / {rules.model} {rules.model_sha256[:16]} / {rules.register}"
    filled = {"node": capsule.node, "rules": again.rules, "model": again.model}
    rows = [
        _row("found", escape(_cut(f"{capsule.reference.found_at} / {capsule.made_at}"))),
        _row("rules", _mono(versions)),
        _row("signature", _sentences(words.SIGNED, filled) + _mono(sealed.kid)),
        _row("trust", _sentences(words.TRUSTS[checked.trust], filled)),
        _row("fingerprint", _mono(fingerprint_digits(sealed.root))),
        _row("rerun", _sentences(words.OUTCOMES[again.outcome], filled) + _differences(again)),
        _row("file", _mono(checked.sha256)),
    ]
    return _section("check", rows)


def _differences(again: Rerun) -> str:
    shown = [f"{d.name}: {_cut(d.recorded, 24)} → {_cut(d.now, 24)}" for d in again.differences]
    return _mono(_listed(shown, MOST_DIFFERENCES)) if shown else ""


def _section(name: str, rows: Iterable[str]) -> str:
    return f"<h2>{_each(words.SECTIONS[name])}</h2>\n<table>{''.join(rows)}</table>\n"


def _row(name: str, value: str) -> str:
    return f"<tr><th>{_each(words.LABELS[name])}</th><td>{value}</td></tr>\n"


def _each(said: Words, tag: str = "span") -> str:
    """Return a text three times, each marked with its language."""
    return "".join(
        f'<{tag} lang="{code}">{escape(getattr(said, name))}</{tag}>'
        for name, code in LANGUAGES.items()
    )


def _sentences(said: Words, values: Mapping[str, str]) -> str:
    filled = Words(*(text.format(**{k: _cut(v) for k, v in values.items()}) for text in said))
    return _each(filled, tag="p")


def _words_of(table: Mapping[str, Words], code: str) -> str:
    """Return the words for a code; a code of later rules stands for itself."""
    return _each(table[code]) if code in table else escape(_cut(code))


def _inline(table: Mapping[str, Words], code: str) -> str:
    return f'<span class="inline">{_words_of(table, code)}</span>'


def _mono(text: str) -> str:
    return f'<p class="mono">{escape(_cut(text, 4 * SHORT))}</p>'


def _listed(items: list[str], most: int = MOST_OTHERS) -> str:
    return "; ".join([*items[:most], *([GAP] if len(items) > most else [])])


def _shown(capsule: Capsule, field: str, most: int) -> str:
    """Return a field of the line with the words of the hit marked, cut around them."""
    text = str(getattr(capsule.evidence.line, field))
    if capsule.hit.field != field:
        return escape(_cut(text, most))
    start, end = capsule.hit.span
    matched = _cut(text[start:end])
    room = max(most - _width(matched), most // 3) // 2
    before = _cut(text[:start][::-1], room, GAP[::-1])[::-1]
    after = _cut(text[end:], room)
    return f"{escape(before)}<mark>{escape(matched)}</mark>{escape(after)}"


def _cut(text: str, most: int = SHORT, gap: str = GAP) -> str:
    """Return a text on one line, cut where it is too wide; a Chinese character is two wide."""
    flat = _BLANKS.sub(" ", text)
    if _width(flat) <= most:
        return flat
    ends = accumulate(map(_width, flat))
    return flat[: sum(1 for _ in takewhile(lambda end: end <= most, ends))] + gap


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
