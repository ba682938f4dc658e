"""Joint figures: what the parties counted, side by side, with the rule behind every number.

Owns PartnerFigures (what a partner stated for a period) and Snapshot (figures as they stood when
they were sent or shown). Invariants: both are only ever added; a partner's statement is kept as it
was signed; amounts of different currency or value basis are never added. Audited acts:
``reports.partner-figures.recorded``, ``reports.snapshot.taken``.
"""
