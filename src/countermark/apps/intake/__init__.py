"""Intake: batches of declarations, from the file as received to rows that can be screened.

Owns Batch, RejectedRow, Party, Declaration, DeclarationLine and Serial. Invariants: a file is
received once; of every batch, loaded lines, duplicates and rejects add up to the rows of the file;
a declaration line is recorded once, known by its content, and never changed afterwards. Loading
goes chunk by chunk, each chunk with its progress in one transaction, so that a killed load is
simply continued. Acts recorded: ``intake.batch.received``, ``intake.batch.loaded``,
``intake.batch.failed``.
"""
