"""How quickly a register of a hundred thousand rights is listed, filtered and searched.

    python -m bench.register_search [--rights 100000] [--rounds 20] [--database URL | --postgres]

Makes a register of invented marks with a seed in a temporary database, asks the page of the list as
an officer's browser does (count, one page of 25, everything the page loads), and prints the median
and the 95th percentile of each kind of question, in milliseconds.
"""

# ruff: noqa: PLC0415 - Django is imported once the address of the database is known.
from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
from contextlib import nullcontext
from datetime import date

SYLLABLES = [
    "ve",
    "lun",
    "dra",
    "mer",
    "i",
    "di",
    "an",
    "pel",
    "can",
    "aur",
    "el",
    "io",
    "kor",
    "tas",
    "bri",
    "om",
    "za",
    "ne",
    "fu",
    "wei",
    "lan",
    "qi",
    "sho",
    "to",
]
HAN = "薇倫卓奧雷利星河金鹿東方海明珠百合青山白雲天馬龍鳳"
QUESTIONS = {
    "list, first page": {},
    "list, page 2000": {"page": 2000},
    "word": {"q": "veldra"},
    "part of a word": {"q": "lun"},
    "look-alike": {"q": "ve1dra"},
    "Chinese": {"q": "東方"},
    "Chinese, other script": {"q": "东方"},
    "holder": {"q": "holder 77"},
    "registration number": {"q": "400012345"},
    "recordation number": {"q": "R-400054321"},
    "nothing like it": {"q": "xqzzyx"},
    "files in force": {"files": "in-force"},
    "files by word": {"files": "all", "q": "veldra"},
    "files of a type": {"files": "all", "type": "trade-mark"},
}


def fill(rights: int, seed: int = 7) -> object:
    """Make a register of that many rights, each recorded, and return an officer who may read it."""
    from countermark.apps.accounts.models import Office, Officer
    from countermark.apps.accounts.services import administration_record
    from countermark.apps.register.convert import holder_values, right_values
    from countermark.apps.register.inputs import HolderInput, RightInput
    from countermark.apps.register.keys import keys_refresh
    from countermark.apps.register.models import Recordation, Right, RightHolder
    from countermark.lawbook import lawbook

    rng = random.Random(seed)
    side = lawbook().law("hk").side
    home = administration_record(code="hk", law="hk", names=side.names, short=side.names)
    office = Office.objects.create(administration=home, code="desk", name_en="Desk")
    officer = Officer.objects.create(username="a", office=office, role="analyst")
    holders = RightHolder.objects.bulk_create(
        RightHolder(**holder_values(HolderInput(name=f"Holder {n} Ltd", country="HK")))
        for n in range(max(1, rights // 20))
    )
    goods = "bags; trunks; leather goods not included in other classes; umbrellas; " * 8
    made = Right.objects.bulk_create(
        (
            Right(
                holder=rng.choice(holders),
                **right_values(
                    RightInput(
                        jurisdiction="hk",
                        registration_number=str(400_000_000 + n),
                        valid_from=date(2020, 1, 1),
                        valid_until=date(2040, 1, 1),
                        nice_classes=(rng.randint(1, 45),),
                        word="".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))).upper(),
                        word_zh_hant="".join(rng.choices(HAN, k=2)) if n % 3 == 0 else "",
                        goods=goods,
                    )
                ),
            )
            for n in range(rights)
        ),
        batch_size=1000,
    )
    Recordation.objects.bulk_create(
        (
            Recordation(
                administration=home,
                applicant_id=right.holder_id,
                right=right,
                right_type=right.right_type,
                state="in-force",
                in_force=True,
                number=f"R-{right.registration_number}",
                filed_on=date(2021, 1, 1),
                recorded_on=date(2021, 1, 1),
            )
            for right in made
        ),
        batch_size=1000,
    )
    keys_refresh(right.pk for right in made)
    return officer


def ask(officer: object, question: dict[str, object]) -> int:
    """Ask one question as the page does; return how many rows there are in all."""
    from countermark.apps.register.selectors import (
        recordation_found,
        recordation_list,
        right_list,
    )
    from countermark.web.paging import KeyPaginator

    query = str(question.get("q", ""))
    if show := question.get("files"):
        rows = recordation_found(
            visible_to=officer,
            show=show,
            on=date(2026, 11, 23),
            right_type=str(question.get("type", "")),
            query=query,
        )
        whole = recordation_list(visible_to=officer)
    else:
        rows = right_list(visible_to=officer, query=query)
        whole = right_list(visible_to=officer)
    page = KeyPaginator(rows, 25, whole=whole if query else None).get_page(question.get("page", 1))
    for row in page.object_list:
        str(row), row.holder.name
    return page.paginator.count


def measured(officer: object, rounds: int) -> list[tuple[str, int, float, float]]:
    """Return for each question its rows, its median and its 95th percentile in milliseconds."""
    rows = []
    for name, question in QUESTIONS.items():
        took = []
        for _ in range(rounds):
            start = time.perf_counter()
            count = ask(officer, question)
            took.append(1000 * (time.perf_counter() - start))
        p95 = statistics.quantiles(took, n=20, method="inclusive")[-1]
        rows.append((name, count, statistics.median(took), p95))
    return rows


def run(rights: int, rounds: int) -> None:
    """Fill the configured database and print the table."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    start = time.perf_counter()
    officer = fill(rights)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # As autovacuum does by itself before long.
    print(f"{connection.vendor}: {rights} rights made in {time.perf_counter() - start:.0f} s")
    print(f"{'question':24}{'rows':>9}{'median':>9}{'p95':>9}  ms")
    for name, count, median, p95 in measured(officer, rounds):
        print(f"{name:24}{count:9}{median:9.0f}{p95:9.0f}")


def main() -> None:
    """Measure on SQLite in a temporary folder, or on PostgreSQL."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rights", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--database", default="", help="address of an empty database")
    parser.add_argument("--postgres", action="store_true", help="a PostgreSQL of its own")
    said = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "countermark.config.settings"
    os.environ["COUNTERMARK_ADMINISTRATION"] = "hk"
    from tools.postgres import cluster

    with (
        tempfile.TemporaryDirectory() as folder,
        cluster() if said.postgres else nullcontext(said.database) as address,
    ):
        os.environ["COUNTERMARK_VAR"] = folder
        os.environ["COUNTERMARK_DATABASE_URL"] = address
        run(said.rights, said.rounds)


if __name__ == "__main__":
    main()
