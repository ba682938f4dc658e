"""The screener: which recorded marks a declaration line may use, and why.

``Screener(marks, context).screen(line)`` returns explained hits. The way there, module by module:

* ``forms``: how a mark is written; ``windows``: pieces of a line;
* ``layers`` and ``index``: which marks a piece resembles;
* ``cues``, ``goods``, ``parties``, ``background``: what speaks for it and against it;
* ``features``, ``model``, ``weights``: the score and its contributions;
* ``screener``: all of it in order.
"""

from countermark.domain.matching.background import Background
from countermark.domain.matching.model import Model
from countermark.domain.matching.screener import RULES_VERSION, Context, Screener, register_version
from countermark.domain.matching.types import Contribution, Hit, Line, RecordedMark

__all__ = [
    "RULES_VERSION",
    "Background",
    "Context",
    "Contribution",
    "Hit",
    "Line",
    "Model",
    "RecordedMark",
    "Screener",
    "register_version",
]
