"""The screener: which recorded marks a declaration line may use, and why.

``Screener(marks, context).screen(line)`` returns explained hits. The way there, module by module:

* ``core``: all that is done for every line, compiled; see there;
* ``goods``: which goods go with which classes;
* ``model``, ``weights``: what each reason is worth;
* ``screener``: the way in; ``evidence``: the least that a hit depends on.
"""

from countermark.domain.matching.core.background import Background
from countermark.domain.matching.core.register import register_version
from countermark.domain.matching.model import Model
from countermark.domain.matching.screener import RULES_VERSION, Context, Screener
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
