"""The register of rights: what customs looks for.

Owns RightHolder, Representative, Right, Recordation and AuthorisedParty. Invariants: a right is
one registration in one jurisdiction, because neither side's registration protects on the other;
its version rises with every change that screening can see; a right has at most one recordation in
force with an administration; nothing is deleted, a right or recordation is withdrawn. Acts
recorded: ``register.holder.recorded``, ``register.right.recorded``, ``register.right.revised``,
``register.right.withdrawn``, ``register.recordation.recorded``,
``register.recordation.withdrawn``, ``register.representative.added``,
``register.authorised-party.added``, ``register.rights.imported``.
"""
