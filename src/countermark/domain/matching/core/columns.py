"""Declaration lines as columns: the texts of many lines in one array of code points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from operator import attrgetter
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from countermark.domain.matching.types import Line

FIELDS: Final = (
    "goods_description",
    "declared_brand",
    "hs_code",
    "consignor",
    "consignee",
    "line_id",
)
"""What is read of a line, in the order of the columns."""
DESCRIPTION: Final = 0
BRAND: Final = 1
HS_CODE: Final = 2
CONSIGNOR: Final = 3
CONSIGNEE: Final = 4
LINE_ID: Final = 5


class LineColumns(NamedTuple):
    """Texts of lines: ``points[starts[line, field]:ends[line, field]]`` are the code points of one.

    ``starts`` and ``ends`` have a row for each line and a column for each of ``FIELDS``.
    """

    points: npt.NDArray[np.uint32]
    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]

    def first(self, count: int) -> LineColumns:
        """Return the first lines."""
        return self._replace(starts=self.starts[:count], ends=self.ends[:count])

    def text(self, line: int, field: int) -> str:
        """Return one text."""
        return text_of(self.points, self.starts[line, field], self.ends[line, field])


def columns_of(lines: Sequence[Line]) -> LineColumns:
    """Return lines as columns."""
    texts = map(attrgetter(*FIELDS), lines)
    return packed_columns(chain.from_iterable(texts), len(lines))


def packed_columns(texts: Iterable[str], count: int) -> LineColumns:
    """Return the columns of ``count`` lines from their texts, line by line in order of FIELDS."""
    kept = list(texts)
    points = points_of("".join(kept))
    ends = np.cumsum(np.fromiter(map(len, kept), np.int64, len(kept)))
    starts = np.concatenate([np.zeros(1, np.int64), ends[:-1]])[: len(kept)]
    shape = (count, len(FIELDS))
    return LineColumns(points, starts.reshape(shape), ends.reshape(shape))


def points_of(text: str) -> npt.NDArray[np.uint32]:
    """Return the code points of a text, in an array that may be written to."""
    # Writable, because arrays that are not are another type, for which all is compiled again.
    return np.frombuffer(bytearray(text.encode("utf-32-le", "surrogatepass")), np.uint32)


def text_of(points: npt.NDArray[np.uint32], start: int, end: int) -> str:
    """Return ``points[start:end]`` as text."""
    return points[start:end].tobytes().decode("utf-32-le", "surrogatepass")
