"""What goes into screening and what comes out: recorded marks, declaration lines, hits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Field = Literal["goods_description", "declared_brand"]
Excuse = Literal["authorised", "referential"]


@dataclass(frozen=True, slots=True)
class RecordedMark:
    """One recorded right as the screener sees it.

    Any of the three words may be empty. ``nice_classes`` are numbers 1-45; parties are names as
    written in the recordation.
    """

    right_id: str
    kind: str
    word: str
    word_zh_hans: str
    word_zh_hant: str
    nice_classes: tuple[int, ...]
    holder: str
    authorised_parties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One declaration line as written by the declarant; every value is text, none is trusted."""

    line_id: str
    goods_description: str
    declared_brand: str = ""
    hs_code: str = ""
    quantity: str = ""
    unit: str = ""
    origin: str = ""
    consignor: str = ""
    consignee: str = ""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one reason added to a score, signed; the contributions of a hit add up to its score."""

    name: str
    points: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A line that seems to use a recorded mark: a reason to look, never a finding.

    Attributes:
        score: Calibrated to [0, 1]: of hits scored 0.8, about 80 % use the mark on data like that
            of the model card. Whether the use is allowed is ``excused``, not the score.
        resemblance: Name of the layer's finding, such as ``exact`` or ``typo``.
        span: Start and end in the original text of ``field``; ``matched`` is that slice.
        excused: Why no alert is due: ``authorised`` party, or ``referential`` use ("for X").
    """

    line_id: str
    right_id: str
    score: float
    resemblance: str
    span: tuple[int, int]
    field: Field
    matched: str
    contributions: tuple[Contribution, ...]
    excused: Excuse | None
