"""What a Spark executor does: Arrow batches of declaration rows in, hits and rejects out.

Nothing here knows Spark but the one function that finds a file which the driver sent along. So the
tests call it without a cluster, and an executor runs the code of the local engine.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from countermark.domain.matching import Line, Screener
from countermark.engines.lines import hit_lines
from countermark.engines.marks import read_lines
from countermark.engines.screeners import open_screener, save_screener
from countermark.engines.tables import Reject
from countermark.engines.tables.parquet import batch_rows

pa: Any = import_module("pyarrow")

FILE, NUMBER = "cm_file", "cm_number"
"""Columns that the driver adds: the file of a row, and its number in it, from 1."""
SPARK_SCHEMA = f"{FILE} string, {NUMBER} long, place int, hit string, reject string"
_SCHEMA = pa.schema(
    [
        (FILE, pa.string()),
        (NUMBER, pa.int64()),
        ("place", pa.int32()),
        ("hit", pa.string()),
        ("reject", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class Job:
    """What every executor is told: the files with register and context, and hits a line."""

    register: str
    context: str
    top: int


class Found(NamedTuple):
    """One hit or reject, and where it belongs: rows in this order are the local engine's output."""

    file: str
    number: int
    place: int
    hit: str | None = None
    reject: str | None = None


def screener_write(folder: Path, screener: Screener, top: int) -> Job:
    """Write what executors need into a folder, and return what they are to be told."""
    job = Job("countermark-register.index", "countermark-context.bin", top)
    save_screener(screener, folder / job.register)
    (folder / job.context).write_bytes(pickle.dumps(screener.context, protocol=5))
    return job


def screen_batches(batches: Iterable[Any], job: Job, find: Callable[[str], str]) -> Iterator[Any]:
    """Yield the hits and rejects of batches of rows, a batch for each.

    Args:
        batches: Rows with the columns of a table of declarations, ``FILE`` and ``NUMBER``.
        job: What to do.
        find: Returns the path of a file that the driver sent along.
    """
    screener = _screener(find(job.register), find(job.context))
    for batch in batches:
        yield _batch(_found(screener, batch, job.top))


def spark_file(name: str) -> str:
    """Return the path at which this executor has a file that the driver sent along."""
    path: str = import_module("pyspark").SparkFiles.get(name)
    return path


def reject_read(text: str) -> Reject:
    """Return a reject from the text in which it travels."""
    number, reason, raw, params = json.loads(text)
    return Reject(number, reason, raw, params)


@lru_cache(1)
def _screener(register: str, context: str) -> Screener:
    """Return the screener of two files; executors keep their Python process between tasks.

    The register stays on disk: all workers of a machine read the same pages of it.
    """
    # The file is the driver's own, sent over Spark's channel: no more and no less than the code.
    known = pickle.loads(Path(context).read_bytes())  # noqa: S301 - see above
    return open_screener(Path(register), known, check=False)


def _found(screener: Screener, batch: Any, top: int) -> Iterator[Found]:
    file, numbers = batch.column(FILE).to_pylist(), batch.column(NUMBER).to_pylist()
    kept = [name for name in batch.schema.names if name not in {FILE, NUMBER}]
    lines: list[Line] = []
    at: list[tuple[str, int]] = []
    rows = read_lines(batch_rows(batch.select(kept), numbers))
    for where, item in zip(zip(file, numbers, strict=True), rows, strict=True):
        if isinstance(item, Reject):
            yield Found(*where, 0, reject=_reject_text(item))
        else:
            lines.append(item)
            at.append(where)
    for index, place, text in hit_lines(screener, lines, top):
        yield Found(*at[index], place, hit=text)


def _reject_text(reject: Reject) -> str:
    """Return a reject as ASCII, for its beginning may be no valid text."""
    return json.dumps([reject.number, reject.reason, reject.raw, dict(reject.params)])


def _batch(found: Iterable[Found]) -> Any:
    columns: list[Any] = list(zip(*found, strict=True)) or [[] for _ in _SCHEMA]
    arrays = [pa.array(column, each.type) for column, each in zip(columns, _SCHEMA, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=_SCHEMA)
