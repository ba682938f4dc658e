"""The command line: a plain screener, the node's supervisor, and Django's commands."""
