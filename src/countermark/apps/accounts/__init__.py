"""Administrations, offices, officers and what each role may do.

Owns Administration, Office and Officer. Invariants: a node has exactly one own administration
(``settings.COUNTERMARK_ADMINISTRATION``); every officer belongs to one office of it; what an
officer may do follows from the role alone (``permissions.py``). Audited acts:
``accounts.officer.created``, ``accounts.officer.signed-in``, ``accounts.officer.refused``.
"""
