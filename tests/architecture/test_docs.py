"""What can be set, run, recorded or enforced has a heading in the documentation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "countermark"
REFERENCE = ROOT / "docs" / "reference"


def headings(page: str) -> set[str]:
    text = (REFERENCE / page).read_text(encoding="utf-8")
    return {name.strip("` ") for name in re.findall(r"^#+ (.+)$", text, re.M)}


def python() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))


def settings() -> set[str]:
    read = re.findall(
        r'env\.(?:text|flag|number|words|folder|kept_secret)\(\s*"(\w+)"',
        (SOURCE / "config" / "settings.py").read_text(encoding="utf-8"),
    )
    return {f"COUNTERMARK_{name}" for name in read}


def commands() -> set[str]:
    folder = SOURCE / "cli" / "management" / "commands"
    return {path.stem for path in folder.glob("*.py") if path.stem != "__init__"}


def audit_acts() -> set[str]:
    apps = "|".join(path.name for path in (SOURCE / "apps").iterdir() if path.is_dir())
    return set(re.findall(rf'"((?:{apps})\.[a-z-]+\.[a-z-]+)"', python()))


def right_types() -> set[str]:
    return {path.stem for path in (ROOT / "law" / "rights").glob("*.toml")}


def procedures() -> set[str]:
    return {
        f"{path.parents[1].name}/{path.stem}" for path in (ROOT / "law").glob("*/procedures/*.toml")
    }


def test_no_act_is_described_that_is_never_recorded():
    described = {name for name in headings("audit-acts.md") if name.count(".") == 2}
    assert sorted(described - audit_acts()) == []


@pytest.mark.parametrize(
    ("things", "page"),
    [
        (settings, "settings.md"),
        (commands, "commands.md"),
        (audit_acts, "audit-acts.md"),
        (right_types, "law/rights.md"),
        (procedures, "law/procedures.md"),
    ],
)
def test_everything_of_its_kind_has_a_heading(things, page):
    assert things()
    assert sorted(things() - headings(page)) == []


def test_every_decision_says_context_decision_and_consequences():
    for path in (ROOT / "docs" / "decisions").glob("0*.md"):
        text = path.read_text(encoding="utf-8")
        parts = [part for part in ("Context", "Decision", "Consequences") if f"## {part}" in text]
        assert parts == ["Context", "Decision", "Consequences"], path.name


def test_every_relative_link_leads_somewhere():
    broken = []
    pages = [*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")]
    for page in pages:
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if not (page.parent / link).exists():
                broken.append((page.relative_to(ROOT).as_posix(), link))
    assert broken == []
