"""Building an index: the forms of marks, how they sound, and the keys of both."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from countermark.domain.errors import InvalidInput
from countermark.domain.matching.core.buffers import Ints
from countermark.domain.matching.core.chars import char_tables
from countermark.domain.matching.core.edits import brief
from countermark.domain.matching.core.hashing import (
    LONGEST,
    Points,
    continued,
    polynomial_of,
    salted,
)
from countermark.domain.matching.core.index import (
    HAN_FORM,
    MOST_OWNERS,
    Forms,
    IndexArrays,
    Readings,
    traits_of,
)
from countermark.domain.matching.core.jit import compiled, int64, lean
from countermark.domain.matching.core.keys import (
    HOMOPHONE_SALT,
    JYUTPING_SALT,
    MOST_KEYS,
    PINYIN_SALT,
    form_keys,
    sieved,
    size_class,
)
from countermark.domain.matching.core.readings import (
    CANTONESE,
    MANDARIN,
    SHORTEST_ROMAN,
    Tongues,
    readings_of,
    spell,
    tongues,
)
from countermark.domain.matching.core.sounds import ROOM
from countermark.domain.matching.core.table import Entries, extended, has_room, table_of
from countermark.domain.matching.core.writing import write_marks
from countermark.domain.matching.types import RecordedMark


def empty_index() -> IndexArrays:
    """Return the index of a register without marks."""
    forms, spellings, starts = write_marks((), 0, char_tables())
    readings = read_forms(forms, spellings, starts, tongues())
    table = table_of(keys_of_forms(forms, 0))
    return IndexArrays(forms, readings, table, tongues())


def grown(index: IndexArrays, marks: Sequence[RecordedMark], first: int) -> IndexArrays:
    """Return an index with more marks.

    Args:
        index: The index so far; it stays as it is.
        marks: The marks to add.
        first: Position of the first of them, after those of all marks in the index.

    Raises:
        InvalidInput: There are more forms or readings than can be numbered.
    """
    more, spellings, starts = write_marks(marks, first, char_tables())
    forms = _joined_forms(index.forms, more)
    old = len(index.forms.mark)
    heard = read_forms(more, spellings, starts, index.tongues)
    readings = _joined_readings(index.readings, heard, old)
    known = len(index.readings.form)
    if max(len(forms.mark), len(readings.form)) > MOST_OWNERS:
        raise InvalidInput("too-many-marks", field="register", limit=MOST_OWNERS)
    more_entries = _entries(forms, old, readings, known, index.tongues)
    if has_room(index.table, len(more_entries.keys)):
        table = extended(index.table, more_entries)
    else:
        table = table_of(_entries(forms, 0, readings, 0, index.tongues))
    return IndexArrays(forms, readings, table, index.tongues)


def _entries(
    forms: Forms, first_form: int, readings: Readings, first_reading: int, spoken: Tongues
) -> Entries:
    words = keys_of_forms(forms, first_form)
    sounds = keys_of_readings(readings, first_reading, spoken)
    return Entries(
        np.concatenate((words.keys, sounds.keys)),
        np.concatenate((words.sieves, sounds.sieves)),
        np.concatenate((words.traits, sounds.traits)),
        np.concatenate((words.owners, sounds.owners)),
    )


def _joined_forms(one: Forms, other: Forms) -> Forms:
    return Forms(
        np.concatenate((one.mark, other.mark)),
        np.concatenate((one.points, other.points)),
        _joined_starts(one.starts, other.starts),
        np.concatenate((one.pieces, other.pieces)),
        _joined_starts(one.piece_starts, other.piece_starts),
        np.concatenate((one.hash, other.hash)),
        np.concatenate((one.signature, other.signature)),
        np.concatenate((one.flags, other.flags)),
    )


def _joined_readings(one: Readings, other: Readings, forms: int) -> Readings:
    return Readings(
        np.concatenate((one.form, other.form + np.int32(forms))),
        np.concatenate((one.tongue, other.tongue)),
        _joined_starts(one.starts, other.starts),
        np.concatenate((one.syllables, other.syllables)),
    )


def _joined_starts(one: Ints, other: Ints) -> Ints:
    return np.concatenate((one, one[-1] + other[1:]))


@compiled
def read_forms(forms: Forms, spellings: Points, spelling_starts: Ints, spoken: Tongues) -> Readings:
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
        lo, hi = int64(forms.starts[form]), int64(forms.starts[form + 1])
        if forms.flags[form] & HAN_FORM == 0 or hi - lo < 2:
            continue
        found = readings_of(forms.points, lo, hi, spoken.mandarin)
        readings, count = _with_readings(readings, count, form, MANDARIN, found)
        lo, hi = int64(spelling_starts[form]), int64(spelling_starts[form + 1])
        found = readings_of(spellings, lo, hi, spoken.cantonese)
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
    end = int64(readings.starts[count])
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
def keys_of_forms(forms: Forms, first: int) -> Entries:
    """Return the keys of forms from the ``first`` on, and which form has each."""
    # Taken out of the tuple once: every use of a tuple counts references to all its arrays.
    points, starts, flags = forms.points, forms.starts, forms.flags
    signatures = forms.signature
    room = MOST_KEYS * (len(flags) - first)
    keys = np.empty(room, dtype=np.uint64)
    sieves = np.empty(room, dtype=np.uint64)
    traits = np.empty(room, dtype=np.int32)
    owners = np.empty(room, dtype=np.int32)
    prefix = np.empty(LONGEST + 1, dtype=np.uint64)
    letters = np.empty((3, ROOM), dtype=np.uint32)
    count = 0
    for form in range(first, len(flags)):
        lo, hi = int64(starts[form]), int64(starts[form + 1])
        han = flags[form] & HAN_FORM != 0
        more, deletions = form_keys(
            points, lo, hi, han, prefix, letters[0], letters[1], letters[2], keys[count:]
        )
        told = traits_of(hi - lo, brief(signatures[form]))
        for number in range(count, count + more):
            sieves[number] = keys[number]
            traits[number] = told
            owners[number] = form
        for number in range(count + 2, count + 2 + deletions):
            sieves[number] = sieved(keys[number], size_class(hi - lo))
        count += more
    return Entries(
        keys[:count].copy(), sieves[:count].copy(), traits[:count].copy(), owners[:count].copy()
    )


@compiled
def keys_of_readings(readings: Readings, first: int, spoken: Tongues) -> Entries:
    """Return the keys of readings from the ``first`` on, and ``~reading`` for each."""
    most = 2 * (len(readings.form) - first)
    keys = np.empty(most, dtype=np.uint64)
    owners = np.empty(most, dtype=np.int32)
    letters = np.empty(LONGEST, dtype=np.uint32)
    count = 0
    for reading in range(first, len(readings.form)):
        lo, hi = int64(readings.starts[reading]), int64(readings.starts[reading + 1])
        chinese = readings.tongue[reading] == MANDARIN
        if chinese:
            keys[count] = salted(_sound_of(readings.syllables, lo, hi), HOMOPHONE_SALT)
            owners[count] = ~reading
            count += 1
        tongue = spoken.mandarin if chinese else spoken.cantonese
        size = spell(readings.syllables, lo, hi, tongue, letters)
        if SHORTEST_ROMAN <= size <= LONGEST:
            spelling = polynomial_of(letters, 0, size)
            keys[count] = salted(spelling, PINYIN_SALT if chinese else JYUTPING_SALT)
            owners[count] = ~reading
            count += 1
    kept = keys[:count].copy()
    return Entries(kept, kept, np.zeros(count, dtype=np.int32), owners[:count].copy())


@lean
def _sound_of(syllables: npt.NDArray[np.uint16], lo: int, hi: int) -> np.uint64:
    sound = np.uint64(0)
    for at in range(lo, hi):
        sound = continued(sound, syllables[at])
    return sound
