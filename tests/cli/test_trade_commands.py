"""``countermark rights`` and ``countermark batches``: what they print and how they end."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command
from tests.trade import recorded, row, table

from countermark.apps.intake.models import Batch
from countermark.apps.register.models import Right
from countermark.apps.screening.models import Hit

pytestmark = pytest.mark.django_db
RIGHT = {
    "registration_number": "300000001",
    "word": "VELUNDRA",
    "nice_classes": "18",
    "valid_from": "2010-01-01",
    "valid_until": "2030-01-01",
    "holder_name": "Meridian Ltd",
}


@pytest.fixture
def written(tmp_path):
    def write(rows, name="file.csv"):
        path = tmp_path / name
        path.write_bytes(table(rows).getvalue())
        return str(path)

    return write


def said(*arguments: str, **options) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command(*arguments, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def test_rights_are_imported_and_each_row_is_shown(lau, written):
    out, err = said("rights", "import", written([RIGHT]), "--as", "lau")
    assert out == "2\tnew\t300000001\tVELUNDRA\n"
    assert err == "1 new, 0 changed, 0 unchanged, 0 rejected\n"
    assert Right.objects.count() == 1


def test_a_dry_run_shows_and_writes_nothing(lau, written):
    said("rights", "import", written([RIGHT]), "--as", "lau", "--dry-run")
    assert not Right.objects.exists()


def test_json_shows_one_right_per_line_with_its_differences(lau, hongkong, written):
    recorded(lau, hongkong)
    changed = RIGHT | {"nice_classes": "18 25", "holder_country": "GB"}
    out, _ = said("rights", "import", written([changed]), "--as", "lau", "--json")
    [shown] = [json.loads(line) for line in out.splitlines()]
    assert (shown["line"], shown["status"]) == (2, "changed")
    assert shown["differences"] == [{"field": "nice_classes", "before": "18", "after": "18 25"}]
    assert shown["right"]["valid_from"] == "2010-01-01"
    assert shown["right"]["nice_classes"] == [18, 25]


def test_rejected_rights_end_with_status_3_and_the_good_ones_are_in(lau, written):
    with pytest.raises(CommandError) as ended:
        said("rights", "import", written([RIGHT, RIGHT]), "--as", "lau")
    assert ended.value.returncode == 3
    assert Right.objects.count() == 1


@pytest.mark.parametrize("username", ["chan", "nobody"])
def test_who_may_not_import_is_refused(lau, chan, written, username):
    with pytest.raises(CommandError) as ended:
        said("rights", "import", written([RIGHT]), "--as", username)
    assert ended.value.returncode == 1


def test_a_file_that_is_not_there_is_said_so(lau, tmp_path):
    with pytest.raises(CommandError):
        said("rights", "import", str(tmp_path / "none.csv"), "--as", "lau")


def test_a_batch_is_loaded_and_screened(lau, chan, hongkong, written):
    recorded(lau, hongkong)
    bag = {"goods_description": "handbag", "hs_code": "420222", "declared_brand": "VELUNDRA"}
    rows = [row(1, **bag), row(1, **bag), row(2, quantity="x")]
    out, _ = said("batches", "load", written(rows), "--as", "chan")
    assert out == "B-000001\t1 loaded\t1 duplicate\t1 rejected\t1 hits\n"
    assert Hit.objects.count() == 1


def test_a_batch_may_be_left_to_the_worker(chan, written):
    out, _ = said("batches", "load", written([row()]), "--as", "chan", "--background")
    assert out == "B-000001\t0 loaded\t0 duplicate\t0 rejected\n"
    assert Batch.objects.get().state == "received"


def test_what_the_titles_do_not_say_is_given(chan, written):
    bare = {name: text for name, text in row().items() if name != "direction"}
    path = written([bare])
    with pytest.raises(CommandError, match="columns-missing"):
        said("batches", "load", path, "--as", "chan")
    out, _ = said("batches", "load", path, "--as", "chan", "--set", "direction==export")
    assert "1 loaded" in out


def test_the_same_file_again_names_the_batch_it_came_in(chan, written):
    path = written([row()])
    said("batches", "load", path, "--as", "chan")
    with pytest.raises(CommandError, match="B-000001"):
        said("batches", "load", path, "--as", "chan")
