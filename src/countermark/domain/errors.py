"""The refusals of Countermark.

    Refusal                     the law, the state of things or the input says no
    ├── NotPermitted            the officer's role does not allow the act
    ├── NotFound                there is no such object, or the officer may not see it
    ├── InvalidInput            a field is missing or malformed; names the field
    ├── ActNotOpen              the procedure knows no such act from the present state
    ├── TermNotInForce          the term was not law on that day
    ├── Conflict                somebody else changed the object first
    ├── RateMissing             no exchange rate is published near enough to the date
    └── EnvelopeRefused         a message from another node fails a check; names the check

A refusal is shown to the officer in his language by the interface; anything else is a bug and is
never caught. ``code`` is stable and is what interfaces translate; ``params`` fill its sentence.
"""

from __future__ import annotations


class Refusal(Exception):
    """The law, the state of things or the input says no.

    Args:
        code: Stable kebab-case code, such as ``case-closed``.
        params: Values that fill the sentence shown to the officer.
    """

    def __init__(self, code: str, /, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value}" for name, value in self.params.items())
        return f"{self.code} ({details})" if details else self.code


class NotPermitted(Refusal):
    """The officer's role does not allow the act."""


class NotFound(Refusal):
    """There is no such object, or the officer may not see it; the two are not told apart."""


class InvalidInput(Refusal):
    """A field is missing or malformed; ``params["field"]`` names it."""


class ActNotOpen(Refusal):
    """The procedure knows no such act from the present state."""


class TermNotInForce(Refusal):
    """The term was not law on that day."""


class Conflict(Refusal):
    """Somebody else changed the object first."""


class RateMissing(Refusal):
    """No exchange rate is published near enough to the date."""


class EnvelopeRefused(Refusal):
    """A message from another node fails a check; the code names the check."""
