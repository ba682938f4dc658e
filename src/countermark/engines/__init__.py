"""Engines: input and output around the pure screener, without Django.

``tables`` reads CSV, XLSX, JSONL and Parquet into rows and rejects; ``marks`` turns rows into
recorded marks and declaration lines; ``local`` runs the screener over a table in one process or
several. Nothing here keeps state between runs.
"""
