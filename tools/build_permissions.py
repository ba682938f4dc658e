"""Writes ``docs/reference/permissions.md`` from ``apps/accounts/permissions.py``."""

from __future__ import annotations

from pathlib import Path

from countermark.apps.accounts.permissions import ACTS, PERMISSIONS, SEE_ALL_OFFICES, Role

ROOT = Path(__file__).resolve().parents[1]
HEAD = """# Permissions

Made from `apps/accounts/permissions.py` by `make generated`. Roles without *all
offices* see what belongs to their own office.

"""


def main() -> None:
    """Write the page."""
    rows = ["| act | " + " | ".join(Role) + " |", "|---" * (len(Role) + 1) + "|"]
    reach = ("yes" if role in SEE_ALL_OFFICES else "" for role in Role)
    rows.append("| *all offices* | " + " | ".join(reach) + " |")
    for act in sorted(ACTS):
        allowed = ("yes" if act in PERMISSIONS[role] else "" for role in Role)
        rows.append(f"| `{act}` | " + " | ".join(allowed) + " |")
    page = ROOT / "docs" / "reference" / "permissions.md"
    page.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
