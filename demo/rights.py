"""The file of recorded rights that each node's analyst imports."""

from __future__ import annotations

from pathlib import Path

from demo import world
from demo.files import csv_write

# Registrations and recordations were made before the records of 2013 and hold well past today.
VALID_FROM, VALID_UNTIL = "2006-03-01", "2036-02-29"
RECORDED_ON, EXPIRES_ON = "2012-05-02", "2032-05-01"
RIGHTS_FILE = "rights.csv"

_COLUMNS = (
    *("jurisdiction", "registration_number", "word", "word_zh_hans", "word_zh_hant"),
    *("nice_classes", "goods", "valid_from", "valid_until", "holder_name", "holder_name_zh_hans"),
    *("holder_name_zh_hant", "holder_country", "holder_email", "recordation_number"),
    *("recorded_on", "expires_on", "authorised_parties"),
)


def rights_write(folder: Path, side: world.Side) -> Path:
    """Write the invented marks as registered and recorded on one side; return the file."""
    path = folder / RIGHTS_FILE
    rows = [_row(number, mark, side) for number, mark in enumerate(world.marks(), 1)]
    csv_write(path, {column: column for column in _COLUMNS}, rows)
    return path


def _row(number: int, mark: world.Mark, side: world.Side) -> dict[str, object]:
    holder = world.holders()[mark.holder]
    return {
        "jurisdiction": side.law,
        "registration_number": f"DEMO-{side.law.upper()}-{number:04}",
        "word": mark.word,
        "word_zh_hans": mark.zh_hans,
        "word_zh_hant": mark.zh_hant,
        "nice_classes": ", ".join(map(str, mark.nice)),
        "goods": mark.goods,
        "valid_from": VALID_FROM,
        "valid_until": VALID_UNTIL,
        "holder_name": holder.name,
        "holder_name_zh_hans": holder.zh_hans,
        "holder_name_zh_hant": holder.zh_hant,
        "holder_country": holder.country,
        "holder_email": holder.email,
        "recordation_number": f"DEMO-R{number:04}",
        "recorded_on": RECORDED_ON,
        # Hong Kong's record sets no term; the mainland's is ten years and was renewed once.
        "expires_on": EXPIRES_ON if side.code == world.GUANGDONG else "",
        "authorised_parties": _authorised(mark, side),
    }


def _authorised(mark: world.Mark, side: world.Side) -> str:
    """Return the firms that may use a mark, named as this side's declarations name them."""
    firms = {firm.name: firm for firm in world.exporters()}
    return "; ".join(
        firms[row["name"]].zh if side.code == world.GUANGDONG else row["name"]
        for row in world.authorised()
        if row["mark"] == mark.word
    )
