"""Steps that set up a node: administrations, offices, officers, keys, rights and the partner."""

from __future__ import annotations

from countermark.apps.accounts.models import Administration, Office, Officer
from countermark.apps.accounts.services import administration_record, office_record
from countermark.apps.exchange.services import node_keys_ensure, pairing_bundle, partner_pair
from countermark.workflows.staff import officer_admit
from demo import world
from demo.context import Context
from demo.logins import logins_ensure
from demo.pairing import bundle_read, bundle_write


def identity(context: Context) -> None:
    """Record both administrations, this side's offices and officers, and make the node's keys."""
    for code in (world.GUANGDONG, world.HONG_KONG):
        side = world.side(code)
        administration_record(code=code, law=side.law, names=side.names, short=side.short)
    home = Administration.objects.get(code=context.side.code)
    offices = {
        office.code: office_record(administration=home, code=office.code, names=office.names)
        for office in context.side.offices
    }
    _officers(context, offices)
    node_keys_ensure()


def _officers(context: Context, offices: dict[str, Office]) -> None:
    logins = logins_ensure(context.folder)
    known = set(Officer.objects.values_list("username", flat=True))
    for officer in context.side.officers:
        if officer.username not in known:
            officer_admit(
                by=None,
                username=officer.username,
                display_name=officer.name,
                office=offices[officer.office],
                role=officer.role,
                password=logins[officer.username],
            )


def pair(context: Context) -> None:
    """Show the partner our fingerprint and confirm the partner's, as two officers do by voice."""
    bundle_write(context.folder, context.side.code, pairing_bundle())
    theirs = context.wait(
        "the partner's fingerprint", lambda: bundle_read(context.folder, context.side.partner)
    )
    partner_pair(
        bundle=theirs["bundle"],
        fingerprint=theirs["words"],
        fingerprint_confirmed_by=context.officer("liaison"),
    )
