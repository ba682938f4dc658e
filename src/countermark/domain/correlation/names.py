"""Keys of names: one for the spellings of a name in one script, one for how it sounds.

Legal forms at the end are left out on purpose: here two spellings are brought together for an
officer to look at. What excuses goods at the border rests on ``matching`` instead, where the legal
form counts.
"""

from __future__ import annotations

from typing import Final

from countermark.domain.correlation.common import is_placeholder
from countermark.domain.correlation.kinds import Key, KeyKind
from countermark.domain.text.fold import folded_text
from countermark.domain.text.romanise import jyutping_readings, pinyin_readings
from countermark.domain.text.tokens import Token, tokenise

HAN_FORMS: Final = (
    *("股份有限公司", "有限责任公司", "责任有限公司", "无限责任公司", "有限公司", "无限公司"),
    *("股份公司", "有限合伙", "普通合伙", "个体工商户", "公司"),
)
"""Company forms at the end of a Chinese name, folded to Simplified, the longest first."""

_LATIN_FORMS = """
co company ltd limited inc incorporated corp corporation llc llp plc pte pty gmbh sarl lda
limitada unipessoal
"""
LATIN_FORMS: Final = frozenset(_LATIN_FORMS.split())
"""Company forms at the end of a name in Latin letters."""

SHORTEST_NAME: Final = 2
SHORTEST_READING: Final = 5


def name_keys(name: str) -> list[Key]:
    """Return the keys of a name as recorded: by its characters, and by its sound.

    A placeholder has a key too, so that it can be named as ignored.
    """
    value = name_key(name)
    if len(value) < SHORTEST_NAME and not is_placeholder(name):
        return []
    sounds = [] if is_placeholder(name) else reading_keys(name)
    return [
        Key(KeyKind.NAME, value, name),
        *(Key(KeyKind.READING, sound, name) for sound in sounds),
    ]


def name_key(name: str) -> str:
    """Return a name without case, width, script, punctuation and the company forms at its end.

    A name that is nothing but a company form stays as it is.
    """
    tokens = tokenise(folded_text(name))
    return "".join(_without_forms(tokens) or [token.text for token in tokens])


def reading_keys(name: str) -> list[str]:
    """Return how a name sounds: in Mandarin and Cantonese if Chinese, else its letters.

    Only the most usual reading of each character is taken; a name shorter than
    ``SHORTEST_READING`` letters has none, because too many share it. Names that mix scripts have
    none either.
    """
    value = name_key(name)
    if value.isascii():
        sounds = [value] if value.isalpha() else []
    else:
        found = (pinyin_readings(value)[:1], jyutping_readings(value)[:1])
        sounds = ["".join(reading) for readings in found for reading in readings]
    return sorted({sound for sound in sounds if len(sound) >= SHORTEST_READING})


def crosses_scripts(name: str, other: str) -> bool:
    """Tell whether one of two names is Chinese and the other is not.

    Only then does an equal sound say anything: two Chinese names of one sound are two names.
    """
    return _is_han(name) != _is_han(other)


def _is_han(name: str) -> bool:
    return any(token.han for token in tokenise(folded_text(name)))


def _without_forms(tokens: list[Token]) -> list[str]:
    words = [token.text for token in tokens]
    while words:
        last = words[-1]
        form = next((form for form in HAN_FORMS if last.endswith(form)), "")
        if last in LATIN_FORMS or last == form:
            words.pop()
        elif form:
            words[-1] = last.removesuffix(form)
        else:
            break
    return words
