"""Text primitives of the screener: folding, tokens, look-alike and sound-alike forms, distance.

Everything here is a pure function of its arguments. Register and declaration lines pass through
the same functions, so that what is equal for one is equal for the other.
"""
