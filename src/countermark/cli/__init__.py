"""The command line: a screener that needs no Django, the node's supervisor, and Django's commands."""
