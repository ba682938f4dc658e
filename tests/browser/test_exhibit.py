"""The exhibit of a hit on paper: one page, whatever was declared."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from tests.browser.looking import too_wide
from tests.domain.capsules.maker import LINE, capsule, sealed_bytes
from tests.domain.matching.strategies import line

from countermark.domain.capsules.exhibit import exhibit_html, verified
from countermark.domain.capsules.rerun import rerun
from countermark.domain.capsules.seal import capsule_open
from countermark.domain.capsules.trust import Trust
from countermark.domain.matching import Contribution
from countermark.domain.matching.weights import MODEL

LONG = line(
    "手袋 " * 400,
    "VELUNDRA",
    hs_code="420222" + "4" * 60,
    consignor="付貨人有限公司" * 40,
    consignee="W w" * 300,
)
OTHER = replace(MODEL, name="another", start=MODEL.start + 2048)


def many_reasons():
    hit = capsule(one=LONG).hit
    share = round(hit.score / 20, 4)
    rest = tuple(Contribution(f"reason-{n}", share) for n in range(19))
    return (*rest, Contribution("start", hit.score - 19 * share))


@pytest.mark.parametrize("one", [LINE, LONG], ids=["usual", "longest"])
def test_the_exhibit_is_one_page_of_a4(chromium, one):
    changes = {}
    if one is LONG:
        changes["hit"] = replace(capsule(one=LONG).hit, contributions=many_reasons())
    raw = sealed_bytes(one=one, **changes)
    sealed = capsule_open(raw)
    html = exhibit_html(verified(raw, sealed, Trust.FOREIGN, rerun(sealed.capsule, OTHER)))
    page = chromium.new_page(viewport={"width": 794, "height": 1123})
    page.set_content(html)
    assert too_wide(page) <= 0
    paper = page.pdf(prefer_css_page_size=True)
    page.close()
    assert len(re.findall(rb"/Type /Page\b", paper)) == 1
    assert b"/MediaBox [0 0 594.95996 841.91998]" in paper or b"/MediaBox [0 0 595" in paper
