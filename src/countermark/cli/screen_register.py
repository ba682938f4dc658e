"""The register of ``countermark screen``: indexed anew, or opened from an index kept in a file."""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from hashlib import file_digest
from pathlib import Path

from countermark.cli.screen_files import Rejects, Unusable, guarded, open_table, unusable
from countermark.cli.screen_progress import ScreenProgress
from countermark.domain.errors import InvalidInput
from countermark.domain.matching import Screener
from countermark.engines.index_file import is_index, read_meta
from countermark.engines.marks import NEEDED_REGISTER_COLUMNS, read_marks
from countermark.engines.screeners import open_screener, save_screener
from countermark.engines.tables import Table
from countermark.engines.warming import is_compiled, warm

COMPILING = "compiling the screener, once for this version"


class RegisterFile:
    """The register that the options name, checked at once and read when it is asked for.

    With ``--index``, the index in that file is opened if it is of exactly this register and was
    made by the rules of this program; else the register is indexed and the index is kept there.

    Raises:
        Unusable: A file is of no use, or the options do not go together.
    """

    def __init__(self, args: argparse.Namespace, stack: ExitStack) -> None:
        self._path: str | None = args.register
        self._index: Path | None = args.index
        self._source = _source(args)
        self._table: Table | None = None
        if self._path and not self._kept():
            self._table = open_table(self._path, NEEDED_REGISTER_COLUMNS, stack)

    def screener(self, rejects: Rejects, progress: ScreenProgress) -> Screener:
        """Return the screener of the register; bad rows go to the rejects if rows are read."""
        if self._table is None:
            return self._opened(progress)
        with progress.stage("reading the register"):
            rows = guarded(str(self._path), read_marks(self._table))
            marks = list(rejects.kept("register", rows))
        _load(progress)
        with progress.stage(f"indexing {len(marks):,} marks"):
            screener = Screener(marks)
            if self._index:
                save_screener(screener, self._index, source=self._source)
        return screener

    def _opened(self, progress: ScreenProgress) -> Screener:
        _load(progress)
        path = Path(str(self._index))
        with progress.stage("opening the index"):
            try:
                return open_screener(path)
            except InvalidInput as refusal:
                raise unusable(str(path), refusal) from refusal

    def _kept(self) -> bool:
        """Tell whether the index file is of this register and of these rules."""
        if self._index is None or not self._index.exists():
            return False
        if not is_index(self._index):
            raise Unusable(f"{self._index} is no index of Countermark and is left as it is")
        try:
            return read_meta(self._index).get("source") == self._source
        except InvalidInput:
            return False


def _load(progress: ScreenProgress) -> None:
    with progress.stage("loading the screener" if is_compiled() else COMPILING):
        warm()


def _source(args: argparse.Namespace) -> str:
    """Return a digest of the file of the register, by which its index is known."""
    if args.register is None and args.index is None:
        raise Unusable("either --register or --index is needed")
    if args.register is None or args.index is None:
        return ""
    if args.register == "-":
        raise Unusable("an index is kept of a register in a file; “-” is none")
    with Path(args.register).open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
