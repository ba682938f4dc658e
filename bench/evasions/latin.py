"""Evasions of names in Latin letters: each takes a draw and a name, and returns it or None."""

from __future__ import annotations

import html
import random
import re
from collections.abc import Callable
from urllib.parse import quote

Evade = Callable[[random.Random, str], str | None]

VOWELS = "aeiou"
TURNED = dict(zip("abcdefghijklmnopqrtuvwy", "ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹʇnʌʍʎ", strict=True))
SMALL_CAPITALS = dict(zip("abcdefghijklmnoprtuvwyz", "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ", strict=True))
RAISED = dict(zip("abdeghijklmnoprtuvw", "ᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ", strict=True))
CHEROKEE = dict(zip("abceghijklmprstvwz", "ᎪᏴᏟᎬᏀᎻᏆᎫᏦᏞᎷᏢᎡᏚᎢᏙᎳᏃ", strict=True))
ARMENIAN = dict(zip("ghlnoqsu", "ցհլոօզտս", strict=True))
ROMAN = dict(zip("ivxlcdm", "ⅠⅤⅩⅬⅭⅮⅯ", strict=True))
EMOJI = {"a": "🅰", "b": "🅱", "o": "⭕", "p": "🅿", "x": "❌", "m": "Ⓜ", "i": "ℹ", "s": "💲"}
RUSSIAN = dict(zip("abvgdezijklmnoprstufhcyw", "абвгдезийклмнопрстуфхкыв", strict=True))
MISREAD = {"m": "rn", "d": "cl", "w": "vv", "h": "li", "u": "ii", "rn": "m", "cl": "d", "vv": "w"}
ROMANCE = (
    *(("k", "qu"), ("sh", "ch"), ("oo", "ou"), ("w", "ou"), ("x", "cs"), ("ee", "i"), ("c", "qu")),
    *(("j", "dj"), ("y", "i"), ("n", "nh"), ("l", "lh"), ("ch", "tch"), ("u", "ou")),
)
KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
GLUE = ("2023", "V2", "A1", "NO1", "BK", "QC", "7S", "W12", "XJ", "0086")
KANA = {
    "": "ンアイウエオ",
    **{"k": "クカキクケコ", "g": "グガギグゲゴ", "s": "スサシスセソ", "z": "ズザジズゼゾ"},
    **{"t": "トタチツテト", "d": "ドダヂヅデド", "n": "ンナニヌネノ", "h": "フハヒフヘホ"},
    **{"b": "ブバビブベボ", "p": "プパピプペポ", "m": "ムマミムメモ", "r": "ルラリルレロ"},
}
ALIKE = {"l": "r", "c": "k", "q": "k", "v": "b", "f": "h", "j": "z", "x": "k", "w": "h", "y": "i"}


def letters(name: str) -> str:
    """Return the letters and digits of a name."""
    return "".join(character for character in name if character.isalnum())


def mapped(table: dict[str, str], least: int = 1, *, every: bool = False) -> Evade:
    """Return an evasion that writes some letters by another script's."""

    def evade(draw: random.Random, name: str) -> str | None:
        places = [i for i, c in enumerate(name) if c.lower() in table]
        if len(places) < least or len(letters(name)) < 4:
            return None
        count = len(places) if every else draw.randint(least, max(least, len(places) // 2))
        chosen = set(draw.sample(places, count))
        return "".join(table[c.lower()] if i in chosen else c for i, c in enumerate(name))

    return evade


def circled(draw: random.Random, name: str) -> str | None:
    """ⓃⒾⓀⒺ, 🅝🅘🅚🅔, 𝗡𝗜𝗞𝗘, 𝓃𝒾𝓀ℯ: enclosed and mathematical letters."""
    first = draw.choice([0x24B6, 0x1F150, 0x1F130, 0x1D5D4, 0x1D670, 0x1D400])
    plain = name.upper()
    if len(letters(name)) < 4 or not letters(name).isascii():
        return None
    return "".join(chr(first + ord(c) - 65) if "A" <= c <= "Z" else c for c in plain)


def drawn_out(draw: random.Random, name: str) -> str | None:
    """NIKEE, SAAAMSUNG, ADIIDAAS: letters doubled, or drawn out."""
    places = [i for i, c in enumerate(name) if c.isalpha()]
    if len(places) < 4:
        return None
    chosen = set(draw.sample(places, draw.choice([1, 1, 2])))
    times = draw.choice([2, 2, 3])
    return "".join(c * times if i in chosen else c for i, c in enumerate(name))


def without_vowels(_draw: random.Random, name: str) -> str | None:
    """SMSNG, ADDS for ADIDAS: inner vowels dropped."""
    short = name[:1] + "".join(c for c in name[1:] if c.lower() not in VOWELS)
    return short if len(letters(short)) >= 4 and short != name else None


def escaped(draw: random.Random, name: str) -> str | None:
    """&#78;IKE, N%49KE, &#x4e;ike: escapes left in by other programs."""
    places = [i for i, c in enumerate(name) if c.isalpha()]
    if len(places) < 4:
        return None
    chosen = set(draw.sample(places, draw.choice([1, 2])))
    kind = draw.choice(["decimal", "hex", "percent"])

    def escape(character: str) -> str:
        if kind == "percent":
            return f"%{ord(character):02X}" if character.isascii() else quote(character)
        return f"&#{ord(character)};" if kind == "decimal" else f"&#x{ord(character):x};"

    text = html.escape(name) if draw.random() < 0.3 else name
    return "".join(escape(c) if i in chosen else c for i, c in enumerate(text))


def dotted(draw: random.Random, name: str) -> str | None:
    """SAM·SU.NG, NI'KE: signs put in at one to three places."""
    word = letters(name)
    if len(word) < 5:
        return None
    count = draw.randint(1, min(3, len(word) - 2))
    for place in sorted(draw.sample(range(1, len(word)), count), reverse=True):
        word = word[:place] + draw.choice("·.'`_~^") + word[place:]
    return word


def mistyped(draw: random.Random, name: str) -> str | None:
    """SAMSYNG: a key beside the right one."""
    places = [i for i, c in enumerate(name) if c.lower() in "".join(KEYBOARD)]
    if len(places) < 5:
        return None
    place = draw.choice(places[1:])
    row = next(keys for keys in KEYBOARD if name[place].lower() in keys)
    at = row.index(name[place].lower())
    key = draw.choice([row[i] for i in (at - 1, at + 1) if 0 <= i < len(row)])
    return name[:place] + (key.upper() if name[place].isupper() else key) + name[place + 1 :]


def two_edits(draw: random.Random, name: str) -> str | None:
    """PANASONNOC: two keys wrong in a name of eight letters or more."""
    if len(letters(name)) < 8:
        return None
    once = mistyped(draw, name)
    return mistyped(draw, once) if once else None


def reordered(_draw: random.Random, name: str) -> str | None:
    """VUITTON LOUIS: the words the other way round."""
    words = name.split()
    return " ".join([*words[1:], words[0]]) if 2 <= len(words) <= 4 else None


def word_dropped(draw: random.Random, name: str) -> str | None:
    """NORTH FACE for The North Face: one word of three or more is missing."""
    words = name.split()
    if len(words) < 3:
        return None
    words.pop(draw.randrange(len(words)))
    return " ".join(words)


def plural(draw: random.Random, name: str) -> str | None:
    """NIKES, Nike's, NIKE-type: grammar put on a name."""
    if len(letters(name)) < 4 or name.lower().endswith("s"):
        return None
    return name + draw.choice(["'s", "es", "ies", "'", "-like", " (R)"])


def initialled(draw: random.Random, name: str) -> str | None:
    """L. VUITTON, CALVIN K.: one word cut to its first letter."""
    words = name.split()
    if len(words) != 2 or min(map(len, words)) < 4:
        return None
    at = draw.randrange(2)
    words[at] = words[at][0] + "."
    return " ".join(words)


def romance(draw: random.Random, name: str) -> str | None:
    """NIQUE, CHOUPA: spelt as a speaker of French or Portuguese hears it."""
    there = [(a, b) for a, b in ROMANCE if a in name.lower()]
    if not there or len(letters(name)) < 5:
        return None
    old, new = draw.choice(there)
    return re.sub(re.escape(old), new.upper() if name.isupper() else new, name, count=1, flags=re.I)


def misread(draw: random.Random, name: str) -> str | None:
    """SARNSUNG, AclIDAS: what a scanner takes letters for."""
    low = name.lower()
    there = [pair for pair in MISREAD.items() if pair[0] in low]
    if not there or len(letters(name)) < 5:
        return None
    old, new = draw.choice(there)
    at = low.index(old)
    return low[:at] + new + low[at + len(old) :]


def glued(draw: random.Random, name: str) -> str | None:
    """NIKEBK7S, A1ADIDAS: an article number without a blank."""
    word = letters(name)
    if len(word) < 5:
        return None
    noise = draw.choice(GLUE) + draw.choice(["", str(draw.randrange(10, 99))])
    return word + noise if draw.random() < 0.7 else noise + word


def bidirectional(_draw: random.Random, name: str) -> str | None:
    """The letters backwards under a right-to-left override, so that they look right."""
    return f"\u202e{name[::-1]}\u202c" if len(letters(name)) >= 4 else None


def kana(_draw: random.Random, name: str) -> str | None:
    """ナイケ: letter by letter in katakana."""
    word = letters(name).lower()
    if len(word) < 4 or not (word.isascii() and word.isalpha()):
        return None
    out, consonant = [], ""
    for letter in (ALIKE.get(letter, letter) for letter in word):
        if letter in VOWELS:
            out.append(KANA[consonant][1 + VOWELS.index(letter)])
            consonant = ""
        else:
            out.append(KANA[consonant][0] if consonant else "")
            consonant = letter
    return "".join(out) + (KANA[consonant][0] if consonant else "")


LATIN: dict[str, Evade] = {
    "drawn_out": drawn_out,
    "without_vowels": without_vowels,
    "turned": mapped(TURNED, every=True),
    "circled": circled,
    "small_capitals": mapped(SMALL_CAPITALS, every=True),
    "raised": mapped(RAISED, 2),
    "cherokee": mapped(CHEROKEE, 2),
    "armenian": mapped(ARMENIAN),
    "roman_numerals": mapped(ROMAN),
    "emoji": mapped(EMOJI),
    "russian": mapped(RUSSIAN, 4, every=True),
    "escaped": escaped,
    "dotted": dotted,
    "mistyped": mistyped,
    "two_edits": two_edits,
    "reordered": reordered,
    "word_dropped": word_dropped,
    "plural": plural,
    "initialled": initialled,
    "romance": romance,
    "misread": misread,
    "glued": glued,
    "bidirectional": bidirectional,
    "kana": kana,
}
