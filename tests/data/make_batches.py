"""Writes the small declaration files beside it: ``python -m tests.data.make_batches``.

One table in each format that can be received. The goods and parties are invented. Row 3 repeats
row 2; row 4 has no goods. The seedless rows make the same files on every machine, but for what
the libraries write about themselves.
"""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

FOLDER = Path(__file__).parent
TITLES = (
    *("报关单号", "申报日期", "进出口标志", "监管渠道", "运输方式", "出入境口岸", "运抵地"),
    *("发货人", "收货人", "商品序号", "商品名称及规格型号", "品牌", "商品编号", "数量", "单位"),
    *("原产地", "总价", "币制"),
)
HEADER = (
    *("GD131022-0001", "2013-10-22", "出口", "快件", "公路运输", "皇岗", "HK"),
    *("东莞市鹈鹕贸易有限公司", "Harbour Light Ltd"),
)
ROWS = (
    (*HEADER, "1", "女式手提包", "薇伦卓", "42022200", "120", "个", "CN", "8640.00", "人民币"),
    (*HEADER, "2", "运动鞋", "无品牌", "64041100", "60", "双", "CN", "5400.00", "人民币"),
    (*HEADER, "2", "运动鞋", "无品牌", "64041100", "60", "双", "CN", "5400.00", "人民币"),
    (*HEADER, "3", "", "", "42022200", "10", "个", "CN", "100.00", "人民币"),
)


def main() -> None:
    """Write every file."""
    write_csv(FOLDER / "declarations-gb18030.csv", "gb18030")
    write_csv(FOLDER / "declarations-utf8.csv", "utf-8-sig")
    write_jsonl(FOLDER / "declarations.jsonl")
    write_xlsx(FOLDER / "declarations.xlsx")
    columns = {title: [row[at] for row in ROWS] for at, title in enumerate(TITLES)}
    pq.write_table(pa.table(columns), FOLDER / "declarations.parquet")


def write_csv(path: Path, encoding: str) -> None:
    """Write the rows as CSV, as spreadsheets on the mainland save it or with a byte order mark."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([TITLES, *ROWS])


def write_jsonl(path: Path) -> None:
    """Write the rows as JSON lines, numbers as numbers."""
    lines = []
    for row in ROWS:
        said = dict(zip(TITLES, row, strict=True))
        lines.append(json.dumps(said | {"商品序号": int(said["商品序号"])}, ensure_ascii=False))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_xlsx(path: Path) -> None:
    """Write the rows as a workbook with real dates and numbers, as a spreadsheet has them."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("declarations")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, TITLES)
        for number, row in enumerate(ROWS, 1):
            for at, (title, text) in enumerate(zip(TITLES, row, strict=True)):
                if title == "申报日期":
                    sheet.write_datetime(number, at, date.fromisoformat(text), day)
                elif title in {"商品序号", "数量", "总价"}:
                    sheet.write_number(number, at, float(text))
                else:
                    sheet.write_string(number, at, text)


if __name__ == "__main__":
    main()
