"""Screening: runs of the screener over batches, their hits, and what officers decide about them.

Owns Ruleset, Run, Hit and Disposition. Invariants: a line has at most one hit per right; an
excused hit is kept and never queued; a score is a reason to look and never a finding; decisions
are only ever added (the table is append-only in the database), and the state of a hit follows
from them. Acts recorded: ``screening.run.started``, ``screening.run.finished``,
``screening.run.abandoned``, ``screening.hit.confirmed``, ``screening.hit.dismissed``,
``screening.hit.snoozed``, ``screening.hit.reopened``, ``screening.hit.undone``,
``screening.hit.relied-on``, ``screening.hit.exported``.
"""
