"""Writes the invented files that officers import: recorded rights and declaration batches."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter

from demo import world
from demo.declarations import Line

# Column titles as each side writes them; the program guesses the fields from them.
CHINESE = {
    "number": "报关单号",
    "office": "申报海关",
    "declared_on": "申报日期",
    "direction": "进出口标志",
    "channel": "监管渠道",
    "transport_mode": "运输方式",
    "control_point": "出入境口岸",
    "departure": "启运地",
    "destination": "运抵地",
    "consignor": "发货人",
    "consignee": "收货人",
    "line_no": "商品序号",
    "goods_description": "商品名称及规格型号",
    "declared_brand": "品牌",
    "hs_code": "商品编号",
    "quantity": "数量",
    "unit": "单位",
    "origin": "原产地",
    "value": "总价",
    "currency": "币制",
}
ENGLISH = {
    "number": "Declaration no.",
    "office": "Office",
    "declared_on": "Declaration date",
    "direction": "Direction",
    "channel": "Channel",
    "transport_mode": "Transport mode",
    "control_point": "Control point",
    "departure": "Departure",
    "destination": "Destination",
    "consignor": "Consignor",
    "consignee": "Consignee",
    "line_no": "Line no.",
    "goods_description": "Goods description",
    "declared_brand": "Brand",
    "hs_code": "HS code",
    "quantity": "Quantity",
    "unit": "Unit",
    "origin": "Origin",
    "value": "Value",
    "currency": "Currency",
}
# Codes as the mainland's declarations write them.
_IN_CHINESE = {
    "direction": {"export": "出口", "import": "进口"},
    "channel": {"freight": "货运", "express": "快件"},
    "transport_mode": {"road": "公路运输", "river": "内河运输", "air": "航空运输"},
}
# A fixed day of making, so that the same rows give the same file.
_MADE = datetime(2013, 10, 1, tzinfo=UTC).replace(tzinfo=None)


def batch_write(folder: Path, code: str, name: str, lines: Sequence[Line]) -> Path:
    """Write a batch as each side does, Guangdong CSV in Chinese, Hong Kong XLSX in English."""
    rows = [asdict(line) | {"declared_on": f"{line.declared_on:%Y-%m-%d}"} for line in lines]
    if code == world.GUANGDONG:
        path = folder / f"{name}.csv"
        csv_write(path, CHINESE, map(_in_chinese, rows))
        return path
    path = folder / f"{name}.xlsx"
    xlsx_write(path, ENGLISH, rows)
    return path


def _in_chinese(row: dict[str, object]) -> dict[str, object]:
    words = {field: spelt.get(str(row[field]), row[field]) for field, spelt in _IN_CHINESE.items()}
    return row | words


def csv_write(path: Path, titles: dict[str, str], rows: Iterable[dict[str, object]]) -> None:
    """Write rows under their column titles, with the mark at the start that Excel asks for."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(titles.values())
        writer.writerows([row[field] for field in titles] for row in rows)


def xlsx_write(path: Path, titles: dict[str, str], rows: Iterable[dict[str, object]]) -> None:
    """Write rows as one sheet of text cells under their column titles."""
    with xlsxwriter.Workbook(path, {"strings_to_numbers": False}) as book:
        book.set_properties({"created": _MADE})
        sheet = book.add_worksheet("declarations")
        sheet.write_row(0, 0, list(titles.values()))
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, [str(row[field]) for field in titles])
