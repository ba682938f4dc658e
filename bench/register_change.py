"""How soon a change of the register counts, and how long the screening of one line takes.

    python -m bench.register_change [--marks 50000] [--lines 2000] [--changes 30] [--seed change]

Fills a node's database with the register of a corpus and 10,000 of its lines, then, in one process
and through the API as an analyst's browser asks it: screens lines one by one, and times from the
commit of a recordation, a revision and a withdrawal to the first answer that takes it into account.
``--folder`` keeps the database, and takes it up again where there is one.
"""

# ruff: noqa: PLC0415 - Django is imported once the address of the database is known.
from __future__ import annotations

import argparse
import csv
import io
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.corpora import make_corpus, read_lines, read_register
from countermark.domain.matching.types import Line, RecordedMark

KNOWN_LINES = 10_000
LOT = 1_000
TRY = "/api/v1/screening/try"
TODAY = datetime.now(UTC).date()
COLUMNS = """number declared_on direction channel transport_mode control_point departure destination
consignor consignee line_no goods_description declared_brand hs_code quantity unit origin value
currency"""


def fill(marks: Iterable[RecordedMark], lines: Iterable[Line]) -> None:
    """Make a node with an analyst, a register of those marks and those lines declared today."""
    from countermark.apps.accounts.models import Office, Officer
    from countermark.apps.accounts.services import administration_record
    from countermark.apps.intake.services import batch_load, batch_receive
    from countermark.lawbook import lawbook

    side = lawbook().law("hk").side
    home = administration_record(code="hk", law="hk", names=side.names, short=side.names)
    office = Office.objects.create(administration=home, code="desk", name_en="Desk")
    Officer.objects.create(username="analyst", office=office, role="analyst")
    clerk = Officer.objects.create(username="clerk", office=office, role="officer")
    register_fill(home, marks)
    batch_load(batch=batch_receive(by=clerk, stream=table(lines), filename="lines.csv"))


def register_fill(home: Any, marks: Iterable[RecordedMark]) -> None:
    """Write marks as rights recorded with an administration, as an import would."""
    from countermark.apps.register.convert import holder_values, party_row, right_values
    from countermark.apps.register.inputs import AuthorisedPartyInput, HolderInput, RightInput
    from countermark.apps.register.models import AuthorisedParty, Recordation, Right, RightHolder

    marks = list(marks)
    given = {name: HolderInput(name=name, country="HK") for name in {m.holder for m in marks}}
    rows = {values["key"]: values for values in map(holder_values, given.values())}
    made = RightHolder.objects.bulk_create(map(_holder, rows.values()), batch_size=LOT)
    holders = {row.key: row for row in made}
    valid = {"valid_from": date(2015, 1, 1), "valid_until": TODAY + timedelta(days=3650)}
    rights = Right.objects.bulk_create(
        [
            Right(
                holder=holders[str(holder_values(given[mark.holder])["key"])],
                **right_values(
                    RightInput(
                        jurisdiction="hk",
                        registration_number=str(400_000_000 + n),
                        nice_classes=mark.nice_classes,
                        word=mark.word[:200],
                        word_zh_hans=mark.word_zh_hans,
                        word_zh_hant=mark.word_zh_hant,
                        **valid,
                    )
                ),
            )
            for n, mark in enumerate(marks)
        ],
        batch_size=LOT,
    )
    Recordation.objects.bulk_create(
        [
            Recordation(
                administration=home,
                applicant_id=right.holder_id,
                right=right,
                right_type=right.right_type,
                state="in-force",
                in_force=True,
                number=f"R-{right.registration_number}",
                filed_on=date(2016, 1, 1),
                recorded_on=date(2016, 1, 1),
            )
            for right in rights
        ],
        batch_size=LOT,
    )
    AuthorisedParty.objects.bulk_create(
        [
            party_row(right, AuthorisedPartyInput(name))
            for right, mark in zip(rights, marks, strict=True)
            for name in dict.fromkeys(mark.authorised_parties)
            if name
        ],
        batch_size=LOT,
    )


def _holder(values: dict[str, object]) -> Any:
    from countermark.apps.register.models import RightHolder

    return RightHolder(**values)


def table(lines: Iterable[Line]) -> io.BytesIO:
    """Return lines as a batch of declarations of one line each, all declared today."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS.split())
    fixed = ("import", "freight", "road", "Lok Ma Chau", "CN", "HK")
    for line in lines:
        parties = line.consignor or "Unnamed", line.consignee or "Unnamed"
        goods = line.goods_description, line.declared_brand, line.hs_code[:10]
        number = f"B-{line.line_id}", TODAY.isoformat()
        writer.writerow([*number, *fixed, *parties, 1, *goods, 1, "pcs", "CN", "100", "HKD"])
    return io.BytesIO(text.getvalue().encode())


def said(took: list[float]) -> str:
    """Return times in seconds as their median, 95th and 99th percentile and most, in ms."""
    parts = statistics.quantiles(took, n=100, method="inclusive")
    numbers = (statistics.median(took), parts[94], parts[98], max(took))
    return "".join(f"{1000 * number:9.1f}" for number in numbers)


def asking() -> Callable[[Line], dict[str, Any]]:
    """Return a function that asks the API what it finds on a line."""
    from django.test import Client

    from countermark.apps.accounts.models import Officer

    client = Client(headers={"host": "localhost"})
    client.force_login(Officer.objects.get(username="analyst"))

    def ask(line: Line) -> dict[str, Any]:
        given = {
            "goods_description": line.goods_description,
            "declared_brand": line.declared_brand,
            "hs_code": line.hs_code[:10],
            "consignor": line.consignor,
            "consignee": line.consignee,
        }
        answer = client.post(TRY, json.dumps(given), content_type="application/json")
        if answer.status_code != 200:
            raise RuntimeError(answer.content)
        return dict(answer.json())

    return ask


def trying() -> Callable[[Line], object]:
    """Return a function that screens a line as the API does, without request and answer."""
    from countermark.apps.accounts.models import Officer
    from countermark.apps.screening.services import line_try

    by = Officer.objects.get(username="analyst")
    return lambda line: line_try(line=line, by=by)


def lines_measure(ask: Callable[[Line], object], lines: Iterable[Line]) -> list[str]:
    """Screen lines one by one through the API; return what passed on the clock and was worked."""
    clock, worked = [], []
    for line in lines:
        start, work = time.perf_counter(), time.thread_time()
        ask(line)
        clock.append(time.perf_counter() - start)
        worked.append(time.thread_time() - work)
    return [said(clock), said(worked)]


def changes_measure(ask: Callable[[Line], dict[str, Any]], count: int) -> dict[str, str]:
    """Record, revise and withdraw rights; time from each commit to the answer that knows it."""
    from countermark.apps.accounts.models import Administration, Officer
    from countermark.apps.register.inputs import HolderInput, RecordationInput, RightInput
    from countermark.apps.register.services import (
        holder_record,
        right_record,
        right_revise,
        right_withdraw,
    )

    by, home = Officer.objects.get(username="analyst"), Administration.objects.get()
    stamp = int(time.time())
    holder = holder_record(by=by, holder=HolderInput(name=f"Fresh {stamp}", country="HK"))
    took: dict[str, list[float]] = {"record": [], "revise": [], "withdraw": []}
    for n in range(count):
        first = RightInput(
            jurisdiction="hk",
            registration_number=f"{stamp}-{n}",
            nice_classes=(18,),
            valid_from=date(2020, 1, 1),
            valid_until=TODAY + timedelta(days=365),
            word=word(n, "Q"),
        )
        second = replace(first, word=word(n, "X"))
        recordation = RecordationInput(home, f"F-{stamp}-{n}", TODAY)
        right = right_record(by=by, holder=holder, right=first, recordations=[recordation])
        took["record"].append(until(ask, first.word, found=True))
        right = right_revise(by=by, right=right, change=second)
        took["revise"].append(until(ask, second.word, found=True))
        right_withdraw(by=by, right=right, reason="surrendered")
        took["withdraw"].append(until(ask, second.word, found=False))
    return {name: said(times) for name, times in took.items()}


def until(ask: Callable[[Line], dict[str, Any]], mark: str, *, found: bool) -> float:
    """Return the seconds until a line with a mark is answered as the register now stands."""
    start = time.perf_counter()
    hits = ask(Line("", "handbag", declared_brand=mark))["hits"]
    took = time.perf_counter() - start
    if (mark in [hit["mark"] for hit in hits]) != found:
        raise RuntimeError(f"{mark} should be found: {found}")
    return took


def word(n: int, first: str) -> str:
    """Return an invented word that is like no other."""
    letters = "BDFGKLMNPRST"
    digits = [(n // 12**place + place) % 12 for place in range(3)]
    return first + "".join(f"{letters[d]}{'aeiou'[d % 5]}" for d in digits).upper() + "VUZH"


def run(corpus: Path, lines: int, changes: int) -> None:
    """Fill the configured database unless it is filled, and print what was seen."""
    import django

    django.setup()
    from django.core.management import call_command

    from countermark.apps.accounts.models import Officer
    from countermark.workflows.warming import screening_warm

    all_lines = read_lines(corpus)
    call_command("migrate", verbosity=0)
    if not Officer.objects.exists():
        start = time.perf_counter()
        fill(read_register(corpus), all_lines[:KNOWN_LINES])
        print(f"filled in {time.perf_counter() - start:.0f} s")
    ask = asking()
    start = time.perf_counter()
    screening_warm()
    print(f"warm after {time.perf_counter() - start:.1f} s")
    start = time.perf_counter()
    ask(all_lines[0])
    print(f"first answer after {time.perf_counter() - start:.2f} s")
    print(f"{'':24}{'median':>9}{'p95':>9}{'p99':>9}{'most':>9}  ms")
    fresh = all_lines[KNOWN_LINES : KNOWN_LINES + lines]
    clock, worked = lines_measure(ask, fresh)
    print(f"{'a line through the API':24}{clock}")
    print(f"{'  of it worked (CPU)':24}{worked}")
    print(f"{'a line without HTTP':24}{lines_measure(trying(), fresh)[0]}")
    for name, figures in changes_measure(ask, changes).items():
        print(f"{name + ' to first line':24}{figures}")


def main() -> None:
    """Measure on SQLite in a temporary folder, in a folder to be kept, or on PostgreSQL."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--marks", type=int, default=50_000)
    parser.add_argument("--lines", type=int, default=2_000)
    parser.add_argument("--changes", type=int, default=30)
    parser.add_argument("--seed", default="change")
    parser.add_argument("--folder", type=Path, help="where the database is kept")
    parser.add_argument("--postgres", action="store_true", help="a PostgreSQL of its own")
    given = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "countermark.config.settings"
    os.environ["COUNTERMARK_ADMINISTRATION"] = "hk"
    from tools.postgres import cluster

    corpus = make_corpus(given.seed, marks=given.marks, lines=25_000)
    with (
        nullcontext(given.folder) if given.folder else tempfile.TemporaryDirectory() as folder,
        cluster() if given.postgres else nullcontext("") as address,
    ):
        os.environ["COUNTERMARK_VAR"] = str(folder)
        os.environ["COUNTERMARK_DATABASE_URL"] = address
        run(corpus, given.lines, given.changes)


if __name__ == "__main__":
    main()
