"""Countermark: joint action of customs administrations against infringing goods."""
