"""What the core knows about each mark besides its forms: goods, script, id, authorised parties."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from countermark.domain.matching.core.chars import CharTables
from countermark.domain.matching.core.parties import keys_of
from countermark.domain.matching.types import RecordedMark

Places = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]

LAST_GOODS_CLASS = 34


class MarkFacts(NamedTuple):
    """Facts of marks, by position in the register.

    Texts are UTF-8 in one array with the place where each begins, and the end of the last.

    Attributes:
        goods: Bit ``n`` is set for Nice class ``n`` of goods, bit 0 if any class is recorded.
        plain: Whether the Latin word is recorded in ASCII.
        ids: Right ids; ``id_starts`` has one place more than there are marks.
        parties: Keys of the holder and the authorised parties; ``party_starts`` likewise.
        first_party: Number of the first party of each mark, and at last that of all parties.
    """

    goods: npt.NDArray[np.uint64]
    plain: npt.NDArray[np.uint8]
    ids: Bytes
    id_starts: Places
    parties: Bytes
    party_starts: Places
    first_party: Places


def mark_facts(marks: Sequence[RecordedMark], chars: CharTables) -> MarkFacts:
    """Return the facts of marks in their order."""
    ids, id_starts = packed(mark.right_id for mark in marks)
    names = [(mark.holder, *mark.authorised_parties) for mark in marks]
    parties, party_starts, counts = keys_of(names, chars)
    return MarkFacts(
        goods=np.array([_goods(mark.nice_classes) for mark in marks], np.uint64),
        plain=np.array([mark.word.isascii() for mark in marks], np.uint8),
        ids=ids,
        id_starts=id_starts,
        parties=parties,
        party_starts=party_starts,
        first_party=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
    )


def grown(facts: MarkFacts, more: MarkFacts) -> MarkFacts:
    """Return the facts of the marks of one register and then of another."""
    return MarkFacts(
        goods=np.concatenate([facts.goods, more.goods]),
        plain=np.concatenate([facts.plain, more.plain]),
        ids=np.concatenate([facts.ids, more.ids]),
        id_starts=_following(facts.id_starts, more.id_starts),
        parties=np.concatenate([facts.parties, more.parties]),
        party_starts=_following(facts.party_starts, more.party_starts),
        first_party=_following(facts.first_party, more.first_party),
    )


def right_ids(facts: MarkFacts) -> list[str]:
    """Return the right ids of all marks."""
    data, starts = facts.ids.tobytes(), facts.id_starts.tolist()
    return [data[first:last].decode("utf-8", "surrogatepass") for first, last in pairwise(starts)]


def packed(texts: Iterable[str]) -> tuple[Bytes, Places]:
    """Return texts as UTF-8 in one array, and where each begins and the last ends."""
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    starts = np.zeros(len(encoded) + 1, np.int64)
    np.cumsum([len(one) for one in encoded], out=starts[1:])
    return np.frombuffer(bytearray(b"".join(encoded)), np.uint8), starts


def _goods(nice_classes: Sequence[int]) -> int:
    goods = sum(1 << number for number in set(nice_classes) if 1 <= number <= LAST_GOODS_CLASS)
    return goods + bool(nice_classes)


def _following(starts: Places, more: Places) -> Places:
    return np.concatenate([starts, more[1:] + starts[-1]])
