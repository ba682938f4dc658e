"""Trade marks in ST.66 and ST.96: two files of a mark give one right."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from countermark.apps.register.convert import holder_key
from countermark.apps.register.models import Right
from countermark.apps.register.services import rights_import, rights_preview, rights_upload

PAIRS = Path(__file__).resolve().parents[4] / "shared" / "data" / "trademark-xml"
MARKS = ("rn2178784", "rn2713476", "sn77478018")
needs_pairs = pytest.mark.skipif(
    not PAIRS.is_dir(), reason="the sample files are kept beside the checkout and are not there"
)


def brought(lau, content: bytes, name: str = "marks.xml") -> str:
    return rights_upload(by=lau, stream=io.BytesIO(content), filename=name)


def pair(mark: str) -> list[bytes]:
    return [(PAIRS / f"{mark}-{kind}.xml").read_bytes() for kind in ("ST66", "ST96")]


@needs_pairs
@pytest.mark.django_db
@pytest.mark.parametrize("mark", MARKS)
def test_both_files_of_a_mark_are_read_as_one_and_the_same_right(lau, hongkong, mark):
    old, new = (rights_preview(by=lau, upload=brought(lau, file)).rows for file in pair(mark))
    assert [len(old), len(new)] == [1, 1]
    assert old[0].entry.right == new[0].entry.right
    assert holder_key(old[0].entry.holder) == holder_key(new[0].entry.holder)
    assert old[0].entry.contact == new[0].entry.contact
    assert (old[0].status, old[0].problems) == ("new", ())


@needs_pairs
@pytest.mark.django_db
@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("order", [1, -1])
def test_the_second_file_of_a_mark_finds_nothing_to_change(lau, hongkong, mark, order):
    first, second = pair(mark)[::order]
    assert rights_import(by=lau, upload=brought(lau, first)).created == 1
    assert rights_import(by=lau, upload=brought(lau, second)).unchanged == 1
    assert Right.objects.get().version == 1
