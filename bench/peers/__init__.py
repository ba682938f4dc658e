"""Peers that run beside Countermark: every tool of the trade that finds names in text.

Each runs in a process of its own (``python -m bench.peers NAME ...``), reads the same CSV files,
gets the same folding and the same windows, and writes hits of the same form. None has context: a
peer is what a plain tool finds, with a stop list or with cues where its name says so.
"""
