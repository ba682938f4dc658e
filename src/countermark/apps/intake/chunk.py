"""One chunk of rows settled: which are new lines, which are there already, which are refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from countermark.apps.intake.convert import declaration_content
from countermark.apps.intake.inputs import HeaderInput, LineInput
from countermark.apps.intake.models import Declaration, DeclarationLine, RejectedRow
from countermark.apps.intake.reading import RowReader
from countermark.apps.register.uploads import printable
from countermark.domain.errors import InvalidInput
from countermark.engines.tables import Reject, Row


@dataclass(slots=True)
class Settled:
    """What becomes of a chunk: every row is one of ``lines``, ``duplicates`` or ``rejects``.

    ``known`` are the declarations of the chunk that are in the database, by number.
    """

    known: dict[str, Declaration] = field(default_factory=dict)
    new_headers: list[HeaderInput] = field(default_factory=list)
    lines: list[LineInput] = field(default_factory=list)
    duplicates: int = 0
    rejects: list[RejectedRow] = field(default_factory=list)


def settle(rows: Sequence[Row | Reject], reader: RowReader, *, first_row: int) -> Settled:
    """Return what becomes of each row; nothing is written.

    Args:
        rows: Rows and rejects in the order of the file.
        reader: Reads the cells of a row.
        first_row: Number of the first of the rows in the file, counted from 1.
    """
    settled = Settled()
    read = [_read(row, reader, number, settled) for number, row in enumerate(rows, first_row)]
    given = [(number, row, line) for number, row, line in filter(None, read)]
    numbers = {line.header.number for _, _, line in given}
    settled.known = _declarations(numbers)
    contents = {number: declaration_content(row) for number, row in settled.known.items()}
    hashes = _hashes(numbers)
    for number, row, line in given:
        try:
            _place(line, settled, contents, hashes)
        except InvalidInput as refusal:
            settled.rejects.append(_refused(number, row, refusal))
    settled.rejects.sort(key=lambda reject: reject.row)
    return settled


def _read(
    row: Row | Reject, reader: RowReader, number: int, settled: Settled
) -> tuple[int, Row, LineInput] | None:
    if isinstance(row, Reject):
        settled.rejects.append(_unreadable(number, row))
        return None
    try:
        return number, row, reader.read(row.values)
    except InvalidInput as refusal:
        settled.rejects.append(_refused(number, row, refusal))
        return None


def _declarations(numbers: set[str]) -> dict[str, Declaration]:
    known = Declaration.objects.select_related("office", "consignor", "consignee", "declarant")
    return known.in_bulk(numbers, field_name="number")


def _hashes(numbers: set[str]) -> dict[tuple[str, int], str]:
    lines = DeclarationLine.objects.filter(declaration__number__in=numbers)
    return {
        (number, line_no): sha256
        for number, line_no, sha256 in lines.values_list(
            "declaration__number", "line_no", "content_sha256"
        )
    }


def _place(
    line: LineInput,
    settled: Settled,
    contents: dict[str, dict[str, str]],
    hashes: dict[tuple[str, int], str],
) -> None:
    """Count a line as new or as a duplicate.

    Raises:
        InvalidInput: The declaration, or the line of that number, is there with other content.
    """
    sha256 = line.sha256
    if hashes.get(line.place) == sha256:
        settled.duplicates += 1
        return
    number, content = line.header.number, line.header.content
    known = contents.get(number, content)
    if differing := [name for name in content if content[name] != known[name]]:
        raise InvalidInput("declaration-differs", field=differing[0])
    if line.place in hashes:
        raise InvalidInput("line-differs", field="line_no")
    if number not in contents:
        contents[number] = content
        settled.new_headers.append(line.header)
    hashes[line.place] = sha256
    settled.lines.append(line)


def _refused(number: int, row: Row, refusal: InvalidInput) -> RejectedRow:
    return RejectedRow(
        row=number,
        line=row.number,
        field=str(refusal.params.get("field", "")),
        reason=refusal.code,
        cells=row.values,
    )


def _unreadable(number: int, row: Reject) -> RejectedRow:
    return RejectedRow(
        row=number,
        line=row.number,
        field=str(row.params.get("field", ""))[:40],
        reason=row.reason,
        raw=printable(row.raw),
    )
