"""From a hit to a file that proves it to somebody who has neither our database nor our network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from countermark.apps.accounts.selectors import officer_require
from countermark.apps.audit.services import audit_record
from countermark.apps.exchange.anchors import own_anchor
from countermark.apps.exchange.convert import instant_text
from countermark.apps.exchange.selectors import own_key_current, own_statement
from countermark.apps.screening.evidence import found_from_row, kept_of
from countermark.domain.capsules.content import Capsule, Reference
from countermark.domain.capsules.rerun import Outcome, rerun
from countermark.domain.capsules.seal import capsule_seal
from countermark.domain.envelopes.canonical import sha256_hex
from countermark.domain.envelopes.keys import KeyUse
from countermark.domain.errors import Conflict
from countermark.domain.matching.weights import MODEL

if TYPE_CHECKING:
    from countermark.apps.accounts.models import Officer
    from countermark.apps.screening.models import Hit


@dataclass(frozen=True, slots=True)
class CapsuleFile:
    """A capsule as it is handed out."""

    name: str
    content: bytes


@transaction.atomic
def capsule_export(*, hit: Hit, by: Officer) -> CapsuleFile:
    """Return a hit as a signed file, and record that it was handed out.

    The file is tried before it is given: a hit that this program cannot make again by the rules
    it was found by is not exported.

    Args:
        hit: Obtained from a selector scoped to the officer.
        by: The officer who takes the file.

    Raises:
        NotPermitted: ``by`` may not read hits.
        NotFound: ``hit-evidence-missing``: the hit was found by a version that kept no evidence;
            ``node-keys-missing``.
        Conflict: ``capsule-not-reproducible``.
        EnvelopeRefused: ``capsule-too-large``: line and marks do not fit in 64 KiB.
    """
    officer_require(by, "hits.read")
    capsule = _capsule(hit)
    if rerun(capsule, MODEL).outcome is Outcome.NOT_REPRODUCED:
        raise Conflict("capsule-not-reproducible", number=hit.number)
    content = capsule_seal(capsule, own_key_current(KeyUse.SIGN))
    audit_record(
        "screening.hit.exported",
        subject=hit.number,
        by=by,
        sha256=sha256_hex(content),
        form="capsule",
    )
    return CapsuleFile(f"{hit.number}.capsule.json", content)


def _capsule(hit: Hit) -> Capsule:
    kept, own = kept_of(hit), own_anchor()
    declaration = hit.line.declaration
    return Capsule(
        node=own.node,
        made_at=instant_text(timezone.now()),
        reference=Reference(
            number=hit.number,
            declaration=declaration.number,
            line_no=hit.line.line_no,
            declared_on=declaration.declared_on.isoformat(),
            right=hit.right.reference,
            right_version=hit.right_version,
            found_at=instant_text(hit.found_at),
        ),
        hit=found_from_row(hit),
        evidence=kept.evidence,
        rules=kept.rules,
        root=own.root.x,
        statement=own_statement().token,
    )
