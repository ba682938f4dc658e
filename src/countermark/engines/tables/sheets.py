"""XLSX: the first sheet of a workbook, row by row. Formulas are read as their text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

import openpyxl

from countermark.domain.errors import InvalidInput
from countermark.engines.tables.rows import LONGEST_RAW, Reject, Row, as_text, row_of

MOST_UNPACKED_BYTES = 2 << 30
"""Largest workbook after unpacking; a larger one is a trap or belongs into Parquet."""

_DAMAGE = (BadZipFile, KeyError, ValueError, ParseError, EOFError, OSError)


class Sheet:
    """The first sheet of a workbook; ``columns`` is its first row that is not empty."""

    def __init__(self, stream: BinaryIO) -> None:
        try:
            with ZipFile(stream) as archive:
                size = sum(member.file_size for member in archive.infolist())
            if size > MOST_UNPACKED_BYTES:
                raise InvalidInput("file-too-large", limit=MOST_UNPACKED_BYTES, found=size)
            stream.seek(0)
            # Not data_only: a formula is shown as it was written, never as what it came to.
            book = openpyxl.load_workbook(stream, read_only=True, data_only=False)
            sheet = book[book.sheetnames[0]]
            sheet.reset_dimensions()  # files lie about their size
            self._cells = enumerate(sheet.iter_rows(values_only=True), 1)
            self.columns = self._header()
        except _DAMAGE as error:
            raise InvalidInput("unreadable-file", format="xlsx", detail=str(error)) from error

    def _header(self) -> tuple[str, ...]:
        for _, cells in self._cells:
            names = [(as_text(cell) or "").strip() for cell in cells]
            while names and not names[-1]:
                names.pop()
            if names:
                return tuple(names)
        return ()

    def rows(self) -> Iterator[Row | Reject]:
        """Yield the rows and rejects below the header; empty rows are neither.

        Raises:
            InvalidInput: The sheet turns out to be damaged further down.
        """
        try:
            for number, cells in self._cells:
                texts = [as_text(cell) or "" for cell in cells]
                if any(texts):
                    texts += [""] * (len(self.columns) - len(texts))
                    yield row_of(number, self.columns, texts, "\t".join(texts)[:LONGEST_RAW])
        except _DAMAGE as error:
            raise InvalidInput("unreadable-file", format="xlsx", detail=str(error)) from error
