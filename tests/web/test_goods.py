"""Goods of a case as a grid: pasted, looked at, entered; put right, split, withdrawn."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.trade import recorded
from tests.web.cooperation import case, opened
from tests.web.reading import LANGUAGES, errors, read, send, text

from countermark.apps.cases.models import GoodsChange, GoodsLine
from countermark.apps.cases.services import GoodsInput, case_act, goods_add

__all__ = ["case", "opened"]
pytestmark = pytest.mark.django_db

TITLES = "Waybill\tGoods\tBrand\tQty\tValue\n"
ACTIONS = ("paste", "withdraw", "restore")


def page(case, name="goods", *args):
    return reverse(f"cases:{name}", args=[case.number, *args])


def pasted(client, officer, case, rows):
    """Paste rows and return the preview."""
    answer, soup = send(client, officer, page(case, "goods-paste"), {"rows": rows})
    if answer.status_code != 302:
        return answer, soup
    return read(client, officer, answer["Location"])


def again(client, officer, case, soup, **choices):
    """Send the form of a preview with what it holds and some choices."""
    form = soup.select_one("main form[method=post]")
    said = {f["name"]: f.get("value", "") for f in form.select("input[name]:not([type=checkbox])")}
    for choice in form.select("select"):
        chosen = choice.select_one("option[selected]")
        said[choice["name"]] = chosen["value"] if chosen else ""
    return send(client, officer, page(case, "goods-preview"), said | choices)


def counts(soup):
    return [int(text(each).replace(",", "")) for each in soup.select("#counts dd")]


@pytest.fixture
def velundra(lau, hongkong):
    return recorded(lau, hongkong)


def test_a_paste_is_shown_first_and_then_entered_as_it_was_shown(client, chan, case, velundra):
    rows = TITLES + "RR1\tWallet\tvelundra\t2\t\nRR2\tBelt\t薇伦卓\t1\t\nRR3\tCap\t\t\t\n"
    _, soup = pasted(client, chan, case, rows)
    assert counts(soup) == [2, 0, 1]
    assert case.goods.count() == 2
    assert "Fill in this field." in text(soup.find(id="refused").find_parent("section"))
    answer, _ = again(client, chan, case, soup, enter="1")
    assert answer.status_code == 302
    lines = case.goods.filter(line_no__gt=2)
    assert [(each.line_no, each.parcel_number, each.right) for each in lines] == [
        (3, "RR1", velundra),
        (4, "RR2", velundra),
    ]
    _, soup = read(client, chan, page(case))
    assert "2 lines were entered. Lines 3 to 4." in text(soup)
    answer, _ = read(client, chan, page(case, "goods-rejects"))
    said = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(each["reject_line"], each["Waybill"]) for each in said] == [("4", "RR3")]
    assert said[0]["reject_reason"] == "Quantity: Fill in this field."


def test_the_file_of_refused_rows_can_be_mended_and_brought(client, chan, case):
    _, soup = pasted(client, chan, case, TITLES + "RR3\tCap\t\tmany\t\n=RR4\tCap\t\t1\t\n")
    form = soup.select_one("main form[method=post]")
    digest = form.select_one("[name=digest]")["value"]
    answer, _ = send(client, chan, page(case, "goods-rejects"), {"digest": digest})
    mended = answer.content.decode("utf-8-sig").replace("many", "3")
    file = SimpleUploadedFile("rejects.csv", mended.encode())
    answer, _ = send(client, chan, page(case, "goods-paste"), {"file": file})
    _, soup = read(client, chan, answer["Location"])
    assert counts(soup) == [1, 0, 0]


def test_a_mark_that_nobody_recorded_waits_for_the_officer(client, chan, case, velundra):
    _, soup = pasted(client, chan, case, TITLES + "RR1\tWallet\tVELUNDRO\t2\t\n")
    assert counts(soup) == [0, 0, 1]
    assert soup.select_one("button[name=enter]") is None
    select = soup.select_one("fieldset select")
    _, kept = again(client, chan, case, soup, **{select["name"]: "none"})
    assert counts(kept) == [1, 0, 0]
    number = select["name"].replace("right-", "number-")
    _, chosen = again(client, chan, case, soup, **{number: velundra.registration_number})
    assert counts(chosen) == [1, 0, 0]
    again(client, chan, case, chosen, enter="1")
    line = case.goods.get(line_no=3)
    assert (line.right, line.brand) == (velundra, "VELUNDRO")


def test_several_rights_of_one_mark_are_offered_and_none_is_taken(  # noqa: PLR0917 - fixtures
    client, chan, lau, hongkong, case, velundra
):
    other = recorded(lau, hongkong, registration_number="300000002", nice_classes=(25,))
    _, soup = pasted(client, chan, case, TITLES + "RR1\tWallet\tVELUNDRA\t2\t\n")
    select = soup.select_one("fieldset select")
    offered = [option["value"] for option in select.select("option")]
    assert offered == ["", f"pk:{velundra.pk}", f"pk:{other.pk}", "none"]
    _, chosen = again(client, chan, case, soup, **{select["name"]: f"pk:{other.pk}"})
    assert chosen.select_one("fieldset option[selected]")["value"] == f"pk:{other.pk}"
    again(client, chan, case, chosen, enter="1")
    assert case.goods.get(line_no=3).right == other


def test_rows_that_say_the_same_are_flagged_and_entered_unless_left_out(client, chan, case):
    row = "RR1\tWallet\t\t2\t\n"
    goods_add(case=case, goods=[GoodsInput("Belt", Decimal(1), parcel_number="rr-2")], by=chan)
    _, soup = pasted(client, chan, case, TITLES + row + row + "RR2\tBelt\t\t1\t\n")
    assert counts(soup) == [1, 2, 0]
    said = text(soup.find(id="flagged").find_parent("section"))
    assert "Row 2 of the paste says the same." in said
    assert "Line 3 of the case says the same." in said
    _, without = again(client, chan, case, soup, leave_out_same="on")
    assert counts(without) == [1, 0, 2]
    again(client, chan, case, soup, enter="1")
    assert case.goods.count() == 6


def test_what_is_said_for_all_rows_completes_their_values(client, chan, case):
    _, soup = pasted(client, chan, case, TITLES + "RR1\tWallet\t\t2\t35.50\nRR2\tCap\t\t1\t\n")
    assert counts(soup) == [1, 0, 1]
    said = {"currency": "HKD", "value_basis": "assessed", "valued_on": "2014-01-10"}
    _, soup = again(client, chan, case, soup, **said)
    assert counts(soup) == [2, 0, 0]
    again(client, chan, case, soup, enter="1")
    line = case.goods.get(line_no=3)
    assert (line.value_minor, line.currency, line.value_basis) == (3550, "HKD", "assessed")
    assert case.goods.get(line_no=4).currency == ""


def test_what_changed_since_it_was_shown_is_not_entered(client, chan, case):
    _, soup = pasted(client, chan, case, TITLES + "RR1\tWallet\t\t2\t\n")
    goods_add(case=case, goods=[GoodsInput("Belt", Decimal(1))], by=chan)
    answer, shown = again(client, chan, case, soup, enter="1")
    assert answer.status_code == 409
    assert "has changed" in errors(shown)[0]
    assert case.goods.count() == 3


def test_choices_changed_beside_the_button_are_shown_first(client, chan, case):
    row = "RR1\tWallet\t\t2\t\n"
    _, soup = pasted(client, chan, case, TITLES + row + row)
    answer, shown = again(client, chan, case, soup, enter="1", leave_out_same="on")
    assert answer.status_code == 409
    assert counts(shown) == [1, 0, 1]


def test_a_workbook_is_read_as_a_paste_is(client, chan, case):
    book, stream = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["運單編號", "貨物名稱", "數量"])
    book.active.append(["RR1", "錢包", 3])
    book.save(stream)
    file = SimpleUploadedFile("bag.xlsx", stream.getvalue())
    answer, _ = send(client, chan, page(case, "goods-paste"), {"file": file})
    _, soup = read(client, chan, answer["Location"])
    assert counts(soup) == [1, 0, 0]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("", "Paste the rows first"),
        ("Goods\tBrand\nWallet\tVELUNDRA", "No column holds: Quantity."),
    ],
)
def test_a_paste_that_cannot_be_read_is_refused_on_the_page(client, chan, case, rows, said):
    answer, soup = pasted(client, chan, case, rows)
    assert answer.status_code in (400, 422)
    assert said in " ".join(errors(soup))


def test_the_grid_pages_searches_and_totals_without_adding_bases(client, chan, case):
    goods_add(
        case=case,
        goods=[GoodsInput(f"Wallet {n}", Decimal(1), brand="VELUNDRO") for n in range(150)],
        by=chan,
    )
    _, soup = read(client, chan, page(case))
    assert len(soup.find(id="lines").find_parent("section").select("tbody tr")) == 100
    totals = soup.find(id="totals").find_parent("section")
    assert [text(row) for row in totals.select("tbody tr")] == [
        "VELUNDRO no recorded right 150 150 pieces Not valued",
        "No mark 2 92 pieces HKD 7,600 Declared value HKD 13,000 Estimated market value",
    ]
    _, soup = read(client, chan, page(case), {"q": "wallet 149"})
    assert len(soup.find(id="lines").find_parent("section").select("tbody tr")) == 1


def test_a_page_of_the_grid_costs_the_same_however_many_lines(
    client, chan, case, django_assert_max_num_queries
):
    goods_add(case=case, goods=[GoodsInput("Wallet", Decimal(1))] * 300, by=chan)
    client.force_login(chan)
    with django_assert_max_num_queries(16):
        client.get(page(case))


def test_lines_are_withdrawn_and_restored_by_their_numbers(client, chan, case):
    answer, soup = send(client, chan, page(case, "goods-withdraw"), {"lines": "1-2", "reason": ""})
    assert answer.status_code == 422
    assert errors(soup) == ["Reason: Write the reason."]
    send(client, chan, page(case, "goods-withdraw"), {"lines": "1-2", "reason": "wrong bag"})
    assert not case.goods.exists()
    _, soup = read(client, chan, page(case), {"show": "withdrawn"})
    assert len(soup.find(id="lines").find_parent("section").select("tbody tr")) == 2
    send(client, chan, page(case, "goods-restore"), {"lines": "2"})
    assert [line.line_no for line in case.goods.all()] == [2]


@pytest.mark.parametrize("lines", ["", "all", "5-", "7-3", "1-99999999"])
def test_numbers_that_cannot_be_read_withdraw_nothing(client, chan, case, lines):
    data = {"lines": lines, "reason": "x"}
    assert send(client, chan, page(case, "goods-withdraw"), data)[0].status_code == 422
    assert case.goods.count() == 2


def test_a_line_is_put_right_and_shows_what_it_said(client, chan, case):
    address = page(case, "goods-line", 1)
    _, soup = read(client, chan, address)
    form = soup.find(id="amend").find_parent("section").form
    said = {f["name"]: f.get("value", "") for f in form.select("input[name]")}
    for choice in form.select("select"):
        chosen = choice.select_one("option[selected]")
        said[choice["name"]] = chosen["value"] if chosen else ""
    answer, _ = send(client, chan, address, said | {"quantity": "51", "reason": "counted again"})
    assert answer.status_code == 302
    assert case.goods.get(line_no=1).quantity == 51
    _, soup = read(client, chan, address)
    changes = text(soup.find(id="changes").find_parent("section"))
    assert "counted again" in changes
    assert "Quantity: 52 pieces" in changes
    assert "Value: HKD 13,000" in changes
    assert GoodsChange.objects.count() == 1


def test_a_line_is_split_with_rows_that_grow(client, chan, case, velundra):
    rows = {
        "parts-TOTAL_FORMS": "2",
        "parts-INITIAL_FORMS": "0",
        "parts-0-quantity": "50",
        "parts-1-quantity": "2",
        "parts-1-registration": velundra.registration_number,
    }
    _, soup = send(client, chan, page(case, "goods-split", 1), rows | {"add-row": "parts"})
    assert soup.select_one("[name=parts-2-quantity]") is not None
    wrong = rows | {"parts-0-quantity": "51"}
    answer, soup = send(client, chan, page(case, "goods-split", 1), wrong)
    assert answer.status_code == 422
    assert "come to 53" in errors(soup)[0]
    assert send(client, chan, page(case, "goods-split", 1), rows)[0].status_code == 302
    assert [(each.quantity, each.right) for each in case.goods.exclude(line_no=2)] == [
        (50, None),
        (2, velundra),
    ]


def test_a_line_is_copied(client, chan, case):
    send(client, chan, page(case, "goods-clone", 1), {"copies": "3"})
    assert [line.line_no for line in case.goods.all()] == [1, 2, 3, 4, 5]
    assert send(client, chan, page(case, "goods-clone", 1), {"copies": "0"})[0].status_code == 422


def test_exported_goods_are_read_back(client, chan, case, velundra):
    goods_add(
        case=case,
        goods=[GoodsInput("=Wallet", Decimal("1.5"), unit="KGM", right=velundra, brand="VE")],
        by=chan,
    )
    answer, _ = read(client, chan, page(case, "goods-export"))
    file = SimpleUploadedFile("goods.csv", answer.content)
    answer, _ = send(client, chan, page(case, "goods-paste"), {"file": file})
    _, soup = read(client, chan, answer["Location"])
    again(client, chan, case, soup, enter="1")
    fields = ("description", "quantity", "unit", "right", "brand", "value_minor", "valued_on")
    lines = GoodsLine.objects.filter(case=case).order_by("line_no")
    said = list(lines.values_list(*fields))
    assert said[3:] == said[:3]


def test_goods_of_a_closed_case_are_shown_and_not_changed(client, wu, case):
    for act in ("clear-suspicion", "release"):
        case_act(case=case, act=act, acted_on=case.opened_on, reason="genuine", by=wu)
    for name, args in (("goods", ()), ("goods-line", (1,))):
        _, soup = read(client, wu, page(case, name, *args))
        assert soup.select("main form[method=post]") == []
    data = {"lines": "1", "reason": "x"}
    assert send(client, wu, page(case, "goods-withdraw"), data)[0].status_code == 422
    assert case.goods.count() == 2


def test_who_only_reads_changes_nothing_and_an_outsider_sees_nothing(client, mak, ho, case):
    _, soup = read(client, mak, page(case))
    assert soup.select("main form[method=post]") == []
    for name in ACTIONS:
        assert send(client, mak, page(case, f"goods-{name}"))[0].status_code == 403
        assert send(client, ho, page(case, f"goods-{name}"))[0].status_code == 404
    assert send(client, mak, page(case, "goods-line", 1), {"quantity": "1"})[0].status_code != 302
    assert read(client, ho, page(case))[0].status_code == 404


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_pages_speak_three_languages_and_leak_no_component(client, chan, case, settings, code):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = code
    send(client, chan, page(case, "goods-paste"), {"rows": TITLES + "RR1\tCap\tNOBODY\tx\t\n"})
    for name, args in (("goods", ()), ("goods-preview", ()), ("goods-line", (1,))):
        response, soup = read(client, chan, page(case, name, *args))
        assert response.status_code == 200
        assert soup.html["lang"] == LANGUAGES[code]
        assert b"<c-" not in response.content
        assert b"{%" not in response.content
