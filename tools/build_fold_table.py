"""Generate the folding table of ``countermark.domain.text`` from Unicode and OpenCC data.

    build_fold_table.py                   write src/countermark/domain/text/fold_table.py
    build_fold_table.py --check           exit 1 if the committed file is not what comes out
    build_fold_table.py --extract FILE    refresh tools/data/confusables.tsv from confusables.txt

Sources: the ``unicodedata`` of the running Python (3.11: Unicode 14), Unicode Security Mechanisms
(UTS 39) 17.0 in ``tools/data/confusables.tsv``, and OpenCC's ``t2s`` conversion. None of them is
needed at run time: the product reads the generated module only, so that two nodes with different
Pythons fold alike.

A code point is folded by the first rule that applies:

1. invisible or combining (Cf, Mn, Me, Cc, default ignorable): removed; white space becomes a blank;
   the signs ™ and ℠ stay: they label a mark and are not letters of it;
2. a decimal digit of any script: the ASCII digit;
3. compatibility decomposition without marks, case folded, if that is ASCII or Han;
4. looks like ASCII (UTS 39), itself or in its other case;
5. its Unicode name says LATIN ... LETTER X: the letter;
6. Han: Simplified by OpenCC;
7. else decomposed, without marks, case folded and composed again.
"""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONFUSABLES = ROOT / "tools" / "data" / "confusables.tsv"
TABLE = ROOT / "src" / "countermark" / "domain" / "text" / "fold_table.py"
REMOVED_CATEGORIES = {"Cf", "Mn", "Me", "Cc"}
IGNORABLE = {0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0}  # default ignorable letters and vowels
LETTER_NAME = re.compile(
    r"(?:LATIN|REGIONAL INDICATOR SYMBOL) .*?LETTER (?:SMALL CAPITAL )?([A-Z])(?: WITH .*)?$"
)
NOT_UPRIGHT = re.compile(r"TURNED|REVERSED|INVERTED|SIDEWAYS|ROTATED")
MARK_SIGNS = "™℠"
BLANK = "␣"  # stands for a blank in the generated module
SURROGATES = range(0xD800, 0xE000)


def read_confusables() -> dict[str, str]:
    """Return the committed UTS 39 pairs: character to what it looks like."""
    lines = CONFUSABLES.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {chr(int(source, 16)): target for source, target in pairs}


def strip_marks(text: str) -> str:
    return "".join(c for c in text if unicodedata.category(c) not in REMOVED_CATEGORIES)


def plain(text: str) -> str:
    """Return ``text`` decomposed, without marks, in folded case; a fixed point of itself."""
    while True:
        folded = strip_marks(unicodedata.normalize("NFKD", text).casefold())
        if folded == text:
            return text
        text = folded


def is_han(character: str) -> bool:
    point = ord(character)
    return 0x3400 <= point <= 0x9FFF or 0xF900 <= point <= 0xFAFF or 0x20000 <= point <= 0x3FFFF


class Folder:
    """Folds one code point by the rules in the module's docstring."""

    def __init__(self, confusables: dict[str, str]) -> None:
        import opencc  # noqa: PLC0415 - needed to generate only, not to compare a committed table

        self.confusables = confusables
        self.to_simplified = opencc.OpenCC("t2s").convert

    def fold(self, character: str) -> str:
        if character.isspace():
            return " "
        category = unicodedata.category(character)
        if category in REMOVED_CATEGORIES or ord(character) in IGNORABLE:
            return ""
        if character in MARK_SIGNS:
            return character
        if category == "Nd":
            return str(unicodedata.decimal(character))
        return self.fold_visible(character)

    def fold_visible(self, character: str) -> str:
        base = plain(character)
        if base and (base.isascii() or all(map(is_han, base))):
            return "".join(map(self.simplify, base))
        like = self.looks_like(character)
        if like:
            return like
        name = LETTER_NAME.search(unicodedata.name(character, ""))
        if name and not NOT_UPRIGHT.search(name.group()):
            return name.group(1).lower()
        return unicodedata.normalize("NFC", "".join(self.looks_like(c) or c for c in base))

    def simplify(self, character: str) -> str:
        if not is_han(character):
            return character
        simple = self.to_simplified(character)
        return simple if len(simple) == 1 else character

    def looks_like(self, character: str) -> str:
        """Return the ASCII that the character looks like in one of its cases, or ""."""
        for case in (character, character.upper(), character.lower()):
            shape = self.confusables.get(case, "")
            if shape == "l" and case.isupper():
                return "i"  # UTS 39 writes I, l, 1 and | as one class, "l"; a capital is I
            like = plain(shape)
            if like and like.isascii():
                return like
        return ""


def build() -> dict[int, str]:
    """Return code point to folding for every code point that does not fold to itself."""
    folder = Folder(read_confusables())
    table = {}
    for point in range(sys.maxunicode + 1):
        character = chr(point)
        if point in SURROGATES or unicodedata.category(character) in {"Cn", "Co"}:
            continue
        folded = folder.fold(character)
        if folded != character:
            table[point] = folded
    return settled(table)


def settled(table: dict[int, str]) -> dict[int, str]:
    """Apply the table to its own results until folding twice is folding once."""
    while True:
        again = {point: target.translate(table) for point, target in table.items()}
        if again == table:
            return {point: target for point, target in table.items() if chr(point) != target}
        table = again


def runs(table: dict[int, str]) -> tuple[list[str], list[str], list[str]]:
    """Return the table as three lists of words: removed ranges, one-to-one runs, expansions."""
    removed, single, several = [], [], []
    points = sorted(table)
    start = 0
    for at in range(1, len(points) + 1):
        if at < len(points) and continues(table, points[at - 1], points[at]):
            continue
        run, start = points[start:at], at
        first, kind = f"{run[0]:X}", sort_of(table[run[0]])
        if kind == 0:
            removed.append(first if len(run) == 1 else f"{first}-{run[-1]:X}")
        elif kind == 1:
            single.append(first + "=" + "".join(table[point] for point in run).replace(" ", BLANK))
        else:
            several.append(first + "=" + table[run[0]].replace(" ", BLANK))
    return removed, single, several


def sort_of(target: str) -> int:
    """Return 0 for removed, 1 for one character that can be printed in a run, 2 for the rest."""
    return 0 if not target else 1 if len(target) == 1 and target not in '\\"' else 2


def continues(table: dict[int, str], left: int, right: int) -> bool:
    kinds = sort_of(table[left]), sort_of(table[right])
    return right == left + 1 and kinds[0] == kinds[1] != 2


def wrap(words: list[str], width: int = 96) -> str:
    lines, line, used = [], [], 0
    for word in words:
        size = 1 + sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in word)
        if line and used + size > width:
            lines.append(" ".join(line))
            line, used = [], 0
        line.append(word)
        used += size
    return "\n".join([*lines, " ".join(line)])


HEADER = '''"""Folding table: generated by tools/build_fold_table.py, do not edit.

Unicode {unicode} (unicodedata), UTS 39 confusables 17.0.0, OpenCC t2s. Code points are hexadecimal;
``A-B`` is a range, ``A=xyz`` sends A, A+1, A+2 to x, y, z, and ␣ stands for a blank.
What is not listed folds to itself.
"""

UNICODE_VERSION = "{unicode}"

REMOVED = """
{removed}
"""

SINGLE = """
{single}
"""

SEVERAL = """
{several}
"""
'''


def render(table: dict[int, str]) -> str:
    removed, single, several = runs(table)
    return HEADER.format(
        unicode=unicodedata.unidata_version,
        removed=wrap(removed),
        single=wrap(single).replace("\\", "\\\\"),
        several=wrap(several).replace("\\", "\\\\"),
    )


def extract(source: Path) -> None:
    """Write the lines of confusables.txt that lead to ASCII, with their licence, to tools/data."""
    kept = []
    for line in source.read_text(encoding="utf-8-sig").splitlines():
        data = line.split("#")[0]
        if ";" not in data:
            continue
        point, target = data.split(";")[:2]
        like = "".join(chr(int(part, 16)) for part in target.split())
        if plain(like).isascii() and plain(like) and not chr(int(point, 16)).isascii():
            kept.append(f"{point.strip()}\t{strip_marks(unicodedata.normalize('NFKD', like))}")
    notice = CONFUSABLES.read_text(encoding="utf-8").split("\n\n")[0]
    CONFUSABLES.write_text(notice + "\n\n" + "\n".join(kept) + "\n", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--extract", type=Path, metavar="FILE", help="Unicode's confusables.txt")
    args = parser.parse_args()
    if args.extract:
        extract(args.extract)
    made = render(build())
    if args.check:
        fresh = TABLE.read_text(encoding="utf-8") == made
        print(f"{TABLE.name}: {'fresh' if fresh else 'stale, run tools/build_fold_table.py'}")
        return 0 if fresh else 1
    TABLE.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
