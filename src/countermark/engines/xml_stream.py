"""Reading XML that nobody vouches for: element by element, within limits, without the network.

The parser is the expat that Python carries and patches: a wrapper would add a dependency and
refuse nothing that a handful of handlers does not. A document type declaration is refused where it
begins, and with it every entity, bomb and external reference; what is left to an attacker is
size, and every size has a limit: tags, texts, depth, attributes, names and records. Memory
therefore never exceeds a record and a few pieces, however long the file is.
"""

from __future__ import annotations

import codecs
import re
from collections import deque
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final
from xml.parsers import expat

from countermark.domain.errors import InvalidInput

PIECE: Final = 1 << 16
LONGEST_DECLARATION: Final = 200
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0?\0", "utf-16-le"),
    (b"\0<\0?", "utf-16-be"),
)
_DECLARED: Final = re.compile(rb"<\?xml[^>]*?\sencoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_ENCODINGS: Final = frozenset(
    {"utf-8", "ascii", "iso8859-1", "cp1252", "gb18030", "gbk", "gb2312", "big5", "big5hkscs"}
)


@dataclass(frozen=True, slots=True)
class XmlLimits:
    """How large anything in a file may be.

    Attributes:
        depth: Elements within one another.
        attributes: Attributes of one element.
        text: Characters between the tags of one element.
        token: Bytes of one tag, comment or instruction, to the piece.
        names: Different names of elements and attributes; the parser keeps each to the end.
        elements: Elements of one record.
        record: Characters of text in one record.
    """

    depth: int = 64
    attributes: int = 64
    text: int = 200_000
    token: int = 1 << 19
    names: int = 5_000
    elements: int = 20_000
    record: int = 2_000_000


@dataclass(slots=True)
class Element:
    """An element of a record: its local name, namespace, line in the file and content."""

    name: str
    namespace: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text directly in the element, without blanks around it."""
        return "".join(self.pieces).strip()

    def all(self, path: str) -> Iterator[Element]:
        """Yield the elements at a path of local names, such as ``Name/EntityName``, in order."""
        name, _, rest = path.partition("/")
        for child in self.children:
            if child.name == name:
                if rest:
                    yield from child.all(rest)
                else:
                    yield child

    def texts(self, path: str) -> list[str]:
        """Return the texts at a path that are not empty, in order."""
        return [each.text for each in self.all(path) if each.text]

    def say(self, *paths: str) -> str:
        """Return the first text that is not empty at the first path that has one, or nothing."""
        return next((text for path in paths for text in self.texts(path)), "")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to take from a file, by local names.

    Attributes:
        records: Elements to take with their content; those within one another are content.
        ends: Elements around records; each is taken, empty, where it ends.
    """

    records: Container[str]
    ends: Container[str] = ()


class XmlStream:
    """The records of an XML file, one at a time.

    Args:
        stream: Read piece by piece, never as a whole, and not closed.
        choose: Told the root element, without its content, says which records are wanted.
        limits: How large anything may be.

    Raises:
        InvalidInput: The beginning of the file is not XML, or is refused.
    """

    def __init__(
        self, stream: BinaryIO, choose: Callable[[Element], Wanted], limits: XmlLimits | None = None
    ) -> None:
        self._taker = _Taker(choose, limits or XmlLimits())
        self._pieces = _decoded(stream)
        self._fed = 0
        while self._taker.wanted is None:
            self._feed()
            if self._fed > self._taker.limits.token and self._taker.wanted is None:
                raise self._taker.refusal("xml-token-too-long", limit=self._taker.limits.token)

    def records(self) -> Iterator[Element]:
        """Yield every wanted element with its content, and the ends that were asked for, in order.

        Raises:
            InvalidInput: The file turns out to be refused; it names line and element.
        """
        going = True
        while going:
            yield from self._taker.taken()
            going = self._feed()
        yield from self._taker.taken()

    def _feed(self) -> bool:
        """Parse one piece more and return whether there may be another."""
        taker = self._taker
        try:
            piece = next(self._pieces, b"")
            self._fed += len(piece)
            taker.parser.Parse(piece, not piece)
        except UnicodeDecodeError as error:
            raise taker.refusal("xml-encoding", encoding=error.encoding) from error
        except expat.ExpatError as error:
            detail = expat.ErrorString(error.code) or "not XML"
            raise taker.refusal("xml-not-well-formed", line=error.lineno, detail=detail) from error
        # Expat keeps a tag or comment until it ends: one without an end must not fill memory.
        if self._fed - taker.parser.CurrentByteIndex > taker.limits.token:
            raise taker.refusal("xml-token-too-long", limit=taker.limits.token)
        return bool(piece)


class _Taker:
    """Listens to expat: checks every limit and builds the records that are wanted."""

    def __init__(self, choose: Callable[[Element], Wanted], limits: XmlLimits) -> None:
        self.limits = limits
        self.wanted: Wanted | None = None
        self._choose = choose
        self._open: list[str] = []
        self._lengths: list[int] = []
        self._names: set[str] = set()
        self._record: list[Element] = []
        self._elements = self._characters = 0
        self._done: deque[Element] = deque()
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def taken(self) -> Iterator[Element]:
        """Yield what is complete, once."""
        while self._done:
            yield self._done.popleft()

    def refusal(self, code: str, **params: object) -> InvalidInput:
        """Return a refusal that names the line and the element that is open."""
        element = self._open[-1] if self._open else ""
        where = {"line": self.parser.CurrentLineNumber, "element": element}
        return InvalidInput(code, field="file", **where | params)

    def _doctype(self, *_declared: object) -> None:
        raise self.refusal("xml-dtd")

    def _start(self, full: str, attributes: dict[str, str]) -> None:
        namespace, _, name = full.rpartition(" ")
        self._open.append(name)
        self._lengths.append(0)
        self._check_tag(full, attributes)
        if self.wanted is None:
            self.wanted = self._choose(Element(name, namespace, self.parser.CurrentLineNumber))
        if not self._record and name not in self.wanted.records:
            return
        line = self.parser.CurrentLineNumber
        element = Element(name, namespace, line, _local(attributes))
        if self._record:
            self._record[-1].children.append(element)
        else:
            self._elements = self._characters = 0
        self._record.append(element)
        self._elements += 1
        if self._elements > self.limits.elements:
            raise self.refusal("xml-record-too-large", limit=self.limits.elements)

    def _check_tag(self, full: str, attributes: dict[str, str]) -> None:
        if len(self._open) > self.limits.depth:
            raise self.refusal("xml-too-deep", limit=self.limits.depth)
        if len(attributes) > self.limits.attributes:
            raise self.refusal("xml-too-many-attributes", limit=self.limits.attributes)
        self._names.add(full)
        self._names.update(attributes)
        if len(self._names) > self.limits.names:
            raise self.refusal("xml-too-many-names", limit=self.limits.names)

    def _text(self, text: str) -> None:
        self._lengths[-1] += len(text)
        if self._lengths[-1] > self.limits.text:
            raise self.refusal("xml-text-too-long", limit=self.limits.text)
        if self._record:
            self._characters += len(text)
            if self._characters > self.limits.record:
                raise self.refusal("xml-record-too-large", limit=self.limits.record)
            self._record[-1].pieces.append(text)

    def _end(self, full: str) -> None:
        name = self._open.pop()
        self._lengths.pop()
        if self._record:
            ended = self._record.pop()
            if not self._record:
                self._done.append(ended)
        elif self.wanted and name in self.wanted.ends:
            namespace = full.rpartition(" ")[0]
            self._done.append(Element(name, namespace, self.parser.CurrentLineNumber))


def _local(attributes: dict[str, str]) -> dict[str, str]:
    if not attributes:
        return attributes
    return {name.rpartition(" ")[2]: value for name, value in attributes.items()}


def _decoded(stream: BinaryIO) -> Iterator[bytes]:
    """Yield a file piece by piece in UTF-8, whatever encoding it declares.

    Raises:
        InvalidInput: The encoding is not one of those that are read.
        UnicodeDecodeError: The bytes are not of that encoding.
    """
    piece = stream.read(PIECE)
    decoder = codecs.getincrementaldecoder(_encoding(piece))()
    first = True
    while piece:
        if text := decoder.decode(piece):
            yield (text.removeprefix("\ufeff") if first else text).encode()
            first = False
        piece = stream.read(PIECE)
    decoder.decode(b"", final=True)


def _encoding(head: bytes) -> str:
    """Return the codec of a file: that of its byte order mark, else the one it declares."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    declared = _DECLARED.match(head[:LONGEST_DECLARATION])
    said = declared[1].decode() if declared else "utf-8"
    try:
        known = codecs.lookup(said).name
    except LookupError:
        known = ""
    if known not in _ENCODINGS:
        raise InvalidInput("xml-encoding", field="file", line=1, element="", encoding=said)
    return known
