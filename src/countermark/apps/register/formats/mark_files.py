"""A file of trade marks in ST.66 or ST.96 as a source of rows, like any table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import BinaryIO, Final

from countermark.apps.register.formats import st66, st96
from countermark.apps.register.formats.marks import COLUMNS, Mark, Party, row_of_mark
from countermark.domain.errors import InvalidInput
from countermark.engines.tables import Reject, Row
from countermark.engines.tables.rows import checked
from countermark.engines.xml_stream import Element, Wanted, XmlStream

FORMAT: Final = "xml"
MOST_WAITING: Final = 50_000
"""Marks and holders of one transaction that are kept until it ends, because they stand apart."""
_STARTS: Final = (b"<", b"\xff\xfe<\0", b"\xfe\xff\0<", b"<\0", b"\0<")


def looks_like_xml(head: bytes) -> bool:
    """Tell from the first bytes of a file whether it is XML, whatever it is called."""
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_STARTS)


class MarkFile:
    """A file of trade marks: ``columns`` at once, rows as they are asked for.

    A row's number is the line where its record begins.

    Raises:
        InvalidInput: The file is not XML, is refused, or is of another standard.
    """

    columns: tuple[str, ...] = COLUMNS

    def __init__(self, stream: BinaryIO) -> None:
        self._take: Callable[[Element], Iterator[Mark]] = self._take_st96
        self._applicants: list[tuple[str, Party]] = []
        self._waiting: list[Mark] = []
        self._stream = XmlStream(stream, self._choose)

    def _choose(self, root: Element) -> Wanted:
        if root.namespace.startswith(st66.NAMESPACE):
            self._take = self._take_st66
            return st66.WANTED
        if root.namespace in {st96.NAMESPACE, st96.COMMON}:
            return st96.WANTED
        name = f"{{{root.namespace}}}{root.name}"[:120]
        raise InvalidInput("xml-kind-unknown", field="file", line=root.line, element=name)

    def rows(self) -> Iterator[Row | Reject]:
        """Yield the marks in order.

        Raises:
            InvalidInput: The file turns out not to be XML, or is refused.
        """
        found = False
        for element in self._stream.records():
            for mark in self._take(element):
                found = True
                yield _row(mark)
        for mark in self._settled():
            found = True
            yield _row(mark)
        if not found:
            raise InvalidInput("xml-without-marks", field="file", line=1, element="")

    def _take_st96(self, element: Element) -> Iterator[Mark]:
        yield st96.mark_of(element)

    def _take_st66(self, element: Element) -> Iterator[Mark]:
        """Yield a mark once its holder is known: at once, or at the end of its transaction."""
        if element.name == "TradeMark":
            mark = st66.mark_of(element)
            if mark.holder and mark.holder.name:
                yield mark
            else:
                self._waiting.append(mark)
        elif element.name == "TransactionData":
            yield from self._settled()
        else:
            self._applicants.append((st66.identifier_of(element), st66.holder_of(element)))
        if len(self._waiting) + len(self._applicants) > MOST_WAITING:
            raise InvalidInput("too-many-rows", field="file", limit=MOST_WAITING)

    def _settled(self) -> Iterator[Mark]:
        """Yield the marks that waited for a holder; where keys do not tell, the first is it."""
        by_key = {key: party for key, party in reversed(self._applicants) if key}
        alone = len(self._waiting) == 1 or len(self._applicants) == 1
        first = self._applicants[0][1] if self._applicants and alone else None
        for mark in self._waiting:
            yield replace(mark, holder=by_key.get(mark.holder_key, first))
        self._waiting, self._applicants = [], []


def _row(mark: Mark) -> Row | Reject:
    row = Row(mark.line, row_of_mark(mark))
    return checked(row, " ".join(filter(None, row.values.values())))
