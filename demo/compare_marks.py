"""Compares the invented marks with lists of real names: ``python -m demo.compare_marks FILE...``.

Each file is JSON; every short text in it, at any depth, counts as a name. A mark that lies within
two letters of a real name, or whose Chinese form occurs in one, is printed, and the exit status is
then 1. The lists themselves are fetched by hand and not part of the repository.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from countermark.domain.text.fold import folded_text
from demo import world

LONGEST_NAME = 60
NEAR = 2


def names_in(content: object) -> Iterator[str]:
    """Yield every short text in a parsed JSON document."""
    if isinstance(content, dict):
        content = list(content.values())
    if isinstance(content, list):
        for part in content:
            yield from names_in(part)
    elif isinstance(content, str) and len(content) < LONGEST_NAME:
        yield content


def neighbours(names: set[str]) -> Iterator[tuple[str, str]]:
    """Yield each mark with every real name that it could be taken for."""
    folded = {folded_text(name).replace(" ", ""): name for name in names}
    for mark in world.marks():
        word = folded_text(mark.word)
        for key, name in folded.items():
            if Levenshtein.distance(word, key, score_cutoff=NEAR) <= NEAR:
                yield mark.word, name
        for name in names:
            if mark.zh_hans in name or mark.zh_hant in name:
                yield mark.word, name


def main(argv: Sequence[str] | None = None) -> int:
    """Print every neighbour found; return 1 where there is one."""
    names: set[str] = set()
    for path in sys.argv[1:] if argv is None else argv:
        names.update(names_in(json.loads(Path(path).read_text(encoding="utf-8"))))
    found = list(neighbours(names))
    for mark, name in found:
        print(f"{mark}\t{name}")
    print(f"{len(world.marks())} marks compared with {len(names)} names", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
