"""What officers do on a node, as a process of its own: ``python -m tests.two_nodes.act VERB ...``.

``setup``                 administrations, an office, a liaison officer, the probe tables
``say LANE FROM COUNT``   COUNT business changes, each with its message in one transaction
"""

from __future__ import annotations

import sys

import django

django.setup()

from django.conf import settings  # noqa: E402 - models can be imported only after the set-up
from django.db import connection, transaction  # noqa: E402
from tests.two_nodes.effects import TABLES  # noqa: E402

from countermark.apps.accounts.models import Administration  # noqa: E402
from countermark.apps.accounts.services import (  # noqa: E402
    Names,
    administration_record,
    office_record,
    officer_create,
)
from countermark.apps.exchange.services import message_enqueue  # noqa: E402


def setup() -> None:
    for code, law in (("cn-gd", "cn"), ("hk", "hk")):
        same = Names(code, code, code)
        row = administration_record(code=code, law=law, names=same, short=same)
        if code == settings.COUNTERMARK_ADMINISTRATION:
            office = office_record(administration=row, code="desk", names=same)
    officer_create(
        username="liaison",
        display_name="Liaison",
        office=office,
        role="liaison",
        password="a long enough phrase",
    )
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(table)


def say(lane: str, first: str, count: str) -> None:
    other = Administration.objects.exclude(code=settings.COUNTERMARK_ADMINISTRATION).get()
    for n in range(int(first), int(first) + int(count)):
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO probe_business (lane, n) VALUES (%s, %s)", [lane, n])
            message_enqueue(
                administration=other,
                lane=lane,
                type="case.referral/1",
                data={"lane": lane, "n": n},
                idempotency_key=f"{lane}:{n}",
                by=None,
            )
        # Acknowledged only here: what is printed must be on disk.
        sys.stdout.write(f"{n}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    {"setup": setup, "say": say}[sys.argv[1]](*sys.argv[2:])
