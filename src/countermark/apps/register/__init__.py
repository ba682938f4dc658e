"""The register of rights: what customs looks for.

Owns RightHolder, Representative, Right, AuthorisedParty, Recordation with its events, HolderAccess
and Document. Invariants: a right is one registration in one jurisdiction, because neither side's
registration protects on the other; its version rises with every change that screening can see; a
right has at most one open recordation with an administration; a recordation goes from state to
state by the acts of ``law/<law>/recordation.toml`` only, each kept as an event; nobody speaks for a
holder whom no officer admitted; nothing is deleted. Acts recorded: ``register.*`` of the reference.
"""
