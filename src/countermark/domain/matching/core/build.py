"""Building an index: the forms of marks, how they sound, and the keys of both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from countermark.domain.matching.core.edits import signature
from countermark.domain.matching.core.hashing import (
    LONGEST,
    Hashes,
    Points,
    continued,
    hash_of,
    polynomial_of,
    salted,
)
from countermark.domain.matching.core.index import (
    HAN_FORM,
    UNUSUAL_FORM,
    WEAK_FORM,
    Forms,
    Readings,
)
from countermark.domain.matching.core.jit import compiled
from countermark.domain.matching.core.keys import (
    HOMOPHONE_SALT,
    JYUTPING_SALT,
    MOST_KEYS,
    PINYIN_SALT,
    bare,
    form_keys,
)
from countermark.domain.matching.core.readings import (
    CANTONESE,
    MANDARIN,
    SHORTEST_ROMAN,
    Tongue,
    Tongues,
    readings_of,
    spell,
)
from countermark.domain.matching.core.sounds import ROOM
from countermark.domain.matching.core.table import Owners
from countermark.domain.matching.forms import forms_of
from countermark.domain.matching.types import RecordedMark


def forms_and_spellings(
    marks: Sequence[RecordedMark], first: int
) -> tuple[Forms, Points, npt.NDArray[np.int32]]:
    """temporary."""
    found = [form for at, mark in enumerate(marks) for form in forms_of(first + at, mark)]
    def points(texts):
        data = "".join(texts).encode("utf-32-le", "surrogatepass")
        return np.frombuffer(data, dtype=np.uint32).copy(), starts([len(t) for t in texts])
    def starts(sizes):
        return np.concatenate(([0], np.cumsum(sizes, dtype=np.int64))).astype(np.int32)
    keys, key_starts = points([f.key for f in found])
    trad, trad_starts = points([f.traditional for f in found])
    n = len(found)
    flags = np.array([HAN_FORM * f.han + WEAK_FORM * f.weak + UNUSUAL_FORM * (not f.usual) for f in found], dtype=np.uint8)
    hashes, sigs = describe(keys, key_starts)
    return Forms(
        np.array([f.mark for f in found], dtype=np.int32), keys, key_starts,
        np.array([p for f in found for p in f.pieces], dtype=np.int32), starts([len(f.pieces) for f in found]),
        hashes, sigs, flags), trad, trad_starts

@compiled
def describe(points, starts):
    n = len(starts) - 1
    hashes = np.empty(n, dtype=np.uint64)
    sigs = np.empty(n, dtype=np.uint64)
    bares = points.copy()
    for at in range(len(points)):
        bares[at] = bare(points[at])
    for f in range(n):
        hashes[f] = hash_of(points, starts[f], starts[f+1])
        sigs[f] = signature(bares, starts[f], starts[f+1])
    return hashes, sigs


@compiled
def read_forms(
    forms: Forms, spellings: Points, spelling_starts: npt.NDArray[np.int32], tongues: Tongues
) -> Readings:
    """Return the readings of the Chinese names among forms.

    Mandarin is read from the key, Cantonese from the spelling as recorded.
    """
    readings = Readings(
        np.empty(64, dtype=np.int32),
        np.empty(64, dtype=np.uint8),
        np.zeros(65, dtype=np.int32),
        np.empty(256, dtype=np.uint16),
    )
    count = 0
    for form in range(len(forms.mark)):
        lo, hi = forms.starts[form], forms.starts[form + 1]
        if forms.flags[form] & HAN_FORM == 0 or hi - lo < 2:
            continue
        found = readings_of(forms.points, lo, hi, tongues.mandarin)
        readings, count = _with_readings(readings, count, form, MANDARIN, found)
        lo, hi = spelling_starts[form], spelling_starts[form + 1]
        found = readings_of(spellings, lo, hi, tongues.cantonese)
        readings, count = _with_readings(readings, count, form, CANTONESE, found)
    return Readings(
        readings.form[:count].copy(),
        readings.tongue[:count].copy(),
        readings.starts[: count + 1].copy(),
        readings.syllables[: readings.starts[count]].copy(),
    )


@compiled
def _with_readings(
    readings: Readings, count: int, form: int, tongue: int, found: npt.NDArray[np.uint16]
) -> tuple[Readings, int]:
    end = np.int64(readings.starts[count])
    rows, size = found.shape
    if count + rows > len(readings.form) or end + rows * size > len(readings.syllables):
        readings = _grown(readings, count, end, rows, rows * size)
    for row in range(rows):
        readings.form[count] = form
        readings.tongue[count] = tongue
        readings.syllables[end : end + size] = found[row]
        end += size
        count += 1
        readings.starts[count] = end
    return readings, count


@compiled
def _grown(readings: Readings, count: int, end: int, rows: int, syllables: int) -> Readings:
    more = 2 * count + rows
    larger = Readings(
        np.empty(more, dtype=np.int32),
        np.empty(more, dtype=np.uint8),
        np.zeros(more + 1, dtype=np.int32),
        np.empty(2 * end + syllables, dtype=np.uint16),
    )
    larger.form[:count] = readings.form[:count]
    larger.tongue[:count] = readings.tongue[:count]
    larger.starts[: count + 1] = readings.starts[: count + 1]
    larger.syllables[:end] = readings.syllables[:end]
    return larger


@compiled
def keys_of_forms(forms: Forms, first: int) -> tuple[Hashes, Owners]:
    """Return the keys of forms from the ``first`` on, and which form has each."""
    keys = np.empty(64 * MOST_KEYS, dtype=np.uint64)
    owners = np.empty(64 * MOST_KEYS, dtype=np.int32)
    prefix = np.empty(LONGEST + 1, dtype=np.uint64)
    letters = np.empty((3, ROOM), dtype=np.uint32)
    count = 0
    for form in range(first, len(forms.mark)):
        if count + MOST_KEYS > len(keys):
            keys = np.concatenate((keys[:count], np.empty(len(keys), dtype=np.uint64)))
            owners = np.concatenate((owners[:count], np.empty(len(owners), dtype=np.int32)))
        more = form_keys(
            forms.points,
            forms.starts[form],
            forms.starts[form + 1],
            forms.flags[form] & HAN_FORM != 0,
            prefix,
            letters[0],
            letters[1],
            letters[2],
            keys[count:],
        )
        owners[count : count + more] = form
        count += more
    return keys[:count].copy(), owners[:count].copy()


@compiled
def keys_of_readings(readings: Readings, first: int, tongues: Tongues) -> tuple[Hashes, Owners]:
    """Return the keys of readings from the ``first`` on, and ``~reading`` for each."""
    most = 2 * (len(readings.form) - first)
    keys = np.empty(most, dtype=np.uint64)
    owners = np.empty(most, dtype=np.int32)
    letters = np.empty(LONGEST, dtype=np.uint32)
    count = 0
    for reading in range(first, len(readings.form)):
        lo, hi = readings.starts[reading], readings.starts[reading + 1]
        chinese = readings.tongue[reading] == MANDARIN
        if chinese:
            sound = np.uint64(0)
            for at in range(lo, hi):
                sound = continued(sound, readings.syllables[at])
            keys[count] = salted(sound, HOMOPHONE_SALT)
            owners[count] = ~reading
            count += 1
        tongue = tongues.mandarin if chinese else tongues.cantonese
        size = spell(readings.syllables, lo, hi, tongue, letters)
        if SHORTEST_ROMAN <= size <= LONGEST:
            spelling = polynomial_of(letters, 0, size)
            keys[count] = salted(spelling, PINYIN_SALT if chinese else JYUTPING_SALT)
            owners[count] = ~reading
            count += 1
    return keys[:count].copy(), owners[:count].copy()
