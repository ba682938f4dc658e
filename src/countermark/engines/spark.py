"""Screening on a Spark cluster: the local engine's code on every executor, the same hits.

The driver reads the register, learns word usage from the first lines as the local engine does, and
sends both to the executors as one file. Rows come from Parquet, which Spark reads in parallel;
every other kind of table is first written as Parquet by the driver. What is found is written once
to a staging folder and handed out in the order of the rows, so that a run broken off and begun
anew gives the same bytes.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from countermark.domain.matching import Line, Screener
from countermark.engines.batches import Batch, read_batches
from countermark.engines.marks import LINE_COLUMNS, NEEDED_LINE_COLUMNS, read_lines
from countermark.engines.spark_worker import (
    FILE,
    NUMBER,
    SPARK_SCHEMA,
    reject_read,
    screen_batches,
    screener_write,
    spark_file,
)
from countermark.engines.tables import Reject, Row, read_table

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

pa: Any = import_module("pyarrow")

LINES, FOUND = "lines", "found"
STAGED_ROWS = 100_000
"""Rows of one staged Parquet file: what one task reads."""
SETTINGS = {
    "spark.sql.execution.arrow.maxRecordsPerBatch": "16000",
    "spark.sql.files.maxPartitionBytes": "16m",  # tasks are long for their bytes
    "spark.sql.session.timeZone": "UTC",
}
"""What is set unless ``spark-submit`` says otherwise."""
HIT_SCHEMA = (
    "line_id string, right_id string, score double, resemblance string, span array<int>, "
    "field string, matched string, contributions array<struct<name: string, points: double>>, "
    "excused string, register_version string, rules_version string"
)


class SparkMissing(Exception):
    """PySpark is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "the spark engine needs PySpark: install countermark[spark], and a Java runtime"
        )


@dataclass(frozen=True, slots=True)
class Lines:
    """Declarations as Spark will read them: Parquet with the columns of the executors.

    ``rejects`` are those the driver met; rows of a Parquet file are judged by the executors.
    """

    frame: DataFrame
    rejects: tuple[Reject, ...] = ()


def session_get(workers: int) -> SparkSession:
    """Return the Spark session: that of ``spark-submit``, else one on this machine.

    Args:
        workers: Tasks at once where this machine is all there is.

    Raises:
        SparkMissing: PySpark is not installed.
    """
    try:
        sql = import_module("pyspark.sql")
    except ImportError as error:
        raise SparkMissing from error
    conf = import_module("pyspark").SparkConf()
    builder = sql.SparkSession.builder.appName("countermark screen")
    if not conf.contains("spark.master"):
        # On a cluster its own settings say which Python the executors run; here it is this one.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = builder.master(f"local[{workers}]").config("spark.ui.enabled", "false")
    for name, value in SETTINGS.items():
        if not conf.contains(name):
            builder = builder.config(name, value)
    session: SparkSession = builder.getOrCreate()
    return session


def lines_open(session: SparkSession, path: str, staging: Path) -> Lines:
    """Return the declarations in a table, or in a folder of Parquet files.

    Args:
        session: Where they will be read.
        path: A table of any format, or a folder of Parquet files with the same columns.
        staging: A folder that all executors see; tables other than Parquet are copied there.

    Raises:
        InvalidInput: The table as a whole cannot be used.
    """
    files = _parquet_files(path)
    if files:
        return Lines(_native(session, files))
    with read_table(path, needed=NEEDED_LINE_COLUMNS) as table:
        rejects: list[Reject] = []
        folder = staging / LINES
        _stage(_numbered(table, rejects), folder)
        return Lines(session.read.parquet(str(folder)), tuple(rejects))


def lines_read(path: str) -> Iterator[Batch]:
    """Yield the lines of a table, or of a folder of Parquet files by name of file."""
    for file in _parquet_files(path) or [path]:
        with read_table(file, needed=NEEDED_LINE_COLUMNS) as table:
            yield from read_batches(table)


def found_write(
    session: SparkSession,
    lines: Lines,
    *,
    screener: Screener,
    top: int,
    staging: Path,
) -> DataFrame:
    """Screen the lines and return what was found, written to the staging folder.

    Args:
        session: Where it is done.
        lines: What to screen.
        screener: Register, word usage and scorecard.
        top: Most hits for one line.
        staging: A folder that all executors see.
    """
    job = screener_write(staging, screener, top)
    for name in (job.register, job.context):
        session.sparkContext.addFile(str(staging / name))
    work = partial(screen_batches, job=job, find=spark_file)
    found = lines.frame.mapInArrow(work, SPARK_SCHEMA)
    folder = str(staging / FOUND)
    found.write.mode("overwrite").parquet(folder)
    return session.read.parquet(folder)


def hits_in_order(found: DataFrame) -> Iterator[str]:
    """Yield the JSON of every hit in the order of the lines, without holding them all."""
    hits = found.where("hit is not null").orderBy(FILE, NUMBER, "place").select("hit")
    for row in hits.toLocalIterator(prefetchPartitions=True):
        yield row.hit


def hits_parquet(found: DataFrame, path: str) -> int:
    """Write the hits as a folder of Parquet files, in parallel, in the order of the lines.

    Returns how many there are.
    """
    functions = import_module("pyspark.sql.functions")
    hits = found.where("hit is not null").orderBy(FILE, NUMBER, "place")
    parsed = hits.select(functions.from_json("hit", HIT_SCHEMA).alias("hit")).select("hit.*")
    parsed.write.mode("overwrite").parquet(path)
    count: int = parsed.count()  # PySpark is an extra: without it, mypy knows no type here
    return count


def rejects_in_order(lines: Lines, found: DataFrame) -> Iterator[Reject]:
    """Yield the rejects in the order of the rows."""
    yield from lines.rejects
    rejects = found.where("reject is not null").orderBy(FILE, NUMBER).select("reject")
    for row in rejects.toLocalIterator():
        yield reject_read(row.reject)


def _parquet_files(path: str) -> list[str]:
    """Return the Parquet files a path stands for: itself, or those in the folder, by name."""
    place = Path(path)
    if place.is_dir():
        return sorted(str(file) for file in place.glob("*.parquet"))
    return [path] if _is_parquet(place) else []


def _is_parquet(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PAR1"


def _native(session: SparkSession, files: Sequence[str]) -> DataFrame:
    """Return Parquet files as Spark reads them, each row with its file and number."""
    for file in files:
        read_table(file, needed=NEEDED_LINE_COLUMNS).close()
    functions = import_module("pyspark.sql.functions")
    frame = session.read.parquet(*files)
    return frame.select(
        functions.col("_metadata.file_path").alias(FILE),
        (functions.col("_metadata.row_index") + 1).alias(NUMBER),
        "*",
    )


def _numbered(rows: Iterable[Row | Reject], rejects: list[Reject]) -> Iterator[tuple[int, Line]]:
    """Yield lines with the numbers of their rows, and put what is rejected aside."""
    for row in rows:
        line = next(read_lines([row]))
        if isinstance(line, Reject):
            rejects.append(line)
        else:
            yield row.number, line


def _stage(lines: Iterator[tuple[int, Line]], folder: Path) -> None:
    """Write lines as Parquet files of a size that one task reads."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    names = (FILE, NUMBER, *LINE_COLUMNS)
    schema = pa.schema([(name, pa.int64() if name == NUMBER else pa.string()) for name in names])
    part = 0
    while (lot := list(islice(lines, STAGED_ROWS))) or not part:
        rows = [("", number, *_texts(line)) for number, line in lot]
        columns: list[Any] = list(zip(*rows, strict=True)) or [[] for _ in names]
        arrays = [pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)]
        import_module("pyarrow.parquet").write_table(
            pa.Table.from_arrays(arrays, schema=schema), folder / f"{part:06d}.parquet"
        )
        part += 1


def _texts(line: Line) -> tuple[str, ...]:
    return tuple(getattr(line, name) for name in LINE_COLUMNS)
