"""A root key as something two people can read to each other over the telephone.

Ten pronounceable words carry 160 bits of the key's SHA-256; each word is sixteen bits as
consonant-vowel-consonant-vowel-consonant (D. S. Wilkerson's "proquints"). The same bits are also
given as ten groups of five digits, which officers can read aloud in any language.
"""

from __future__ import annotations

from countermark.domain.envelopes.canonical import sha256_hex
from countermark.domain.envelopes.keys import PublicKey

WORDS = 10
_CONSONANTS = "bdfghjklmnprstvz"
_VOWELS = "aiou"


def fingerprint_hex(root: PublicKey) -> str:
    """Return the SHA-256 of a root key's 32 bytes, in hex."""
    return sha256_hex(b"cmx/1 root\n" + root.raw)


def fingerprint_words(root: PublicKey) -> str:
    """Return ten words joined by hyphens."""
    return "-".join(map(_word, _numbers(root)))


def fingerprint_digits(root: PublicKey) -> str:
    """Return ten groups of five digits joined by hyphens; the same bits as the words."""
    return "-".join(f"{number:05d}" for number in _numbers(root))


def fingerprint_matches(root: PublicKey, said: str) -> bool:
    """Return whether what an officer typed is this key's fingerprint, as words or as digits.

    Case, and whether groups are set apart by blanks or hyphens, make no difference; every group
    must be there.
    """
    groups = "-".join(said.lower().replace("-", " ").split())
    return groups in {fingerprint_words(root), fingerprint_digits(root)}


def _numbers(root: PublicKey) -> list[int]:
    raw = bytes.fromhex(fingerprint_hex(root))
    return [int.from_bytes(raw[at : at + 2], "big") for at in range(0, 2 * WORDS, 2)]


def _word(number: int) -> str:
    return (
        _CONSONANTS[number >> 12]
        + _VOWELS[number >> 10 & 3]
        + _CONSONANTS[number >> 6 & 15]
        + _VOWELS[number >> 4 & 3]
        + _CONSONANTS[number & 15]
    )
