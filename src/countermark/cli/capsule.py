"""``countermark capsule verify``: check the capsule of a hit and make the hit again, offline.

    countermark capsule verify FILE [--key BUNDLE] [--fingerprint WORDS] [--pinned]
                               [--model FILE] [--exhibit OUT.html] [--json]

Exit status: 0 signed by a key that is vouched for, and made again exactly; 1 the file is refused;
2 the command cannot be carried out; 3 the signature holds but something needs a look: nobody
vouches for the key, or the hit was made again by other rules or differently.

This module imports Django for ``--pinned`` only: an auditor needs no node and no database.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from countermark.domain.capsules.exhibit import Verified, exhibit_html, verified
from countermark.domain.capsules.rerun import Difference, Outcome, rerun
from countermark.domain.capsules.seal import MAX_BYTES, Sealed, capsule_open
from countermark.domain.capsules.trust import (
    Anchor,
    Trust,
    anchor_from_bundle,
    anchor_heard,
    trust_of,
)
from countermark.domain.capsules.words import OUTCOMES, SIGNED, TRUSTS
from countermark.domain.envelopes.fingerprint import fingerprint_digits, fingerprint_words
from countermark.domain.errors import EnvelopeRefused, InvalidInput, Refusal
from countermark.domain.matching import Model
from countermark.domain.matching.weights import MODEL
from countermark.engines.models import read_model

GOOD, REFUSED, UNUSABLE, LOOK = 0, 1, 2, 3

REFUSALS = {
    "capsule-too-large": "it has {bytes} bytes; a capsule has {limit} at most",
    "capsule-not-canonical": "it was rewritten: not every byte is as it was signed",
    "capsule-format-unknown": "it is no capsule, or of a later version of the format",
    "json-malformed": "it is no capsule, or it was damaged",
    "signature-bad": "it was changed after it was signed, or somebody else signed it",
    "kid-unknown": "the key that signed it ({kid}) is not among the node's signing keys",
    "payload-malformed": "it is signed, but “{field}” is not as a capsule has it",
}


class Unusable(Exception):
    """The command cannot be carried out; the message says why."""


def main(argv: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    args = _parser().parse_args(argv)
    try:
        return _verify(args)
    except (Unusable, OSError) as error:
        print(f"countermark capsule: {error}", file=sys.stderr)
        return UNUSABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="countermark capsule", description="Check hit capsules.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verify = verbs.add_parser("verify", help="check a capsule and make its hit again, offline")
    verify.add_argument("file", type=Path, metavar="FILE")
    verify.add_argument(
        "--key", type=Path, action="append", default=[], metavar="BUNDLE", help="bundle of a node"
    )
    verify.add_argument(
        "--fingerprint", default="", metavar="WORDS", help="of the root key, as heard"
    )
    verify.add_argument("--pinned", action="store_true", help="use the keys this node confirmed")
    verify.add_argument("--model", type=Path, metavar="FILE", help="scorecard of then (JSON)")
    verify.add_argument("--exhibit", type=Path, metavar="OUT", help="write the page (HTML)")
    verify.add_argument("--json", action="store_true", help="print what was found as JSON")
    return parser


def _verify(args: argparse.Namespace) -> int:
    model = _model(args.model)
    anchors = list(_anchors(args))
    raw = _read(args.file)
    try:
        sealed = capsule_open(raw)
    except (EnvelopeRefused, InvalidInput) as refusal:
        return _refuse(args, refusal)
    anchors += _heard(args.fingerprint, sealed)
    checked = verified(raw, sealed, trust_of(sealed, anchors), rerun(sealed.capsule, model))
    if args.exhibit:
        args.exhibit.write_text(exhibit_html(checked), encoding="utf-8")
    print(json.dumps(_record(checked), ensure_ascii=False) if args.json else _report(checked))
    good = checked.trust is Trust.VOUCHED and checked.rerun.outcome is Outcome.EXACT
    return GOOD if good else LOOK


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _model(path: Path | None) -> Model:
    if path is None:
        return MODEL
    try:
        return read_model(path)
    except InvalidInput as refusal:
        raise Unusable(f"{path} is not a scorecard") from refusal


def _anchors(args: argparse.Namespace) -> Iterator[Anchor]:
    for path in args.key:
        yield _anchor(path)
    if args.pinned:
        yield from _pinned()


def _anchor(path: Path) -> Anchor:
    """Read a bundle: the token alone, or the JSON that ``exchange_bundle`` prints."""
    text = path.read_text(encoding="utf-8").strip()
    try:
        token = json.loads(text)["bundle"] if text.startswith("{") else text
        return anchor_from_bundle(token)
    except (ValueError, KeyError, TypeError, AttributeError, Refusal) as error:
        raise Unusable(f"{path} is not the bundle of a node") from error


def _pinned() -> list[Anchor]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "countermark.config.settings")
    # Imported late: the check must work where there is no database, and start at once.
    import django  # noqa: PLC0415

    django.setup()
    from countermark.apps.exchange.anchors import anchors_pinned  # noqa: PLC0415

    return anchors_pinned()


def _heard(fingerprint: str, sealed: Sealed) -> list[Anchor]:
    if not fingerprint:
        return []
    anchor = anchor_heard(sealed, fingerprint)
    if anchor is None:
        said = fingerprint_words(sealed.root)
        raise Unusable(f"the fingerprint of the file's root key is another: {said}")
    return [anchor]


def _refuse(args: argparse.Namespace, refusal: EnvelopeRefused | InvalidInput) -> int:
    said = REFUSALS.get(refusal.code, "it does not pass a check").format(**refusal.params)
    if args.json:
        print(json.dumps({"signature": "refused", "code": refusal.code, "reason": said}))
    else:
        print(_printable(f"REFUSED  {args.file}: {said} [{refusal.code}]"), file=sys.stderr)
    return REFUSED


def _report(checked: Verified) -> str:
    """Return what was found, one finding a line, for people."""
    sealed, again = checked.sealed, checked.rerun
    capsule, rules = sealed.capsule, sealed.capsule.rules
    filled = {"node": capsule.node, "rules": again.rules, "model": again.model}
    lines = [
        f"hit        {capsule.reference.number}, score {capsule.hit.score:.4f}, "
        f"{capsule.hit.resemblance} of {capsule.reference.right}",
        f"signature  {SIGNED.en}",
        f"key        {sealed.kid}",
        f"node       {TRUSTS[checked.trust].en.format(**filled)}",
        f"root key   {fingerprint_words(sealed.root)}",
        f"rules      {rules.version}, {rules.model} {rules.model_sha256[:16]}",
        f"again      {OUTCOMES[again.outcome].en.format(**filled)}",
    ]
    return "\n".join(map(_printable, (*lines, *map(_difference, again.differences))))


def _difference(one: Difference) -> str:
    return f"           {one.name}: {one.recorded or '-'} -> {one.now or '-'}"


def _printable(text: str) -> str:
    """Return a text that cannot speak to the terminal: what a declarant wrote may be anything."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


def _record(checked: Verified) -> dict[str, object]:
    """Return what was found, for programs."""
    sealed, again = checked.sealed, checked.rerun
    return {
        "hit": asdict(sealed.capsule.reference) | {"score": sealed.capsule.hit.score},
        "signature": "valid",
        "kid": sealed.kid,
        "node": sealed.capsule.node,
        "fingerprint": {
            "words": fingerprint_words(sealed.root),
            "digits": fingerprint_digits(sealed.root),
        },
        "trust": checked.trust.value,
        "sha256": checked.sha256,
        "rules": asdict(sealed.capsule.rules),
        "again": {
            "outcome": again.outcome.value,
            "rules": again.rules,
            "model": again.model,
            "model_sha256": again.model_sha256,
            "differences": [asdict(each) for each in again.differences],
        },
    }


if __name__ == "__main__":
    sys.exit(main())
