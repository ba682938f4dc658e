"""Rights and goods for the tests: invented, small, one function each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from countermark.apps.accounts.models import Administration, Officer
from countermark.apps.intake.models import Batch, DeclarationLine
from countermark.apps.intake.services import batch_load, batch_receive
from countermark.apps.register.inputs import HolderInput, RecordationInput, RightInput
from countermark.apps.register.models import Right
from countermark.apps.register.services import holder_record, right_record
from countermark.apps.screening.models import Hit, Ruleset, Run
from countermark.apps.screening.services import run_execute, run_start

ROW = {
    "number": "HK131022-0001",
    "declared_on": "2013-10-22",
    "direction": "import",
    "channel": "freight",
    "transport_mode": "river",
    "control_point": "Tuen Mun River Trade Terminal",
    "departure": "CN",
    "destination": "HK",
    "consignor": "Pelican Trading (Dongguan) Co., Ltd",
    "consignee": "Harbour Light Ltd",
    "line_no": "1",
    "goods_description": "plastic storage boxes",
    "declared_brand": "",
    "hs_code": "392310",
    "quantity": "120",
    "unit": "pcs",
    "origin": "CN",
    "value": "1500.00",
    "currency": "HKD",
}


def row(line_no: int = 1, **changes: str) -> dict[str, str]:
    """One sound row of a declaration, with some cells changed."""
    return ROW | {"line_no": str(line_no)} | changes


def table(rows: Iterable[Mapping[str, str]], columns: Iterable[str] | None = None) -> io.BytesIO:
    """Rows as a CSV file."""
    rows = list(rows)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fieldnames=list(columns or rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return io.BytesIO(text.getvalue().encode())


def received(by: Officer, rows: Iterable[Mapping[str, str]], name: str = "lines.csv") -> Batch:
    """A batch of these rows, not loaded yet."""
    return batch_receive(by=by, stream=table(rows), filename=name)


def loaded(by: Officer, rows: Iterable[Mapping[str, str]]) -> Batch:
    """A batch of these rows, loaded."""
    return batch_load(batch=received(by, rows))


def screened(by: Officer, rows: Iterable[Mapping[str, str]]) -> Run:
    """A finished run over a batch of these rows."""
    return run_execute(run=run_start(batch=loaded(by, rows)))


def hit_on(right: Right, line: DeclarationLine, found_at: datetime, **changes: object) -> Hit:
    """A hit on a line, put there by hand; the screener's own tests say how such a hit comes."""
    rules = Ruleset.objects.create(version="test", digest="2" * 64)
    run = Run.objects.create(
        batch=line.batch, ruleset=rules, register_version="3" * 64, started_at=found_at
    )
    given: dict[str, object] = {
        "number": "H-000001",
        "score": 0.9,
        "resemblance": "look-alike",
        "field": "goods_description",
        "span_start": 0,
        "span_end": 8,
        "matched": "MERIDlAN",
    }
    return Hit.objects.create(
        run=run,
        line=line,
        right=right,
        right_version=1,
        ruleset=rules,
        found_at=found_at,
        **given | changes,
    )


def right_input(**changes: object) -> RightInput:
    """A word mark that exists nowhere, for bags."""
    given: dict[str, object] = {
        "jurisdiction": "hk",
        "registration_number": "300000001",
        "valid_from": date(2010, 1, 1),
        "valid_until": date(2030, 1, 1),
        "nice_classes": (18,),
        "word": "VELUNDRA",
        "word_zh_hans": "薇伦卓",
        "word_zh_hant": "薇倫卓",
    }
    return RightInput(**given | changes)  # type: ignore[arg-type]


def recorded(
    by: Officer,
    administration: Administration,
    *,
    recorded_on: date = date(2012, 1, 1),
    expires_on: date | None = None,
    **changes: object,
) -> Right:
    """A right recorded with an administration since 2012."""
    given = right_input(**changes)
    number = f"R-{given.registration_number}"
    return right_record(
        by=by,
        holder=holder_record(by=by, holder=HolderInput(name="Meridian Ltd", country="GB")),
        right=given,
        recordations=[RecordationInput(administration, number, recorded_on, expires_on)],
    )
