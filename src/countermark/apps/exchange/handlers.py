"""What the exchange knows of a message's effect: a callable handed in, never an import."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from countermark.apps.accounts.models import Administration
from countermark.domain.envelopes.canonical import Json


class Handler(Protocol):
    """Gives one type of message its effect. May write the database and nothing else.

    Runs in a savepoint of the transaction that stores the receipt. A ``Refusal`` becomes a signed
    refusal with its code; any other exception sets the message aside.
    """

    def __call__(
        self, *, administration: Administration, data: Mapping[str, Json], message_id: str
    ) -> object:
        """Apply the content of a message of the partner ``administration``."""
        ...


Handlers = Mapping[str, Handler]
