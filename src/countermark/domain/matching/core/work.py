"""Working room of a search: what it writes into, so that it asks for no memory on the way."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from countermark.domain.matching.core.edits import ROWS
from countermark.domain.matching.core.hashing import LONGEST, Hashes, Points
from countermark.domain.matching.core.index import IndexArrays, filter_shift
from countermark.domain.matching.core.jit import woven
from countermark.domain.matching.core.keys import MOST_KEYS
from countermark.domain.matching.core.sounds import ROOM

TURN: Final = 0
SHIFT: Final = 1
_LAST_TURN = 2**31 - 1


class Work(NamedTuple):
    """Buffers for one search at a time; those who search at once need one each.

    Attributes:
        out: Matches found: form, resemblance, distance, detail (see ``resemblance``). There is a
            row for every mark, for a window finds each once.
        found: For every mark the turn in which it was last found.
        tried: For every form the turn in which it was last compared with a misspelt word.
        numbers: The present turn, and how far keys are shifted to be places in the filter.
        skeleton: The window with digits and signs read as letters.
        recorded: The same of a form.
        prefix: Polynomials of the beginnings of the skeleton, or of a Chinese name.
        keys: Keys to look for.
        sounds: Three buffers of sound keys: of the window, of a form, and to work in.
        rows: Distances.
    """

    out: npt.NDArray[np.int32]
    found: npt.NDArray[np.int32]
    tried: npt.NDArray[np.int32]
    numbers: npt.NDArray[np.int64]
    skeleton: Points
    recorded: Points
    prefix: Hashes
    keys: Hashes
    sounds: Points
    rows: npt.NDArray[np.int64]


class Query(NamedTuple):
    """A window that asks: ``points[lo:hi]``, of how many pieces, and whether in a brand's place."""

    points: Points
    lo: int
    hi: int
    pieces: int
    strong: bool


def new_work(index: IndexArrays) -> Work:
    """Return working room for searches in an index."""
    forms = len(index.forms.mark)
    marks = int(index.forms.mark[-1]) + 1 if forms else 0
    return Work(
        out=np.empty((marks + 1, 4), dtype=np.int32),
        found=np.zeros(marks, dtype=np.int32),
        tried=np.zeros(forms, dtype=np.int32),
        numbers=np.array([0, filter_shift(index.table)], dtype=np.int64),
        skeleton=np.zeros(LONGEST, dtype=np.uint32),
        recorded=np.zeros(LONGEST, dtype=np.uint32),
        prefix=np.zeros(LONGEST + 1, dtype=np.uint64),
        keys=np.zeros(MOST_KEYS, dtype=np.uint64),
        sounds=np.zeros((3, ROOM), dtype=np.uint32),
        rows=np.zeros(ROWS, dtype=np.int64),
    )


@woven
def begin(work: Work) -> None:
    """Begin the next turn, in which nothing has been found or tried yet."""
    if work.numbers[TURN] == _LAST_TURN:
        work.found[:] = 0
        work.tried[:] = 0
        work.numbers[TURN] = 0
    work.numbers[TURN] += 1


@woven
def is_new(mark: int, work: Work) -> bool:
    """Tell whether a mark has not been found in this turn."""
    return bool(work.found[mark] != work.numbers[TURN])


@woven
def untried(form: int, work: Work) -> bool:
    """Tell whether a form has not been compared in this turn, and note that it now is."""
    if work.tried[form] == work.numbers[TURN]:
        return False
    work.tried[form] = work.numbers[TURN]
    return True


@woven
def add(
    form: int, mark: int, resemblance: int, edits: int, detail: int, count: int, work: Work
) -> int:
    """Note a match of a mark as the ``count``-th; return how many there are now."""
    work.found[mark] = work.numbers[TURN]
    work.out[count, 0] = form
    work.out[count, 1] = resemblance
    work.out[count, 2] = edits
    work.out[count, 3] = detail
    return count + 1
