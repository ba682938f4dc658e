"""Evasions of Chinese names: each takes a draw and a name, and returns it or None."""

# ruff: noqa: PLC0415 - pypinyin is the benchmark's own requirement

from __future__ import annotations

import random
from functools import cache

from bench.evasions.latin import Evade

WADE_GILES_INITIALS = (
    *(("zh", "ch"), ("ch", "ch'"), ("sh", "sh"), ("b", "p"), ("p", "p'"), ("d", "t")),
    *(("t", "t'"), ("g", "k"), ("k", "k'"), ("j", "ch"), ("q", "ch'"), ("x", "hs")),
    *(("z", "ts"), ("c", "ts'"), ("r", "j")),
)
WADE_GILES_FINALS = {"ong": "ung", "ian": "ien", "ie": "ieh", "ue": "ueh", "uo": "o", "yan": "yen"}
PARTS = {
    **{"好": "女子", "明": "日月", "林": "木木", "鸿": "江鸟", "绿": "纟录", "红": "纟工"},
    **{"鹏": "朋鸟", "树": "木对", "雅": "牙隹", "相": "木目", "休": "亻木", "体": "亻本"},
    **{"佳": "亻圭", "侨": "亻乔", "海": "氵每", "源": "氵原", "洋": "氵羊", "清": "氵青"},
    **{"鲜": "鱼羊", "铁": "钅失", "银": "钅艮", "铜": "钅同", "钻": "钅占", "妈": "女马"},
    **{"姐": "女且", "妙": "女少", "香": "禾日", "科": "禾斗", "利": "禾刂", "和": "禾口"},
    **{"阳": "阝日", "陈": "阝东", "动": "云力", "加": "力口", "欧": "区欠", "江": "氵工"},
    **{"汉": "氵又", "伊": "亻尹", "伟": "亻韦", "信": "亻言", "保": "亻呆", "恒": "忄亘"},
    **{"情": "忄青", "怡": "忄台", "程": "禾呈", "新": "亲斤", "期": "其月", "朗": "良月"},
    **{"胖": "月半", "猫": "犭苗", "狮": "犭师", "鸡": "又鸟", "鸭": "甲鸟", "鹅": "我鸟"},
    **{"饭": "饣反", "饮": "饣欠", "馆": "饣官", "路": "足各", "跑": "足包", "彩": "采彡"},
}
"""Left-right characters and their halves, as they are typed to slip through."""


def pinyin(name: str, style: str = "NORMAL") -> list[str]:
    """Return one syllable a character."""
    from pypinyin import Style, lazy_pinyin

    return lazy_pinyin(name, style=getattr(Style, style))


def toned(draw: random.Random, name: str) -> str | None:
    """nàikè, NAI4KE4: pinyin with tones."""
    syllables = pinyin(name, draw.choice(["TONE", "TONE3"]))
    joined = draw.choice(["", " ", "-"]).join(syllables)
    return draw.choice([joined, joined.upper()]) if len(joined) >= 6 else None


def wade_giles(_draw: random.Random, name: str) -> str | None:
    """Lao-li-shih, Hsiao-mi: the older romanisation."""
    words = [_older(syllable) for syllable in pinyin(name)]
    return (
        "-".join(map(str.capitalize, words))
        if words != pinyin(name) and len("".join(words)) >= 6
        else None
    )


def _older(syllable: str) -> str:
    if syllable in {"shi", "zhi", "chi", "ri"}:
        return {"shi": "shih", "zhi": "chih", "chi": "ch'ih", "ri": "jih"}[syllable]
    for old, new in WADE_GILES_INITIALS:
        if syllable.startswith(old):
            syllable = new + syllable[len(old) :]
            break
    for old, new in WADE_GILES_FINALS.items():
        if syllable.endswith(old):
            return syllable.removesuffix(old) + new
    return syllable


def zhuyin(_draw: random.Random, name: str) -> str | None:
    """ㄋㄞㄎㄜ: the phonetic signs of Taiwan."""
    text = "".join(pinyin(name, "BOPOMOFO"))
    return "".join(c for c in text if c not in "ˊˇˋ˙")


def half_roman(draw: random.Random, name: str) -> str | None:
    """耐KE, LAO力士: some characters in pinyin."""
    if len(name) < 2:
        return None
    chosen = set(draw.sample(range(len(name)), max(1, len(name) // 2)))
    syllables = pinyin(name)
    return "".join(syllables[i].upper() if i in chosen else c for i, c in enumerate(name))


def in_parts(_draw: random.Random, name: str) -> str | None:
    """女子 for 好: a character taken apart."""
    text = "".join(PARTS.get(c, c) for c in name)
    return text if text != name and len(name) >= 2 else None


@cache
def _alike() -> dict[str, str]:
    """Return for every syllable the common characters that are read so."""
    table: dict[str, str] = {}
    for point in range(0x4E00, 0x9FA6):
        character = chr(point)
        try:
            first = character.encode("gb2312")[0]
        except UnicodeEncodeError:
            continue
        if 0xB0 <= first <= 0xD7:
            syllable = pinyin(character)[0]
            table[syllable] = table.get(syllable, "") + character
    return table


def homophones(draw: random.Random, name: str) -> str | None:
    """阿笛达丝: two characters or more of a long name by others that sound alike."""
    if len(name) < 4:
        return None
    syllables, out = pinyin(name), list(name)
    for place in draw.sample(range(len(name)), 2):
        others = [c for c in _alike().get(syllables[place], "") if c != name[place]]
        if not others:
            return None
        out[place] = draw.choice(others)
    return "".join(out)


def wrapped(draw: random.Random, name: str) -> str | None:
    """新耐克, 耐克王: a character put before or after."""
    if len(name) < 3:
        return None
    return draw.choice(["新", "金", "真"]) + name if draw.random() < 0.5 else name + "王"


HAN: dict[str, Evade] = {
    "toned_pinyin": toned,
    "wade_giles": wade_giles,
    "zhuyin": zhuyin,
    "half_roman": half_roman,
    "in_parts": in_parts,
    "two_homophones": homophones,
    "han_affixed": wrapped,
}
