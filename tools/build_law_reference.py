"""Writes ``docs/reference/law/`` from ``law/``: ``make generated``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from countermark.domain.procedures import Procedure, Term
from countermark.lawbook import Law, Protection, lawbook
from countermark.lawbook.administrations import BasisRule
from countermark.lawbook.instruments import Instrument

TERM_HEADS = [
    *("term", "started by", "length", "first day", "calendar", "answered by", "if missed"),
    *("source", "checked", "in force"),
]
PROTECTION_HEADS = [
    *("recordation", "renewal", "ends with the right", "the right itself", "source", "checked"),
    "source of the term",
]
FOLDER = Path(__file__).resolve().parents[1] / "docs" / "reference" / "law"
MADE = "Made from `law/` by `make generated`. Whatever is not *verified* is shown as unverified.\n"


def main() -> None:
    """Write the pages."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    laws = lawbook().laws
    pages = {
        "procedures.md": _procedures(laws),
        "rights.md": _rights(laws),
        "recordations.md": _recordations(laws),
        "instruments.md": _instruments(laws),
        "calendars.md": _calendars(laws),
        "thresholds.md": _thresholds(laws),
    }
    for name, lines in pages.items():
        (FOLDER / name).write_text("\n".join(lines).rstrip("\n") + "\n", encoding="utf-8")


def _table(heads: list[str], rows: Iterable[Iterable[object]]) -> list[str]:
    lines = [_row(heads), "|---" * len(heads) + "|"]
    return [*lines, *(_row(row) for row in rows), ""]


def _row(cells: Iterable[object]) -> str:
    return (
        "| " + " | ".join(str(cell).replace("|", "/").replace("\n", " ") for cell in cells) + " |"
    )


def _codes(codes: Iterable[str]) -> str:
    return ", ".join(f"`{code}`" for code in codes)


def _span(first: date, last: date) -> str:
    start = "" if first == date.min else first.isoformat()
    return f"{start} – {'' if last == date.max else last.isoformat()}".strip()


def _procedures(laws: dict[str, Law]) -> list[str]:
    lines = ["# Procedures", "", MADE]
    for law in laws.values():
        for procedure in law.procedures:
            lines += _procedure(procedure)
    return lines


def _procedure(procedure: Procedure) -> list[str]:
    names = procedure.names
    return [
        f"## {procedure.code}",
        "",
        f"{names.en} · {names.zh_hant} · {names.zh_hans}. Source `{procedure.source}` "
        f"({procedure.verification}). "
        f"In force {_span(procedure.in_force_from, procedure.in_force_to)}. "
        f"Begins in `{procedure.starts_in}`. {procedure.note}",
        "",
        *_table(
            ["state", "English", "繁體中文", "简体中文", "end"],
            (
                (f"`{s.code}`", s.names.en, s.names.zh_hant, s.names.zh_hans, "yes" * s.final)
                for s in procedure.states
            ),
        ),
        *_table(
            ["act", "name", "from", "to", "who", "needs", "source", "checked"],
            (
                (
                    f"`{act.code}`",
                    act.names.en,
                    _codes(act.from_states),
                    f"`{act.to_state}`",
                    ", ".join(act.who),
                    ", ".join(act.needs),
                    f"`{act.source}`",
                    act.verification,
                )
                for act in procedure.acts
            ),
        ),
        *_table(
            TERM_HEADS,
            (_term(term) for term in procedure.terms),
        ),
    ]


def _term(term: Term) -> list[str]:
    return [
        f"`{term.code}`",
        f"`{term.started_by}`",
        f"{term.length} {term.unit.replace('_', ' ')}",
        term.first_day,
        f"`{term.calendar}`",
        _codes(term.answered_by),
        _codes([term.on_expiry] if term.on_expiry else []),
        f"`{term.source}`",
        term.verification,
        _span(term.in_force_from, term.in_force_to),
    ]


def _recordations(laws: dict[str, Law]) -> list[str]:
    lines = ["# Recordations", "", MADE]
    for law in laws.values():
        rules = law.recordation
        lines += _procedure(rules.procedure)
        lines += [
            f"In force, and screened against, in {_codes(sorted(rules.in_force))}. The applicant "
            f"writes in {_codes(sorted(rules.editable))}. The file waits for customs in "
            f"{_codes(sorted(rules.waiting))}.",
            "",
            *_table(["act", "does"], ((f"`{a}`", e.value) for a, e in rules.effects.items())),
        ]
        if duty := rules.change_duty:
            lines += ["A change must be reported:", "", *_table(TERM_HEADS, [_term(duty)])]
    return lines


def _rights(laws: dict[str, Law]) -> list[str]:
    lines = ["# Kinds of right", "", MADE]
    for code, right in lawbook().right_types.items():
        names = right.names
        lines += [
            f"## {code}",
            "",
            f"{names.en} · {names.zh_hant} · {names.zh_hans} (`{right.symbol}`). "
            f"{'Screened for by word' if right.screened else 'Not screened'}. {right.note}",
            "",
            f"Fields: {_codes(right.fields)}."
            + (f" Facts: {_codes(fact.code for fact in right.facts)}." if right.facts else ""),
            "",
        ]
        for law in laws.values():
            lines += _of_side(law, code)
    return lines


def _of_side(law: Law, right_type: str) -> list[str]:
    """Return what one side does about a kind of right."""
    side = law.side.code
    if found := law.protections.get(right_type):
        needs = law.rights.needs_of(right_type)
        return [
            *_table(["side", *PROTECTION_HEADS], [[f"`{side}`", *_protection(found)]]),
            *_table(
                ["a file holds", "kind", "required", "source", "checked"],
                (
                    (n.names.en, n.kind, "yes" * n.required, f"`{n.source}`", n.verification)
                    for n in needs
                ),
            ),
        ]
    if why := law.rights.unrecorded.get(right_type):
        said = f"Not recorded by `{side}`: {why.reason.en} `{why.source}` ({why.verification})."
        return [said, ""]
    return []


def _protection(found: Protection) -> list[str]:
    right = f"{found.right_years} years from {found.right_from}" if found.right_years else ""
    return [
        f"{found.recordation_years} years" if found.recordation_years else "no term",
        f"last {found.renewal_window_months} months" if found.renewal_window_months else "",
        "yes" * found.ends_with_right,
        right,
        f"`{found.source}`",
        found.verification,
        f"`{found.recordation_source}` ({found.recordation_verification})",
    ]


def _instruments(laws: dict[str, Law]) -> list[str]:
    lines = ["# Instruments", "", MADE]
    for law in laws.values():
        for instrument in law.instruments.values():
            lines += _instrument(instrument)
    return lines


def _instrument(instrument: Instrument) -> list[str]:
    names = instrument.names
    lines = [f"## {instrument.code}", "", f"{names.en} · {names.zh_hant} · {names.zh_hans}", ""]
    for edition in instrument.editions:
        lines += [
            f"Edition {edition.edition} ({edition.number}), in force "
            f"{_span(edition.in_force_from, edition.in_force_to)}; {edition.verification}. "
            f"{edition.note}",
            "",
            *_table(
                ["article", "provision", "says", "checked"],
                ((a.number, a.provision, a.gist, a.verification) for a in edition.articles),
            ),
        ]
    return lines


def _calendars(laws: dict[str, Law]) -> list[str]:
    lines = ["# Calendars", "", MADE]
    for law in laws.values():
        for calendar in law.calendars.values():
            names = calendar.names
            lines += [
                f"## {calendar.code}",
                "",
                f"{names.en} · {names.zh_hant} · {names.zh_hans}. Source `{calendar.source}` "
                f"({calendar.verification}). {calendar.note}",
                "",
            ]
            years = (
                (
                    year.year,
                    len(year.holidays),
                    ", ".join(day.isoformat() for day in sorted(year.makeup_days)),
                    year.source,
                    year.verification,
                )
                for year in calendar.years
            )
            if calendar.years:
                lines += _table(["year", "holidays", "make-up days", "source", "checked"], years)
    return lines


def _thresholds(laws: dict[str, Law]) -> list[str]:
    lines = ["# Securities and bases of value", "", MADE, "## Securities", ""]
    rules = [rule for law in laws.values() for rule in law.securities.values()]
    lines += _table(
        ["procedure", "rule", "currency", "source", "checked"],
        ((f"`{r.code}`", r.note, r.currency, f"`{r.source}`", r.verification) for r in rules),
    )
    lines += ["## Bases of value", ""]
    return lines + _table(
        ["side", "use", "basis", "name", "source", "checked", "note"],
        (_basis(law.side.code, basis) for law in laws.values() for basis in law.bases),
    )


def _basis(side: str, basis: BasisRule) -> list[str]:
    source = f"`{basis.source}`" if basis.source else ""
    name = basis.names.en
    return [side, basis.use, f"`{basis.basis}`", name, source, basis.verification, basis.note]


if __name__ == "__main__":
    main()
