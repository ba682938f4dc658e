"""The audit log: who did what to which object, when, in a chain that cannot be rewritten unseen.

Owns Entry. Invariants: rows are only ever added (no update path, and database triggers refuse
UPDATE and DELETE); numbers have no gap; every row carries the hash of the one before. A service
records inside its own transaction, so an act and its entry stand or fall together.
"""
