"""Files that people send: what they are by their content, pictures drawn again, papers checked.

A picture is decoded and written anew, so that nothing but its pixels is kept: no second format
behind the first, no script, no place where it was taken. A paper must be a PDF from its first byte
to its last, without parts that act when it is opened.
"""

from __future__ import annotations

import io
import re
import warnings
import zlib
from dataclasses import dataclass
from typing import BinaryIO, Final

from PIL import Image, ImageOps, UnidentifiedImageError

from countermark.domain.errors import InvalidInput

MOST_BYTES: Final = 20 << 20
MOST_PIXELS: Final = 40_000_000
LONGEST_SIDE: Final = 4000
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP")
_PDF: Final = "application/pdf"
_HEAD, _TAIL = 1024, 2048
_ACTIVE: Final = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|AA|XFA)\b")
_STREAM: Final = re.compile(rb"\bstream\r?\n(.*?)endstream", re.DOTALL)
_OBJECTS_HEAD, _OBJECTS_MOST = 400, 16 << 20


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a file: its bytes, its type, and for a picture its size in pixels."""

    content: bytes
    media_type: str
    extension: str
    width: int | None = None
    height: int | None = None

    @property
    def is_image(self) -> bool:
        """Whether it is a picture."""
        return self.width is not None


def image_kept(stream: BinaryIO) -> Kept:
    """Return a picture drawn again: upright, at most 4,000 pixels a side, first frame only.

    Raises:
        InvalidInput: The file is no picture of a format we read, is broken, or has too many pixels.
    """
    try:
        with warnings.catch_warnings():
            # What Pillow finds odd in metadata does not matter: only pixels are drawn again.
            warnings.simplefilter("ignore", UserWarning)
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(stream, formats=_FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise InvalidInput("picture-too-large", field="file", limit=MOST_PIXELS)
                opened.load()
                return _drawn(ImageOps.exif_transpose(opened))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise InvalidInput("picture-too-large", field="file", limit=MOST_PIXELS) from None
    except UnidentifiedImageError:
        raise InvalidInput("picture-unknown", field="file") from None
    except (OSError, ValueError, SyntaxError, EOFError, ArithmeticError):
        # What Pillow's readers raise for a broken or dishonest file.
        raise InvalidInput("picture-broken", field="file") from None


def paper_kept(stream: BinaryIO) -> Kept:
    """Return a PDF as it came, or a scanned paper drawn again.

    Raises:
        InvalidInput: The file is neither, is cut short, or holds parts that act when opened.
    """
    content = stream.read(MOST_BYTES + 1)
    if not content.startswith(b"%PDF-"):
        if b"%PDF-" in content[:_HEAD]:
            raise InvalidInput("paper-not-plain", field="file")
        return image_kept(io.BytesIO(content))
    tail = content[-_TAIL:].rstrip(b"\r\n\t \0")
    if not tail.endswith(b"%%EOF"):
        raise InvalidInput("paper-not-plain", field="file")
    if b"/Encrypt" in content:
        raise InvalidInput("paper-encrypted", field="file")
    if _ACTIVE.search(_objects(content)):
        raise InvalidInput("paper-active", field="file")
    return Kept(content, _PDF, "pdf")


def _drawn(picture: Image.Image) -> Kept:
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    plain = "A" not in picture.getbands() and "transparency" not in picture.info
    drawn = picture.convert("RGB" if plain else "RGBA")
    canvas = Image.new(drawn.mode, drawn.size)
    canvas.paste(drawn)  # Carries pixels only; metadata stay behind.
    written = io.BytesIO()
    if plain:
        canvas.save(written, "JPEG", quality=90, optimize=True)
        return Kept(written.getvalue(), "image/jpeg", "jpg", *canvas.size)
    canvas.save(written, "PNG", optimize=False)
    return Kept(written.getvalue(), "image/png", "png", *canvas.size)


def _objects(content: bytes) -> bytes:
    """Return the objects of a PDF without its pages and pictures, names spelled plainly.

    Streams are left out, because two letters of a picture may look like a name, save those that
    hold objects: these are unpacked, up to a limit.
    """
    found, end, budget = [], 0, _OBJECTS_MOST
    for match in _STREAM.finditer(content):
        head = content[end : match.start()]
        found.append(head)
        end = match.end()
        if b"/ObjStm" in head[-_OBJECTS_HEAD:] and budget > 0:
            unpacked = _unpacked(match[1], budget)
            budget -= len(unpacked)
            found.append(unpacked)
    found.append(content[end:])
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), b"\n".join(found))


def _unpacked(packed: bytes, most_bytes: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, most_bytes)
    except zlib.error:
        return packed  # Not packed, or broken: it is searched as it stands.
