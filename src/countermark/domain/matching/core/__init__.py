"""The compiled core of the screener: the same rules as flat arrays and machine code."""
