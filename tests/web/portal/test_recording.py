"""Recording a right in the portal: one topic on a page, for whatever the law files ask."""

from __future__ import annotations

import re

import pytest
from tests.filing import complete, file_in, papers_add
from tests.web.portal.conftest import paper, picture
from tests.web.reading import errors, read, send, text

from countermark.apps.accounts.selectors import administration_get
from countermark.apps.register.models import Document, Recordation
from countermark.apps.register.services import recordation_draft
from countermark.lawbook import recordation_needs, right_types
from countermark.web.portal.topic_forms import topics_of

pytestmark = pytest.mark.django_db
START = "/portal/files/new/"


@pytest.fixture
def draft(ann, meridian, hongkong):
    return recordation_draft(
        by=ann, holder=meridian, administration=hongkong, right_type="trade-mark"
    )


def at(file, topic):
    return f"/portal/files/{file.pk}/topics/{topic}/"


def values(soup) -> dict[str, str]:
    """Return what the browser would send of a form, buttons aside."""
    form = soup.select_one("main form")
    said = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        if field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            said[field["name"]] = chosen["value"]
        elif field.name == "textarea":
            said[field["name"]] = field.text.removeprefix("\n")
        elif field.get("type") not in ("file", "checkbox", "radio"):
            said[field["name"]] = field.get("value", "")
    return said


def filled(client, who, file, topic, do="continue", **changes):
    _, soup = read(client, who, at(file, topic))
    return send(client, who, at(file, topic), values(soup) | changes | {"do": do})


def test_the_questions_before_a_file_come_one_at_a_time(client, bo):
    _, soup = read(client, bo, START)
    assert len(soup.select("input[name=holder]")) == 2
    holder = soup.select_one("input[name=holder]")["value"]
    _, soup = read(client, bo, START, {"holder": holder, "asked": "holder"})
    assert [each["value"] for each in soup.select("input[name=administration]")] == ["cn-gd", "hk"]
    _, soup = read(client, bo, START, {"holder": holder, "administration": "hk"})
    assert [each["value"] for each in soup.select("input[name=type]")] == [
        "copyright",
        "trade-mark",
    ]
    answer, _ = send(
        client, bo, START, {"holder": holder, "administration": "hk", "type": "trade-mark"}
    )
    made = Recordation.objects.get()
    assert answer["Location"] == f"/portal/files/{made.pk}/"
    assert (made.state, made.applicant_id) == ("draft", int(holder))
    assert made.content["contacts"][0]["email"] == "bo@agents.example"


def test_who_speaks_for_one_holder_is_not_asked_for_which(client, ann):
    _, soup = read(client, ann, START)
    assert not soup.select("input[name=holder][type=radio]")
    assert soup.select("input[name=administration]")


def test_a_question_without_an_answer_is_asked_again_with_a_summary(client, ann):
    response, soup = read(client, ann, START, {"asked": "administration"})
    assert response.status_code == 422
    assert errors(soup) == ["Choose one."]
    assert soup.select_one(".summary a")["href"] == "#id_choice_0"


@pytest.mark.parametrize("code", ["hk", "cn-gd"])
def test_kinds_that_are_not_recorded_are_shown_with_the_reason_of_the_law(client, ann, code):
    _, soup = read(client, ann, START, {"administration": code})
    offered = {each["value"] for each in soup.select("input[name=type]")}
    shown = text(soup.select_one(".asks"))
    for kind in right_types().values():
        assert (kind.code in offered) != (kind.names.en in shown)


def test_nobody_can_begin_a_file_of_a_kind_that_is_not_recorded(client, ann):
    response, soup = send(client, ann, START, {"administration": "hk", "type": "design"})
    assert response.status_code == 422
    assert errors(soup) == ["This administration does not record this type of right."]
    assert not Recordation.objects.exists()


@pytest.mark.parametrize("kind", sorted(right_types()))
@pytest.mark.parametrize("code", ["hk", "cn-gd"])
def test_every_topic_of_every_kind_has_a_page(client, ann, meridian, code, kind):
    office = administration_get(code=code)
    if not recordation_needs(office.law, kind):
        return
    file = Recordation.objects.create(
        administration=office, applicant=meridian, right_type=kind, state="draft", created_by=ann
    )
    for topic in topics_of(file):
        response, soup = read(client, ann, at(file, topic))
        assert response.status_code == 200
        named = [
            need.names.en for need in recordation_needs(office.law, kind) if need.topic == topic
        ]
        shown = text(soup.main)
        assert [name for name in named if name not in shown] == []


def test_what_is_written_is_kept_and_leads_to_the_next_topic(client, ann, draft):
    answer, _ = filled(
        client,
        ann,
        draft,
        "right",
        registration_number="304561234",
        word="VELUNDRA",
        word_zh_hant="薇倫卓",
        nice_classes="25, 18",
        goods="bags",
        valid_from="2020-01-01",
        valid_until="2030-01-01",
        **{"fact-translation": "none"},
    )
    assert answer["Location"] == at(draft, "contacts")
    draft.refresh_from_db()
    assert draft.content["nice_classes"] == [18, 25]
    assert draft.content["word_zh_hant"] == "薇倫卓"
    assert draft.content["facts"]["translation"] == "none"
    _, soup = read(client, ann, at(draft, "right"))
    assert soup.select_one("[name=nice_classes]")["value"] == "18, 25"
    assert soup.select_one("[name=valid_until]")["value"] == "2030-01-01"


def test_going_on_insists_on_what_is_needed_and_links_to_each_field(client, ann, draft):
    response, soup = filled(client, ann, draft, "right")
    assert response.status_code == 422
    assert len(errors(soup)) == 6
    for link in soup.select(".summary a"):
        assert soup.select_one(link["href"])
    assert soup.select_one("#id_registration_number")["aria-invalid"] == "true"
    draft.refresh_from_db()
    assert "goods" not in draft.content


def test_one_may_save_half_and_come_back(client, ann, draft):
    answer, _ = filled(client, ann, draft, "right", do="later", word="VELUNDRA")
    assert answer["Location"] == f"/portal/files/{draft.pk}/"
    draft.refresh_from_db()
    assert draft.content["word"] == "VELUNDRA"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("nice_classes", "99"), "Classes are numbers from 1 to 45."),
        (("nice_classes", "bags"), "Write the classes as numbers, such as 18, 25."),
        (("valid_until", "1999-01-01"), "This day is before the first."),
        (("valid_from", "soon"), "Write the day as year-month-day, such as 2026-01-16."),
    ],
)
def test_what_cannot_be_right_is_refused_even_when_saving_for_later(
    client, ann, draft, wrong, said
):
    field, value = wrong
    given = {"valid_from": "2020-01-01"} | {field: value}
    response, soup = filled(client, ann, draft, "right", do="later", **given)
    assert response.status_code == 422
    assert [each for each in errors(soup) if each.endswith(said)]
    assert text(soup.select_one(f"#id_{field}_error")).endswith(said)


def test_a_mark_that_is_a_picture_needs_no_word(client, ann, draft):
    response, soup = filled(
        client, ann, draft, "right", **{"fact-mark_description": "A heron in a circle"}
    )
    assert response.status_code == 422
    assert not [each for each in errors(soup) if "script" in each]


def test_rows_are_added_and_taken_out_without_losing_what_is_written(client, ann, draft):
    _, soup = filled(client, ann, draft, "contacts", do="add-contacts")
    assert len(soup.select("[name$='-name']")) == 2
    first = values(soup) | {"contacts-0-phone": "+852 1", "contacts-1-name": "Ng Suk-fan"}
    _, soup = send(client, ann, at(draft, "contacts"), first | {"do": "add-contacts"})
    assert soup.select_one("[name=contacts-1-name]")["value"] == "Ng Suk-fan"
    _, soup = send(client, ann, at(draft, "contacts"), values(soup) | {"do": "drop-contacts-0"})
    assert soup.select_one("[name=contacts-0-name]")["value"] == "Ng Suk-fan"
    send(client, ann, at(draft, "contacts"), values(soup) | {"do": "continue"})
    draft.refresh_from_db()
    assert [row["name"] for row in draft.content["contacts"]] == ["Ng Suk-fan"]


def test_a_row_that_names_nobody_is_refused(client, ann, draft):
    response, soup = filled(client, ann, draft, "contacts", **{"contacts-0-phone": "+852 1"})
    assert response.status_code == 422
    assert errors(soup) == ["Name: Write the name."]


def test_licensees_are_kept_with_their_period_and_proof(client, ann, meridian, guangdong):
    file = recordation_draft(
        by=ann, holder=meridian, administration=guangdong, right_type="trade-mark"
    )
    answer, _ = filled(
        client,
        ann,
        file,
        "parties",
        **{
            "statement-licensing": "Pelican only",
            "parties-0-name": "Pelican Bags Ltd",
            "parties-0-role": "importer",
            "parties-0-valid_until": "2029-12-31",
            "parties-0-proof": "contract of 2024-01-01",
        },
    )
    assert answer.status_code == 302
    file.refresh_from_db()
    assert file.content["statements"] == {"licensing": "Pelican only"}
    assert file.content["parties"] == [
        {
            "name": "Pelican Bags Ltd",
            "role": "importer",
            "valid_until": "2029-12-31",
            "proof": "contract of 2024-01-01",
        }
    ]


def test_what_the_register_has_of_the_holder_is_shown_and_what_it_lacks_is_asked(
    client, ann, meridian, guangdong
):
    meridian.address = ""
    meridian.save()
    file = recordation_draft(
        by=ann, holder=meridian, administration=guangdong, right_type="trade-mark"
    )
    _, soup = read(client, ann, at(file, "holder"))
    assert "GB" in text(soup.select_one(".kv"))
    assert not soup.select("[name=holder_country]")
    filled(client, ann, file, "holder", holder_address="1 Quay, London")
    meridian.refresh_from_db()
    assert meridian.address == "1 Quay, London"


def test_papers_are_uploaded_shown_and_taken_out(client, ann, draft):
    files = {
        "file-certificate": [paper(), paper("second.pdf")],
        "caption-certificate": "both pages",
    }
    answer, _ = filled(client, ann, draft, "documents", do="upload", **files)
    assert answer["Location"] == at(draft, "documents")
    kept = list(Document.objects.filter(recordation=draft))
    assert [(each.filename, each.caption) for each in kept] == [
        ("certificate.pdf", "both pages"),
        ("second.pdf", "both pages"),
    ]
    _, soup = read(client, ann, at(draft, "documents"))
    assert soup.find("a", string="second.pdf")
    shown = client.get(f"/portal/documents/{kept[0].pk}/")
    assert shown["Content-Disposition"].startswith("attachment")
    assert shown.getvalue().startswith(b"%PDF")
    filled(client, ann, draft, "documents", do=f"remove-{kept[0].pk}")
    _, soup = read(client, ann, at(draft, "documents"))
    assert not soup.find("a", string="certificate.pdf")


def test_a_picture_is_drawn_again_and_shown_in_the_page(client, ann, draft):
    filled(client, ann, draft, "images", do="upload", **{"file-genuine_image": picture()})
    _, soup = read(client, ann, at(draft, "images"))
    shown = client.get(soup.select_one(".files img")["src"])
    assert shown["Content-Type"] == "image/jpeg"
    assert shown["Cache-Control"] == "private, no-store"
    assert shown.getvalue().startswith(b"\xff\xd8")


def test_a_bad_paper_is_refused_beside_its_input_and_the_good_one_kept(client, ann, draft):
    files = {
        "file-certificate": [paper()],
        "file-examiner_appointment": [paper("letter.pdf", b"<script>")],
    }
    response, soup = filled(client, ann, draft, "documents", **files)
    assert response.status_code == 422
    assert "letter.pdf" in errors(soup)[0]
    assert soup.select_one(soup.select_one(".summary a")["href"])["type"] == "file"
    assert [each.role for each in Document.objects.all()] == ["certificate"]


def test_a_missing_paper_is_insisted_on_when_going_on(client, ann, draft):
    response, soup = filled(client, ann, draft, "documents")
    assert response.status_code == 422
    assert errors(soup) == [
        "Hong Kong registration certificate: This is needed. Choose a file.",
        "Letter appointing the examiner: This is needed. Choose a file.",
    ]


def test_only_a_paper_of_this_very_page_is_taken_out(client, ann, draft, meridian, guangdong):
    other = file_in("draft", administration=guangdong, holder=meridian, by=ann)
    foreign = other.documents.first()
    response, _ = filled(client, ann, draft, "documents", do=f"remove-{foreign.pk}")
    assert response.status_code == 422
    foreign.refresh_from_db()
    assert foreign.removed_at is None


def test_a_page_that_somebody_changed_meanwhile_is_not_written_over(client, ann, bo, draft):
    _, old = read(client, ann, at(draft, "right"))
    filled(client, bo, draft, "right", do="later", word="VELUNDRA")
    response, soup = send(
        client, ann, at(draft, "right"), values(old) | {"word": "OTHER", "do": "later"}
    )
    assert response.status_code == 422
    assert "changed this file" in errors(soup)[0]
    draft.refresh_from_db()
    assert draft.content["word"] == "VELUNDRA"


def test_a_change_elsewhere_in_the_file_does_not_stand_in_the_way(client, ann, bo, draft):
    _, old = read(client, ann, at(draft, "right"))
    filled(client, bo, draft, "goods", do="later", **{"statement-genuine_features": "seam"})
    answer, _ = send(client, ann, at(draft, "right"), values(old) | {"word": "V", "do": "later"})
    assert answer.status_code == 302


def test_topic_pages_are_never_kept_by_the_browser(client, ann, draft):
    response, _ = read(client, ann, at(draft, "right"))
    assert "no-store" in response["Cache-Control"]


def test_a_topic_the_law_does_not_ask_for_is_not_there(client, ann, draft):
    assert read(client, ann, at(draft, "weather"))[0].status_code == 404


# handing in


@pytest.fixture
def whole(ann, meridian, hongkong):
    return file_in("draft", administration=hongkong, holder=meridian, by=ann)


def test_all_answers_stand_on_one_page_each_with_a_way_to_change_it(client, ann, whole):
    _, soup = read(client, ann, f"/portal/files/{whole.pk}/check/")
    links = [each["href"] for each in soup.select(".card header a")]
    assert links == [f"{at(whole, topic)}?back=check" for topic in topics_of(whole)]
    assert "VELUNDRA" in text(soup.main)


def test_changing_an_answer_leads_back_to_all_of_them(client, ann, whole):
    _, soup = read(client, ann, at(whole, "goods"), {"back": "check"})
    answer, _ = send(client, ann, at(whole, "goods"), values(soup) | {"do": "continue"})
    assert answer["Location"] == f"/portal/files/{whole.pk}/check/"


def test_a_complete_file_is_handed_in_with_the_declaration(client, ann, whole):
    address = f"/portal/files/{whole.pk}/check/"
    response, soup = send(client, ann, address, {})
    assert response.status_code == 422
    assert errors(soup) == ["Declare that what the file says is true."]
    answer, _ = send(client, ann, address, {"declared": "yes"})
    assert answer["Location"] == f"/portal/files/{whole.pk}/filed/"
    whole.refresh_from_db()
    assert whole.state == "submitted"
    _, soup = read(client, ann, answer["Location"])
    assert "with customs" in text(soup.h1)


def test_an_incomplete_file_says_what_is_missing_and_where(client, ann, draft):
    address = f"/portal/files/{draft.pk}/check/"
    _, soup = read(client, ann, address)
    assert not soup.select("[name=declared]")
    response, soup = send(client, ann, address, {"declared": "yes"})
    assert response.status_code == 422
    links = [each["href"] for each in soup.select(".summary a")]
    assert f"{at(draft, 'right')}?back=check" in links
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_what_cannot_be_recorded_is_said_before_it_is_handed_in(client, ann, whole):
    whole.content |= {"nice_classes": [99]}
    whole.save()
    _, soup = read(client, ann, f"/portal/files/{whole.pk}/check/")
    assert "Nice classes" in text(soup.select_one(".alert.warn"))
    response, _ = send(client, ann, f"/portal/files/{whole.pk}/check/", {"declared": "yes"})
    assert response.status_code == 422
    whole.refresh_from_db()
    assert whole.state == "draft"


def test_the_score_rises_with_what_is_said_to_raise_it(client, ann, draft):
    address = f"/portal/files/{draft.pk}/"
    _, soup = read(client, ann, address)
    before = int(soup.progress["value"])
    assert re.search(r"\+\d", text(soup.select_one(".raises")))
    filled(client, ann, draft, "goods", **{"statement-genuine_features": "a double seam"})
    _, soup = read(client, ann, address)
    assert int(soup.progress["value"]) > before
    papers_add(draft, ann)
    draft.content = complete("hk", "trade-mark")
    draft.save()
    _, soup = read(client, ann, address)
    assert not soup.select(".raises .chip.warn")
