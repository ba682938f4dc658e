"""Makes every generated file anew: ``make generated``; CI then compares with what is committed."""

from __future__ import annotations

from tools import (
    build_calendars,
    build_fold_table,
    build_glossary,
    build_law_reference,
    build_permissions,
    build_statistics,
)

if __name__ == "__main__":
    for module in (
        build_fold_table,
        build_calendars,
        build_law_reference,
        build_glossary,
        build_permissions,
        build_statistics,
    ):
        module.main()
