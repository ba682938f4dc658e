"""Charts drawn on the server: pure functions from numbers to SVG markup.

No script, no inline style (the content security policy forbids both): colours and faces are classes
of the one stylesheet. A chart names itself in ``<title>`` and says its numbers in ``<desc>``; a bar
beside its number is decoration and hidden from screen readers. Every chart has a table twin.
"""

from countermark.web.svg.bars import share_bar
from countermark.web.svg.columns import Column, Series, stacked_columns
from countermark.web.svg.scale import ticks
from countermark.web.svg.star import Spoke, star

__all__ = ["Column", "Series", "Spoke", "share_bar", "stacked_columns", "star", "ticks"]
