"""A second corpus maker with evasions and line layouts that the shared one does not have.

It measures what generalises: nobody may tune the product on its families, and what they show is
reported in a table of its own. Registers are those of the shared generator; files have its formats.
"""
