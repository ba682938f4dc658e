"""Hit capsules: one hit with all that it rests on, in one small signed file.

Whoever holds the file can make the hit again without a database, a network or the node that found
it, years later, and print it as a page. Nothing here reads a clock, a disk or a database.

    content      what a capsule says, to JSON and back; hostile until read
    seal         the file: canonical, signed by the node, refused where one byte differs
    rerun        the hit made again, and how it compares
    trust        whose key signed, and who vouches for it
    exhibit      one page in English, 繁體中文 and 简体中文
    words        the sentences of that page
"""
