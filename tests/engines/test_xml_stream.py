"""XML that nobody vouches for: refused in bounded time and memory, with the place of the fault."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.hostile import HOSTILE, Endless

from countermark.domain.errors import InvalidInput
from countermark.engines.xml_stream import Element, Wanted, XmlLimits, XmlStream

ROOT = Path(__file__).resolve().parents[2]
MEMORY_BYTES = 320 << 20
"""Address space of a process that reads hostile files; Python alone takes some 60 MB of it."""


def chosen(_root: Element) -> Wanted:
    return Wanted({"record"}, {"group"})


def read(content: bytes, limits: XmlLimits | None = None) -> list[Element]:
    return list(XmlStream(io.BytesIO(content), chosen, limits).records())


def refusal(content: bytes, limits: XmlLimits | None = None) -> InvalidInput:
    with pytest.raises(InvalidInput) as refused:
        read(content, limits)
    return refused.value


def test_records_come_with_their_content_and_groups_with_their_end():
    found = read(
        b"<all xmlns='urn:a'><group><record>\n<name lang='en'> A &amp; B </name></record></group>"
        b"<record/></all>"
    )
    assert [(each.name, each.line) for each in found] == [
        ("record", 1),
        ("group", 2),
        ("record", 2),
    ]
    name = next(found[0].all("name"))
    assert (name.text, name.namespace, name.attributes) == ("A & B", "urn:a", {"lang": "en"})


@pytest.mark.parametrize(
    ("encoding", "codec"),
    [
        ("UTF-8", "utf-8"),
        ("UTF-8", "utf-8-sig"),
        ("UTF-16", "utf-16"),
        ("GB18030", "gb18030"),
        ("gb2312", "gb2312"),
        ("Big5", "big5"),
    ],
)
def test_the_encodings_of_both_sides_are_read(encoding, codec):
    words = "中文 " + "x" * 99_999 + "中"
    text = f"<?xml version='1.0' encoding='{encoding}'?><all><record>{words}</record></all>"
    [record] = read(text.encode(codec))
    assert record.text.startswith("中文")
    assert record.text.endswith("中")


@pytest.mark.parametrize(
    "encoding", ["utf-7", "unicode_escape", "zip", "idna", "nonsense", "cp037"]
)
def test_an_encoding_that_hides_what_is_written_is_refused(encoding):
    refused = refusal(f"<?xml version='1.0' encoding='{encoding}'?><all/>".encode())
    assert (refused.code, refused.params["encoding"]) == ("xml-encoding", encoding)


@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_a_hostile_file_is_refused_by_its_code_with_line_and_element(kind):
    code, stream = HOSTILE[kind]
    with pytest.raises(InvalidInput) as refused:
        list(XmlStream(stream(), chosen).records())
    assert refused.value.code == code
    assert {"line", "element"} <= refused.value.params.keys()


def test_a_fault_names_the_line_and_the_element_it_stands_in():
    refused = refusal(b"<all>\n<record>\n<goods>" + b"x" * 300_000)
    assert (refused.code, refused.params["line"], refused.params["element"]) == (
        "xml-text-too-long",
        3,
        "goods",
    )


def test_hostile_files_of_a_gigabyte_fit_into_a_small_process_and_a_moment():
    done = subprocess.run(
        [sys.executable, "-m", "tests.engines.hostile", str(MEMORY_BYTES)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stderr == ""
    said = dict(line.split("\t") for line in done.stdout.splitlines())
    assert said == {kind: code for kind, (code, _) in HOSTILE.items()} | {"many-records": "4000"}


def test_what_was_read_before_a_fault_was_handed_out_already():
    stream = XmlStream(Endless(b"<all>", b"<record/>" * 9_999 + b"<", b""), chosen)
    records = stream.records()
    assert next(records).name == "record"
    with pytest.raises(InvalidInput):
        list(records)


NAMES = st.sampled_from(["all", "record", "group", "name"])
TREES = st.recursive(
    st.builds(lambda name, text: f"<{name}>{text}</{name}>", NAMES, st.sampled_from("ab&<> \n")),
    lambda inner: st.builds(
        lambda name, parts: f"<{name}>{''.join(parts)}</{name}>", NAMES, st.lists(inner)
    ),
    max_leaves=20,
)


def outcome(content: bytes) -> str:
    """The code of the refusal, or nothing where the file is read; anything else is a crash."""
    try:
        read(content)
    except InvalidInput as refused:
        return refused.code
    return ""


@given(tree=TREES, at=st.integers(0, 400), junk=st.binary(max_size=6))
def test_whatever_is_done_to_a_file_it_is_read_or_refused(tree, at, junk):
    content = f"<all>{tree}</all>".encode()
    assert outcome(content[:at] + junk + content[at:]).partition("-")[0] in {"", "xml"}


@given(st.binary(max_size=300))
def test_bytes_of_any_kind_are_read_or_refused(content):
    assert outcome(content).partition("-")[0] in {"", "xml"}
