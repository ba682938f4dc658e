"""Joint operations: a window and a theme that several administrations agree, and what each found.

Owns JointOperation, OperationParty, Contribution and Result. Invariants: an operation runs only
after every party has agreed to the same terms; a case is contributed by the administration that
keeps it, once, and only if it was opened inside the window; a result is never changed, a later
revision stands beside it; values of different parties are never added. Audited acts:
``operations.operation.planned``, ``.received``, ``.agreed``, ``.started``, ``.closed``,
``operations.contribution.added``, ``.withdrawn``, ``operations.result.stated``, ``.received``.
"""
