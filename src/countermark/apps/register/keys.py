"""What a search reads: one short text for each right, in a table of its own.

The rows of rights are wide, with goods and facts; a search that reads them all takes half a second
at 25,000. This table is narrow, so that reading all of it stays quick at a hundred thousand rights
on both databases, with no extension of either.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from countermark.apps.register.convert import name_key
from countermark.apps.register.models import Recordation, Right, SearchKey
from countermark.domain.text.fold import folded_text
from countermark.domain.text.skeleton import skeleton

LOT = 500


def look_key(*words: str) -> str:
    """Return words by how they look: signs and digits stand for the letters they replace."""
    return name_key(*(skeleton(folded_text(word)) for word in words))


def key_text(right: Right, numbers: Iterable[str]) -> str:
    """Return what a search reads of a right: words, numbers, holder, the words by their look."""
    holder, words = right.holder, (right.word, right.word_zh_hant, right.word_zh_hans)
    parts = (
        name_key(*words),
        name_key(right.registration_number, *numbers),
        holder.folded,
        look_key(*words),
    )
    return "\n".join(parts)


def keys_refresh(rights: Iterable[int]) -> None:
    """Make the search keys of some rights anew, by their primary keys."""
    for some in _in_lots(sorted(set(rights))):
        numbers: defaultdict[int | None, list[str]] = defaultdict(list)
        granted = Recordation.objects.filter(right__in=some).order_by("pk")
        for right_id, number in granted.values_list("right", "number"):
            numbers[right_id].append(number)
        SearchKey.objects.bulk_create(
            (
                SearchKey(right=right, text=key_text(right, numbers[right.pk]))
                for right in Right.objects.filter(pk__in=some).select_related("holder")
            ),
            update_conflicts=True,
            unique_fields=["right"],
            update_fields=["text"],
        )


def _in_lots(keys: list[int]) -> Iterator[list[int]]:
    for at in range(0, len(keys), LOT):
        yield keys[at : at + LOT]
