"""A world of two nodes with invented marks and firms, for trying Countermark and for testing it.

Nothing here is part of the program: the demo speaks to each node through its services, as its
commands do, and the two nodes speak to each other only through their exchange.
"""
