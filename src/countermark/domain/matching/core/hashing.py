"""Hashes of pieces of text: one number from which those of all its slices follow.

A text is a polynomial in its code points modulo 2**64, so that the hash of any slice, or of what
is left after deleting letters, comes from the hashes of the beginnings in a few multiplications.
Hashes only say where to look. Two texts may share one; whatever is reported is compared letter
by letter.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from countermark.domain.matching.core.jit import lean

Points = npt.NDArray[np.uint32]
Hashes = npt.NDArray[np.uint64]

LONGEST: Final = 40
"""Longest text, in characters, whose slices are looked up; longer ones are only compared whole."""

_BASE: Final = 0x9E6C_63D0_876A_9A35
_ONE = np.uint64(1)
_MULTIPLIER = np.uint64(_BASE)
POWERS: Hashes = np.array([pow(_BASE, n, 1 << 64) for n in range(LONGEST + 2)], dtype=np.uint64)

_FIRST = np.uint64(0xBF58_476D_1CE4_E5B9)
_SECOND = np.uint64(0x94D0_49BB_1331_11EB)
_STEP = np.uint64(0x9E37_79B9_7F4A_7C15)


@lean
def salted(polynomial: np.uint64, salt: int) -> np.uint64:
    """Return a polynomial shifted by a salt, so that tables with other salts share no hashes."""
    return polynomial + np.uint64(salt) * _STEP


@lean
def mixed(value: np.uint64) -> np.uint64:
    """Return a number whose every bit depends on every bit of ``value``."""
    value = (value ^ (value >> np.uint64(30))) * _FIRST
    value = (value ^ (value >> np.uint64(27))) * _SECOND
    return value ^ (value >> np.uint64(31))


@lean
def scattered(value: np.uint64) -> np.uint64:
    """Return a number whose upper bits are well mixed, for less than ``mixed`` costs."""
    return value * _FIRST


@lean
def continued(polynomial: np.uint64, value: int) -> np.uint64:
    """Return the polynomial of a text with one more character, or of any list of numbers."""
    return polynomial * _MULTIPLIER + np.uint64(value) + _ONE


@lean
def polynomial_of(points: Points, lo: int, hi: int) -> np.uint64:
    """Return the polynomial of ``points[lo:hi]``."""
    value = np.uint64(0)
    for at in range(lo, hi):
        value = continued(value, points[at])
    return value


@lean
def hash_of(points: Points, lo: int, hi: int) -> np.uint64:
    """Return the hash of ``points[lo:hi]``, the one under which keys are counted and compared."""
    return mixed(polynomial_of(points, lo, hi))


@lean
def fill_prefixes(points: Points, lo: int, hi: int, prefix: Hashes) -> None:
    """Set ``prefix[n]`` to the polynomial of the first n characters of ``points[lo:hi]``."""
    value = np.uint64(0)
    prefix[0] = value
    for at in range(lo, hi):
        value = continued(value, points[at])
        prefix[at - lo + 1] = value


@lean
def part(prefix: Hashes, first: int, end: int) -> np.uint64:
    """Return the polynomial of the slice ``first:end``, at most ``LONGEST`` characters long."""
    return np.uint64(prefix[end] - prefix[first] * POWERS[end - first])


@lean
def chained(left: np.uint64, right: np.uint64, size: int) -> np.uint64:
    """Return the polynomial of two texts one after the other, the right one of ``size`` letters."""
    return np.uint64(left * POWERS[size] + right)
