"""Phrases: the folded words of traders that tell where a brand stands, or that there is none.

They are those of customs forms and trade papers in the languages of both administrations and of
their main routes; none is taken from a particular declaration.
"""

from __future__ import annotations

from typing import Final

REACH: Final = 28
"""Characters before and after a name in which its cues are looked for."""

BRAND_WORDS: Final = ("brand", "trade mark", "trademark", "marca", "marque", "marke", "merk")
BRAND_WORDS_HAN: Final = ("品牌", "牌子", "商标", "牌号", "厂牌")
"""Words that introduce a brand: "brand: NIKE", "商标为耐克"."""

NAME_WORDS: Final = ("name", "名", "名称")
"""Words that may follow a brand word: "brand name"."""

REFERENTIAL: Final = (
    *("for", "for use with", "for use in", "for use on"),
    *("compatible with", "compatible to", "compat", "compat.", "compatible", "compatible."),
    *("suit to", "suits to", "suitable to", "suits", "fit", "fits", "fitting"),
    *("replaces", "replacing", "replacement of", "in place of"),
    *("work with", "works with", "used with", "used in", "used on"),
    *("pour", "para", "fuer"),
)
REFERENTIAL_HAN: Final = (
    *("适用", "适合", "适配", "适配于", "兼容", "兼容于", "配套", "配套于", "用于", "代用", "替换"),
)
"""Words before a name that only refer to it: "case for X", "compatible with X", "适用于X"."""

COUNTED: Final = "件箱个只套包双条台盒瓶桶"
"""Characters for packages and pieces after a number."""

NO_BRAND: Final = frozenset(
    {
        *("nobrand", "nobrandname", "nonbrand", "unbranded", "withoutbrand", "nobranded"),
        *("generic", "nm", "na", "nil", "none", "no", "null", "nb", "oem", "odm"),
        *("neutral", "plain"),
        *("无", "无牌", "无品牌", "没有品牌", "无商标", "白牌", "中性", "无牌子", "境内自主品牌"),
    }
)
"""Folded and joined values of the brand field that name no brand."""

DESCRIBED: Final = (
    *("color", "colour", "colors", "colours", "colored", "coloured", "shape", "shaped"),
    *("design", "designs", "style", "styles", "styled", "pattern", "patterns", "type", "types"),
    *("print", "prints", "printed", "series", "model", "models"),
)
"""Words after a word that make it a manner and no brand: "burton colour", "diamond pattern"."""

COMPANY: Final = ("有限公司", "co.,ltd", "co., ltd", "co. ltd", "co ltd", "limited", "gmbh")
"""Words at the end of a company's name."""
