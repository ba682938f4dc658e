"""The auditor's command: offline, plain, and never silent about what does not hold."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace

import pytest
from tests.domain.capsules.maker import capsule, sealed_bytes, statement
from tests.domain.envelopes.cast import GD_ROOT, GD_SIGN, HK_ROOT, HK_SIGN
from tests.domain.matching.strategies import line

from countermark.apps.exchange.services import node_keys_ensure
from countermark.cli.capsule import GOOD, LOOK, REFUSED, UNUSABLE, main
from countermark.domain.envelopes.fingerprint import fingerprint_words
from countermark.domain.envelopes.statement import Bundle, bundle_sign, statement_sign
from countermark.domain.matching import Contribution
from countermark.domain.matching.model import packed
from countermark.domain.matching.weights import MODEL

WORDS = fingerprint_words(HK_ROOT.public)


def bundle_of(node, root, *keys, revoked=()):
    token = statement_sign(replace(statement(*keys, revoked=revoked), node=node), root)
    return bundle_sign(Bundle(node, "https://hk.example", root.public, token), root)


@pytest.fixture
def file(tmp_path):
    """A capsule on disk."""
    path = tmp_path / "H-000001.capsule.json"
    path.write_bytes(sealed_bytes())
    return path


def test_a_capsule_of_a_confirmed_node_is_good(file, capsys):
    assert main(["verify", str(file), "--fingerprint", WORDS]) == GOOD
    said = capsys.readouterr().out
    assert "no byte of the file has changed" in said
    assert "exactly the same hit again" in said


@pytest.mark.parametrize("form", ["token", "json"])
def test_the_bundle_of_the_node_vouches(file, tmp_path, form):
    token = bundle_of("hk", HK_ROOT, HK_SIGN)
    key = tmp_path / "hk.json"
    key.write_text(token if form == "token" else json.dumps({"bundle": token, "node": "hk"}))
    assert main(["verify", str(file), "--key", str(key)]) == GOOD


def test_without_a_key_it_says_so_and_shows_the_fingerprint(file, capsys):
    assert main(["verify", str(file)]) == LOOK
    said = capsys.readouterr().out
    assert "by its own word" in said
    assert WORDS in said


@pytest.mark.parametrize(
    ("bundle", "trust"),
    [
        (bundle_of("hk", HK_ROOT, HK_SIGN, GD_SIGN, revoked=(HK_SIGN,)), "revoked"),
        (bundle_of("hk", GD_ROOT, GD_SIGN), "foreign"),
        (bundle_of("cn-gd", GD_ROOT, GD_SIGN), "unknown"),
    ],
)
def test_what_is_known_of_the_key_is_one_word(file, tmp_path, capsys, bundle, trust):
    key = tmp_path / "bundle"
    key.write_text(bundle)
    assert main(["verify", str(file), "--key", str(key), "--json"]) == LOOK
    assert json.loads(capsys.readouterr().out)["trust"] == trust


def test_a_changed_file_is_refused_and_says_why(file, capsys):
    file.write_bytes(file.read_bytes().replace(b"VELUNDR4 handbag", b"VELUNDRA handbag"))
    assert main(["verify", str(file)]) == REFUSED
    assert "changed after it was signed" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b"[1]", b"x" * 100_000])
def test_what_is_no_capsule_is_refused(file, capsys, content):
    file.write_bytes(content)
    assert main(["verify", str(file), "--json"]) == REFUSED
    assert json.loads(capsys.readouterr().out)["signature"] == "refused"


def test_other_rules_are_listed_and_not_called_a_failure(file, capsys):
    made = capsule()
    file.write_bytes(sealed_bytes(rules=replace(made.rules, version="2020.1"), hit=made.hit))
    assert main(["verify", str(file), "--fingerprint", WORDS]) == LOOK
    assert "gave the same hit" in capsys.readouterr().out


def test_the_model_of_then_can_be_given(file, tmp_path, capsys):
    card = tmp_path / "card.json"
    old = replace(MODEL, name="old", start=MODEL.start - 4096)
    card.write_text(json.dumps({"packed": packed(old)}))
    assert main(["verify", str(file), "--model", str(card), "--json"]) == LOOK
    again = json.loads(capsys.readouterr().out)["again"]
    assert (again["model"], again["outcome"]) == ("old", "differs-by-other-rules")
    assert "score" in {each["name"] for each in again["differences"]}


def test_the_exhibit_is_written_beside(file, tmp_path):
    out = tmp_path / "exhibit.html"
    main(["verify", str(file), "--exhibit", str(out)])
    page = out.read_text(encoding="utf-8")
    assert "並非侵權的裁定" in page
    assert "不是对侵权的认定" in page


def test_what_a_declarant_wrote_cannot_speak_to_the_terminal(file, capsys):
    one = line("bag", "VELUNDRA")
    hit = capsule(one=one).hit
    reason = Contribution("\x1b[2J", hit.score)
    file.write_bytes(sealed_bytes(one=one, hit=replace(hit, contributions=(reason,))))
    assert main(["verify", str(file)]) == LOOK
    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.parametrize(
    "options",
    [["--key", "nowhere"], ["--model", "nowhere"], ["--fingerprint", "some other words"]],
)
def test_an_option_that_cannot_be_used_is_named(file, capsys, options):
    assert main(["verify", str(file), *options]) == UNUSABLE
    assert capsys.readouterr().err.startswith("countermark capsule: ")


@pytest.mark.parametrize("option", ["--key", "--model"])
def test_a_file_of_another_kind_is_named(file, tmp_path, capsys, option):
    other = tmp_path / "other.txt"
    other.write_text('{"bundle": 7}')
    assert main(["verify", str(file), option, str(other)]) == UNUSABLE
    assert str(other) in capsys.readouterr().err


def test_a_file_that_is_not_there_is_named(tmp_path, capsys):
    assert main(["verify", str(tmp_path / "none.json")]) == UNUSABLE
    assert "none.json" in capsys.readouterr().err


@pytest.mark.django_db
def test_the_keys_that_the_node_confirmed_are_used_when_asked(file, hongkong, capsys):
    node_keys_ensure()
    assert main(["verify", str(file), "--pinned", "--json"]) == LOOK
    assert json.loads(capsys.readouterr().out)["trust"] == "foreign"


def test_no_framework_and_no_database_is_touched(file):
    code = (
        "import sys; from countermark.cli.__main__ import main;"
        f"status = main(['capsule', 'verify', {str(file)!r}]);"
        "sys.exit(status + 10 * ('django' in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == LOOK
