"""Files of trade marks in WIPO's XML standards, read into the rows that tables have, and written.

``marks`` is what a record says whatever the standard; ``st66`` and ``st96`` find it in the two
standards; ``mark_files`` is the file as a source of rows. ``st96_writer`` and ``table_writer``
are the ways out.
"""
