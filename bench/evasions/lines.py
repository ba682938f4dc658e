"""Declaration lines of the second corpus: other layouts, and decoys under the same disguises."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import corpus_data
import make_corpus as shared

from bench.evasions.han import HAN
from bench.evasions.latin import LATIN

FAMILIES = {**LATIN, **HAN}
KINDS = {
    **{"plain": 44, "unrecorded": 20, "disguised": 8, "generic": 10, "party": 8},
    **{"authorised": 6, "compat": 4},
}
"""Lines without an infringing use, by weight; ``disguised`` is an unrecorded name evaded."""

WITH_BRAND = (
    *("{brand} {goods}, {detail}", "{goods} - {brand} - {detail}", "{goods} «{brand}» art. {code}"),
    *("ART {code} {goods} MARKED {brand}", "{goods}; marque: {brand}; {detail}"),
    *("{count} pcs {goods} {brand} {code}", "{goods} bearing {brand} logo", "“{brand}” {goods}"),
    *("{han}, {brand}, {handetail}, {code}", "商品名称：{han}；商标：{brand}；规格：{handetail}"),
    *(
        "{brand} {han} {code}",
        "4|3|{handetail}|{brand}|{code}|{han}",
        "【{brand}】{han}{handetail}",
    ),
    *("{han}（{brand}）", "貨品：{han} 牌子：{brand}", "{goods} {detail} {brand}"),
)
WITHOUT = (
    *("{goods}, {detail}", "{count} pcs {goods} art. {code}", "ART {code} {goods}"),
    *("{han}, {handetail}, {code}", "商品名称：{han}；规格：{handetail}", "貨品：{han} 無牌子"),
    *("4|3|{handetail}|无|{code}|{han}", "{goods} {detail} {code}", "{goods}; unbranded"),
)
GENERIC = (
    *("{goods} decorated with a {word}", "{word} flavoured {goods}", "{goods}, {word} print"),
    *("{goods} in the form of a {word}", "{word} {goods} set of {count}", "pack of {word} {goods}"),
)
REFERRING = (
    *("{goods} suitable for {brand} {code}", "{goods} replaces {brand} part {code}"),
    *("兼容{brand}的{han}", "{goods} to fit {brand}", "可用于{brand} {han}"),
)
PARTY = ("{text}, notify {party}", "{text} consigned to {party}", "{text} 发货人：{party}")


def pieces(text: str) -> Iterator[str]:
    """Yield the parts of a Chinese name of two characters and more."""
    for start in range(len(text)):
        for end in range(start + 2, len(text) + 1):
            yield text[start:end]


class LineMaker:
    """Makes lines for a register from one seed; the same seed gives the same lines."""

    def __init__(
        self,
        marks: Sequence[Mapping[str, Any]],
        held: Sequence[Mapping[str, Any]],
        words: Sequence[str],
        seed: str,
    ) -> None:
        self.draw = random.Random(f"{seed}/other")
        self.marks = marks
        self.by_fold: dict[str, list[int]] = {}
        for mark in marks:
            for text in {mark["latin"], mark["hans"], mark["hant"]} - {""}:
                self.by_fold.setdefault(shared.fold(text), []).append(mark["id"])
        recorded = self.by_fold.keys()
        self.held = [
            mark
            for mark in held
            if not shared.contains_mark(mark["latin"], recorded)
            and not any(part in recorded for part in pieces(mark["hans"]))
        ]
        self.generic = [word for word in words if len(word) >= 4 and word in recorded]

    def line(self, number: int, prevalence: float) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return one line and its gold row, as the shared generator writes them."""
        draw = self.draw
        gold: dict[str, Any] = {"line": number, "label": 0, "kind": "", "evasion": ""}
        gold |= {"evasions": [], "marks": [], "surface": ""}
        if draw.random() < prevalence:
            goods, text, brand, consignor = self._infringing(gold)
        else:
            kind = draw.choices(list(KINDS), weights=list(KINDS.values()))[0]
            gold["kind"] = kind
            goods, text, brand, consignor = getattr(self, f"_{kind}")(gold)
        line = {"line": number, "desc": text, "brand": brand, "hs": goods["hs"]}
        line |= {"qty": draw.choice([1, 6, 20, 300, 1500]), "unit": "PCS", "origin": "CN"}
        line |= {"consignor": consignor or self._company(), "consignee": self._company()}
        return line, gold

    def _infringing(self, gold: dict[str, Any]) -> tuple[Any, str, str, str]:
        while True:
            family = self.draw.choice(list(FAMILIES))
            found = self._evaded(family)
            if found:
                mark, surface = found
                gold |= {"label": 1, "kind": "infringing", "evasion": family, "surface": surface}
                gold |= {"evasions": [family], "marks": [mark["id"]]}
                return *self._branded(self._goods_of(mark), surface), ""

    def _evaded(self, family: str) -> tuple[Mapping[str, Any], str] | None:
        """Return a mark and its disguise, unless that happens to spell a recorded mark."""
        for _ in range(300):
            mark = self._mark()
            surface = self._disguise(family, mark)
            key = shared.fold(surface) if surface else ""
            kept = len(key) >= 2 and mark["id"] in self.by_fold.get(key, [mark["id"]])
            if surface and kept:
                return mark, surface
        return None

    def _disguise(self, family: str, mark: Mapping[str, Any]) -> str | None:
        name = mark["hans"] if family in HAN else mark["latin"]
        if not name:
            return None
        if family in LATIN and self.draw.random() < 0.6:
            name = name.upper()
        surface = FAMILIES[family](self.draw, name)
        return surface if surface and surface != name else None

    def _mark(self) -> Mapping[str, Any]:
        draw = self.draw
        return self.marks[
            min(int(draw.paretovariate(0.8)) - 1, len(self.marks) - 1)
            if draw.random() < 0.3
            else draw.randrange(len(self.marks))
        ]

    def _goods_of(self, mark: Mapping[str, Any]) -> Mapping[str, Any]:
        fit = [p for p in corpus_data.PRODUCTS if set(p["cl"]) & set(mark["classes"])]
        return self.draw.choice(fit if fit and self.draw.random() < 0.85 else corpus_data.PRODUCTS)

    def _branded(self, goods: Mapping[str, Any], brand: str) -> tuple[Any, str, str]:
        where = self.draw.choices(["text", "field", "both"], weights=[5, 3, 2])[0]
        text = self._filled(WITHOUT if where == "field" else WITH_BRAND, goods, brand)
        return goods, text, "" if where == "text" else brand

    def _filled(self, layouts: Sequence[str], goods: Mapping[str, Any], brand: str = "") -> str:
        draw = self.draw
        english = draw.choice(goods["en"])
        return draw.choice(layouts).format(
            brand=brand,
            goods=english.upper() if draw.random() < 0.5 else english,
            detail=draw.choice(goods["ae"]),
            han=draw.choice(goods["zh"]),
            handetail=draw.choice(goods["az"]),
            code=f"{draw.choice('ABDFHKMRT')}{draw.randrange(100, 99999)}",
            count=draw.randrange(2, 900),
            word=brand,
        )

    def _company(self) -> str:
        draw = self.draw
        city, trade = draw.choice(corpus_data.CITIES), draw.choice(corpus_data.BIZ)
        name = self._factory()
        return (
            f"{city[0]} {name} {trade[0]}" if draw.random() < 0.7 else f"{city[1]}{name}{trade[1]}"
        )

    def _factory(self) -> str:
        return "".join(
            self.draw.choices(corpus_data.FACTORY_SYL, k=self.draw.choice([2, 3]))
        ).upper()

    def _plain(self, _gold: dict[str, Any]) -> tuple[Any, str, str, str]:
        goods = self.draw.choice(corpus_data.PRODUCTS)
        field = self.draw.choice(["", "", "", "UNBRANDED", "没有品牌", "-", "N/A"])
        return goods, self._filled(WITHOUT, goods), field, ""

    def _unrecorded(self, gold: dict[str, Any]) -> tuple[Any, str, str, str]:
        mark = self.draw.choice(self.held)
        name = self._factory() if self.draw.random() < 0.4 else mark["latin"] or mark["hans"]
        gold["surface"] = name
        return *self._branded(self.draw.choice(corpus_data.PRODUCTS), name), ""

    def _disguised(self, gold: dict[str, Any]) -> tuple[Any, str, str, str]:
        """An unrecorded name under the same disguise: the disguise alone proves nothing."""
        for _ in range(50):
            surface = self._disguise(self.draw.choice(list(FAMILIES)), self.draw.choice(self.held))
            if surface and shared.fold(surface) not in self.by_fold:
                gold["surface"] = surface
                return *self._branded(self.draw.choice(corpus_data.PRODUCTS), surface), ""
        return self._unrecorded(gold)

    def _generic(self, gold: dict[str, Any]) -> tuple[Any, str, str, str]:
        goods = self.draw.choice(corpus_data.PRODUCTS)
        word = self.draw.choice(self.generic) if self.generic else "star"
        gold["surface"] = word
        return goods, self._filled(GENERIC, goods, word), "", ""

    def _party(self, _gold: dict[str, Any]) -> tuple[Any, str, str, str]:
        goods = self.draw.choice(corpus_data.PRODUCTS)
        text = self._filled(WITHOUT, goods)
        return goods, self.draw.choice(PARTY).format(text=text, party=self._company()), "", ""

    def _authorised(self, gold: dict[str, Any]) -> tuple[Any, str, str, str]:
        mark = self._named(gold)
        name = mark["latin"].upper()
        return *self._branded(self._goods_of(mark), name), self.draw.choice(mark["authorised"])

    def _compat(self, gold: dict[str, Any]) -> tuple[Any, str, str, str]:
        mark = self._named(gold)
        goods = self._goods_of(mark)
        return goods, self._filled(REFERRING, goods, mark["latin"].upper()), "", ""

    def _named(self, gold: dict[str, Any]) -> Mapping[str, Any]:
        while True:
            mark = self._mark()
            if len(shared.fold(mark["latin"])) >= 4:
                gold["surface"] = mark["latin"].upper()
                gold["marks"] = sorted({mark["id"], *self.by_fold[shared.fold(mark["latin"])]})
                return mark
