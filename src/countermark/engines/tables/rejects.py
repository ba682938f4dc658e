"""Reject files, and cells that are safe to open in a spreadsheet."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TextIO

from countermark.engines.tables.rows import Reject

_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


class RejectWriter:
    """Writes rejects as JSON lines: table, line, reason (code), message, params, raw.

    The file comes into being with the first reject; one left from an earlier run is removed, so
    that a reject file always speaks of the run beside it. Use as a context manager.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self.count = 0
        self._file: TextIO | None = None
        self.path.unlink(missing_ok=True)

    def write(self, reject: Reject, table: str = "") -> None:
        """Append one reject of the named table."""
        if self._file is None:
            # Broken text is shown as the escapes that JSON has for it.
            self._file = self.path.open("w", encoding="utf-8", errors="backslashreplace")
        record = {
            "table": table,
            "line": reject.number,
            "reason": reject.reason,
            "message": reject.message,
            "params": dict(reject.params),
            "raw": reject.raw,
        }
        self._file.write(json.dumps(record, ensure_ascii=False) + "\n")
        self.count += 1

    def close(self) -> None:
        """Close the file, if there is one."""
        if self._file is not None:
            self._file.close()

    def __enter__(self) -> RejectWriter:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()


def safe_cell(text: str) -> str:
    """Return ``text`` so that no spreadsheet takes it for a formula: ``=1+1`` becomes ``'=1+1``."""
    return f"'{text}" if text.startswith(_ACTIVE) else text
