"""The envelope protocol between nodes (CMX/1), as pure functions.

A message is CloudEvents JSON, signed by its sender (the *inner*, kept as evidence by both sides),
then encrypted to its recipient (the *envelope*, made anew whenever it is sent). Nothing here reads
a clock, a disk or a database: keys, instants and identifiers are passed in. The one exception is
the seal itself, whose ephemeral key, content key and nonce come from the cryptographic library:
a caller able to choose them could only do harm.

    canonical     bytes, hashes, identifiers
    keys          public and private keys and their ids
    jose          strict JWS: one algorithm, closed headers, own sizes
    schema        message types: lane, priority, handling
    message       the inner: what is said and where it stands in its lane
    seal          the envelope: who may read it
    receipt       signed answers: received, applied, refused, quarantined; and signed objections
    statement     a node's keys under its root key, and the bundle that pairing starts from
    fingerprint   a root key as words and as digits to read aloud
    chain         order within a lane
    retry         when to try again
    batch         what one request and one answer carry
"""
