"""The line drawings of the interface, drawn on a field of 24 units."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

_PATHS = {
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "search": '<circle cx="11" cy="11" r="7"/><path d="m20 20-4-4"/>',
    "triage": '<path d="M3 5h18M6 12h12M10 19h4"/>',
    "case": '<path d="M3 8h18v12H3zM8 8V5h8v3"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>',
    "right": '<circle cx="12" cy="9" r="6"/><path d="M8.5 14 7 22l5-3 5 3-1.5-8"/>',
    "operation": '<circle cx="6" cy="6" r="3"/><circle cx="18" cy="18" r="3"/>'
    '<path d="M8.5 8.5 15.5 15.5"/>',
    "exchange": '<path d="M4 9h15l-4-4M20 15H5l4 4"/>',
    "figures": '<path d="M4 20V10M10 20V4M16 20v-7M21 20H3"/>',
    "rules": '<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2"/>'
    '<circle cx="9" cy="17" r="2"/>',
    "batch": '<path d="M12 3v11m0 0 4-4m-4 4-4-4M4 17v4h16v-4"/>',
    "audit": '<path d="M12 3 4 6v6c0 5 3.5 8 8 9 4.5-1 8-4 8-9V6zM8.5 12l2.5 2.5L15.5 10"/>',
    "holder": '<circle cx="12" cy="8" r="4"/><path d="M4 21c0-4.5 3.5-7 8-7s8 2.5 8 7"/>',
    "check": '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
    "stop": '<circle cx="12" cy="12" r="9"/><path d="M12 7v6M12 16.5v.5"/>',
}

_SEAL = (
    '<svg viewBox="0 0 32 32" aria-hidden="true">'
    '<circle cx="16" cy="16" r="14" fill="none" stroke="#7fe0bd" stroke-width="2.2"/>'
    '<circle cx="16" cy="16" r="9.5" fill="none" stroke="#7fe0bd" stroke-width="1.2"'
    ' stroke-dasharray="1.4 2.1"/>'
    '<path d="M10.8 16.4l3.6 3.6 7-8" fill="none" stroke="#fff" stroke-width="2.8"'
    ' stroke-linecap="round" stroke-linejoin="round"/></svg>'
)
NAMES = tuple(_PATHS)


def icon_svg(name: str) -> SafeString:
    """Return a drawing by name, hidden from screen readers: its text stands beside it."""
    return mark_safe(f'<svg viewBox="0 0 24 24" aria-hidden="true">{_PATHS[name]}</svg>')  # noqa: S308 - constants above


def seal_svg() -> SafeString:
    """Return the seal of Countermark for the dark bar."""
    return mark_safe(_SEAL)  # noqa: S308 - a constant above


def bar_svg(share: float, width: int, colour: str, *, from_right: bool = False) -> SafeString:
    """Return a bar filled to ``share``; it decorates a figure that is printed beside it.

    Args:
        share: Filled part, 0 to 1; values beyond are cut off.
        width: Drawing width in units.
        colour: Fill of the filled part.
        from_right: Grow leftwards from the right edge, for what speaks against.
    """
    filled = width * min(max(share, 0.0), 1.0)
    x = width - filled if from_right else 0
    return mark_safe(  # noqa: S308 - numbers and a colour of ours
        f'<svg viewBox="0 0 {width} 10" width="{width}" height="10" preserveAspectRatio="none"'
        f' aria-hidden="true"><rect width="{width}" height="10" rx="3" fill="#e2e7eb"/>'
        f'<rect x="{x:.1f}" width="{filled:.1f}" height="10" rx="3" fill="{colour}"/></svg>'
    )
