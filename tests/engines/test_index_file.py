"""Index files: what was saved comes back, and anything else is refused."""

import json

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from tests.domain.matching.core.index_asking import MARKS, asked, matches, recorded, windows_of
from tests.reference.index import Index as PlainIndex

from countermark.domain.errors import InvalidInput
from countermark.domain.matching.core.registered import Index
from countermark.engines import index_file
from countermark.engines.index_file import open_index, open_parts, read_meta, save_index

TEXTS = ["Nike", "Nyke 耐克", "Adidsa", "laolishi", "老力士"]


@pytest.fixture
def marks():
    return [recorded("1", "Nike", "耐克"), recorded("2", "Adidas"), recorded("3", "", "劳力士")]


@pytest.fixture
def saved(tmp_path, marks):
    path = tmp_path / "register.index"
    save_index(Index.of(marks), path)
    return path


def all_matches(index, plain):
    core = asked(index)
    return [matches(core, window) for window in windows_of(TEXTS, plain)]


@given(MARKS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_opened_index_is_the_saved_one(tmp_path, marks):
    path, index = tmp_path / "register.index", Index.of(marks)
    save_index(index, path)
    opened = open_index(path)
    assert opened.version == index.version
    assert [opened.mark(n) for n in range(len(opened))] == marks
    assert all_matches(opened, PlainIndex(marks)) == all_matches(index, PlainIndex(marks))


def test_the_same_register_gives_the_same_bytes(tmp_path, saved, marks):
    other = tmp_path / "other.index"
    save_index(Index.of(marks[:2]).changed(added=marks[2:]), other)
    built = tmp_path / "again.index"
    save_index(Index.of(marks), built)
    assert built.read_bytes() == saved.read_bytes()
    assert open_index(other).version == open_index(saved).version


def test_an_opened_index_can_be_changed_and_the_file_stays(saved, marks):
    before = saved.read_bytes()
    changed = open_index(saved).changed(added=[recorded("4", "Puma")], withdrawn=["1"])
    save_index(changed, saved.with_name("changed"))
    opened = open_index(saved.with_name("changed"))
    assert opened.version == Index.of([*marks[1:], recorded("4", "Puma")]).version
    assert saved.read_bytes() == before


def test_more_arrays_are_kept_under_a_name(tmp_path, marks):
    path = tmp_path / "register.index"
    liveness = index_file.Liveness(np.arange(5, dtype=np.uint8))
    save_index(Index.of(marks), path, counts=liveness)
    assert open_parts(path)["counts"]["alive"].tolist() == [0, 1, 2, 3, 4]
    assert read_meta(path) == {"register_version": Index.of(marks).version}


def test_arrays_are_aligned_and_may_be_written_into(saved):
    parts = open_parts(saved)
    for fields in parts.values():
        for array in fields.values():
            assert array.ctypes.data % 64 == 0 or not array.size
            assert array.flags.writeable
    parts["liveness"]["alive"][:] = 0
    assert open_parts(saved)["liveness"]["alive"].tolist() == [1, 1, 1]


@pytest.mark.parametrize("size", [0, 5, 12, 40, 200, -1, -64])
def test_a_file_cut_off_anywhere_is_refused(saved, size):
    saved.write_bytes(saved.read_bytes()[:size])
    with pytest.raises(InvalidInput, match="unreadable-file"):
        open_index(saved)


def test_a_foreign_file_is_refused(tmp_path):
    path = tmp_path / "register.csv"
    path.write_text("right_id,word\n1,Nike\n" * 20)
    with pytest.raises(InvalidInput, match="not an index"):
        open_index(path)


def test_a_file_with_a_changed_byte_is_refused(saved):
    contents = bytearray(saved.read_bytes())
    length = int.from_bytes(contents[8:16], "little")
    places = json.loads(contents[16 : 16 + length])
    contents[len(contents) - places["bytes"] + places["arrays"]["forms.points"][2]] ^= 1
    saved.write_bytes(contents)
    with pytest.raises(InvalidInput, match="have changed"):
        open_index(saved)


def test_a_file_of_other_rules_is_refused(saved, monkeypatch):
    monkeypatch.setattr(index_file, "RULES_VERSION", "2099.1")
    with pytest.raises(InvalidInput, match="another version"):
        open_index(saved)


def test_a_file_without_a_needed_part_is_refused(tmp_path):
    path = tmp_path / "parts"
    index_file.save_parts(path, {"liveness": index_file.Liveness(np.ones(1, dtype=np.uint8))}, {})
    with pytest.raises(InvalidInput, match="no part"):
        open_index(path)


def test_a_failed_save_leaves_the_old_file_and_nothing_else(saved, marks, monkeypatch):
    before = saved.read_bytes()

    def fail(_descriptor):
        raise OSError("no space left")

    monkeypatch.setattr(index_file.os, "fsync", fail)
    with pytest.raises(OSError, match="no space left"):
        save_index(Index.of(marks[:1]), saved)
    assert saved.read_bytes() == before
    assert list(saved.parent.iterdir()) == [saved]
