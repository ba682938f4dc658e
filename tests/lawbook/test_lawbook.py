from __future__ import annotations

import shutil
from datetime import date

import pytest

from countermark import lawbook as module
from countermark.domain.errors import NotFound, TermNotInForce
from countermark.domain.vocabulary import ValueBasis, Verification
from countermark.lawbook import (
    Lawbook,
    LawFileError,
    administration,
    calendar,
    citation,
    instrument,
    law_folder,
    lawbook,
    member,
    procedure_in_force,
    procedures,
    protection,
    unrecorded,
    working_calendars,
)

EX_OFFICIO = "cn/procedures/ex-officio.toml"


@pytest.fixture
def copy(tmp_path):
    """A copy of the law folder that a test may spoil."""
    return shutil.copytree(law_folder(), tmp_path / "law")


def spoil(copy, name, old, new):
    path = copy / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return Lawbook(copy)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (EX_OFFICIO, "starts_in =", "begins_in =", "starts_in: is missing"),
        (EX_OFFICIO, "working_days = 3", "working_days = 0", "must be at least 1"),
        (EX_OFFICIO, "working_days = 3", 'working_days = "3"', "must be int"),
        (EX_OFFICIO, "working_days = 3", "working_days = true", "must be int"),
        (EX_OFFICIO, "working_days = 3", "working_days = 3\nmonths = 1", "give one of"),
        (EX_OFFICIO, 'needs = ["in-time"]', 'needs = ["on-mondays"]', "is no guard"),
        (EX_OFFICIO, 'who = ["officer", "supervisor"]', 'who = ["minister"]', "must be some of"),
        (EX_OFFICIO, 'to = "suspended"', 'to = "nowhere"', "nowhere: no such state"),
        (EX_OFFICIO, 'on_expiry = "record-no-answer"', 'on_expiry = "pray"', "pray: no such act"),
        (EX_OFFICIO, 'from = ["release-due"]', 'from = ["released"]', "leaves a final state"),
        (EX_OFFICIO, 'first_day = "next-day"', 'first_day = "monday"', "'monday' is none of"),
        (EX_OFFICIO, 'verification = "verified"', 'verification = "sure"', "'sure' is none of"),
        (EX_OFFICIO, 'calendar = "cn/working-days"', 'calendar = "cn/moon"', "no such calendar"),
        (EX_OFFICIO, "regulations#16", "regulations#99", "is not in instruments.toml"),
        (EX_OFFICIO, 'code = "cn/ex-officio"', 'code = "hk/ex-officio"', "must begin with cn/"),
        (EX_OFFICIO, 'name.zh-Hant = "暫緩放行"', 'name.pt = "x"', "zh-Hant: is missing"),
        (EX_OFFICIO, 'name.zh-Hant = "暫緩放行"', 'name.zh-Hant = ""', "must be given in en"),
        (EX_OFFICIO, 'code = "released"', 'code = "disposed"', "a code stands twice"),
        (EX_OFFICIO, 'to = "suspended"', 'to = "suspended"\nif = "x > 1"', "if: is not a key"),
        (EX_OFFICIO, 'who = ["officer", "supervisor"]', "who = [1]", "must hold strings only"),
        (EX_OFFICIO, "[[terms]]", "[[terms", "is not TOML"),
        ("cn/administration.toml", 'code = "cn"', 'code = "mo"', "must be 'cn'"),
        ("cn/thresholds.toml", "{ flat_minor = 10_000_000 },", "", "no upper limit"),
        ("cn/thresholds.toml", "bands = [{ percent", "bands = [1, { percent", "must be a table"),
        ("cn/calendars/2014.toml", "year = 2014", "year = 2015", "does not match the file's name"),
        ("cn/calendars/2014.toml", "day = 2014-10-01", "day = 2015-10-01", "of another year"),
        ("cn/calendars.toml", '"saturday"', '"caturday"', "must be some of: monday"),
        ("cn/instruments.toml", 'number = "24.2"', 'number = "24(2)"', "is not an article"),
        ("cn/instruments.toml", "in_force_to = 2026-12-31", "in_force_to = 2027-01-01", "overlap"),
        ("cn/instruments.toml", 'code = "cn/patent-law"', 'code = "hk/patent-law"', "begin with"),
        (
            "cn/recordation.toml",
            'in_force = ["in-force"',
            'in_force = ["alive"',
            "alive: no such state",
        ),
        ("cn/recordation.toml", '"amendment-filed"]', '"revoked"]', "revoked: is a final state"),
        ("cn/recordation.toml", 'approve = "grant"', 'bless = "grant"', "bless: no such act"),
        ("cn/recordation.toml", 'approve = "grant"', 'approve = "bless"', "'bless' is none of"),
        ("cn/recordation.toml", 'lapse = "lapse"', "", "no act is to lapse a recordation"),
        ("cn/recordation.toml", 'who = ["system"]', 'who = ["minister"]', "must be some of"),
        (
            "cn/recordation.toml",
            'calendar = "cn/working-days"',
            'calendar = "cn/moon"',
            "no such cal",
        ),
        ("cn/recordation.toml", "regulations#11", "regulations#99", "is not in instruments.toml"),
        ("cn/recordation.toml", "[effects]", "[effect]", "effects: is missing"),
        ("cn/rights.toml", "right_years = 10", 'right_years = "10"', "must be int"),
        ("cn/rights.toml", 'kind = "field"', 'kind = "wish"', "'wish' is none of"),
        ("cn/rights.toml", "measures#6", "measures#66", "is not in instruments.toml"),
        ("hk/rights.toml", '"utility-model", "design"', '"copyright"', "is recorded as well"),
        ("rights/design.toml", 'code = "design"', 'code = "sign"', "must be 'design'"),
        ("rights/design.toml", '"goods"]', '"colour"]', "colour: no such field"),
        ("rights/design.toml", 'required = ["reg', 'required = ["nice_classes", "reg', "not among"),
        ("rights/design.toml", 'kind = "date"', 'kind = "moon"', "'moon' is none of"),
        (
            "cn/rights.toml",
            'type = "copyright"',
            'type = "copywrong"',
            "copywrong: no such kind of right",
        ),
    ],
)
def test_a_spoilt_file_is_refused_with_its_name_and_the_key(copy, name, old, new, said):
    book = spoil(copy, name, old, new)
    with pytest.raises(LawFileError) as refused:
        _ = book.laws
    assert said in str(refused.value)
    assert str(refused.value).startswith(name.partition("/")[0])


def test_a_term_that_ends_before_it_begins_is_refused(copy):
    book = spoil(copy, EX_OFFICIO, "in_force_to = 2018-03-18", "in_force_to = 2001-01-01")
    with pytest.raises(LawFileError, match="is before in_force_from"):
        _ = book.laws


def test_a_missing_file_and_an_empty_folder_are_named(copy, tmp_path):
    (copy / "hk" / "thresholds.toml").unlink()
    with pytest.raises(LawFileError, match=r"hk/thresholds\.toml: cannot be read"):
        _ = Lawbook(copy).laws
    with pytest.raises(LawFileError, match="holds no law folder"):
        _ = Lawbook(tmp_path / "nowhere").laws


def test_a_year_missing_between_two_is_refused(copy):
    (copy / "cn" / "calendars" / "2020.toml").unlink()
    with pytest.raises(LawFileError, match="without a gap"):
        _ = Lawbook(copy).laws


def test_two_versions_of_a_procedure_may_not_overlap(copy):
    folder = copy / "cn" / "procedures"
    shutil.copy(folder / "ex-officio.toml", folder / "ex-officio-again.toml")
    with pytest.raises(LawFileError, match="two versions overlap"):
        _ = Lawbook(copy).laws


def test_a_third_administration_is_a_copied_folder_with_its_own_codes(copy):
    for path in shutil.copytree(copy / "cn", copy / "mo").rglob("*.toml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('"cn', '"mo'), encoding="utf-8")
    book = Lawbook(copy)
    assert book.procedure("mo/ex-officio", date(2026, 1, 5)).law == "mo"


def test_a_new_version_of_a_procedure_applies_from_its_day(copy):
    folder = copy / "cn" / "procedures"
    old = (folder / "ex-officio.toml").read_text(encoding="utf-8")
    head = "in_force_from = 2010-04-01\n"
    (folder / "ex-officio.toml").write_text(
        old.replace(head, head + "in_force_to = 2027-12-31\n", 1), encoding="utf-8"
    )
    new = old.replace(head, "in_force_from = 2028-01-01\n", 1).replace(
        'starts_in = "suspected"', 'starts_in = "suspended"', 1
    )
    (folder / "ex-officio-2028.toml").write_text(new, encoding="utf-8")
    book = Lawbook(copy)
    days = (date(2027, 12, 31), date(2028, 1, 1))
    starts = [book.procedure("cn/ex-officio", day).starts_in for day in days]
    assert starts == ["suspected", "suspended"]


def test_a_procedure_is_found_by_its_code_on_days_when_it_is_law():
    assert procedure_in_force("hk/criminal-seizure", on=date(2013, 11, 5)).law == "hk"
    with pytest.raises(TermNotInForce):
        procedure_in_force("cn/on-application", on=date(2013, 11, 5))
    with pytest.raises(NotFound):
        procedure_in_force("cn/on-a-whim", on=date(2026, 1, 5))
    codes = [each.code for each in procedures("cn", on=date(2026, 1, 5))]
    assert codes == ["cn/ex-officio", "cn/on-application"]


def test_a_notice_cites_the_article_of_the_law_of_its_day():
    source = "cn/trade-mark-law#same-mark-same-goods"
    before, after = (citation(source, on=day) for day in (date(2026, 12, 31), date(2027, 1, 1)))
    assert before.text("en") == "Trade Mark Law, art. 57(1)"
    assert after.text("en") == "Trade Mark Law, art. 72(1)"
    assert after.text("zh-hans") == "《商标法》第七十二条第（一）项"
    assert (before.code, after.code) == ("cn/trade-mark-law#57.1", "cn/trade-mark-law#72.1")


@pytest.mark.parametrize(
    ("provision", "old", "new"),
    [
        ("term", "39", "43"),
        ("renewal", "40", "44"),
        ("infringing-acts", "57", "72"),
        ("fair-use", "59", "73"),
        ("enforcement", "60", "74"),
        ("damages-and-destruction", "63", "77"),
    ],
)
def test_the_trade_mark_law_is_renumbered_on_1_january_2027(provision, old, new):
    source = f"cn/trade-mark-law#{provision}"
    numbers = [citation(source, on=date(year, 6, 30)).article.number for year in (2026, 2027)]
    assert numbers == [old, new]


@pytest.mark.parametrize(
    ("source", "language", "text"),
    [
        (
            "cn/ipr-customs-regulations#24.2",
            "zh-hans",
            "《知识产权海关保护条例》第二十四条第（二）项",
        ),
        ("cn/ipr-customs-regulations#20", "zh-hant", "《知識產權海關保護條例》第二十條"),
        ("cn/ipr-customs-regulations#10", "zh-hans", "《知识产权海关保护条例》第十条"),
        ("cn/ipr-customs-regulations#16", "zh-hans", "《知识产权海关保护条例》第十六条"),
        (
            "cn/customs-penalty-regulations#25.2",
            "zh-hans",
            "《海关行政处罚实施条例》第二十五条第二款",
        ),
        ("hk/cap-60#27.5", "en", "Import and Export Ordinance (Cap. 60), s. 27(5)"),
        ("hk/cap-60#27.5", "zh-hant", "《進出口條例》（第60章）第27(5)條"),
        ("hk/cap-149#schedule", "en", "General Holidays Ordinance (Cap. 149), Schedule"),
        ("hk/cap-149#schedule", "zh-hant", "《公眾假期條例》（第149章）附表"),
    ],
)
def test_a_citation_is_written_as_lawyers_write_it(source, language, text):
    assert citation(source, on=date(2026, 1, 5)).text(language) == text


@pytest.mark.parametrize(
    ("number", "text"), [(100, "一百"), (105, "一百零五"), (112, "一百一十二")]
)
def test_articles_above_a_hundred_are_numbered_in_chinese(copy, number, text):
    old = '{ number = "64",'
    book = spoil(copy, "cn/instruments.toml", old, f'{{ number = "{number}", gist = "" }}, {old}')
    found = book.citation(f"cn/customs-penalty-regulations#{number}", date(2026, 1, 5))
    assert found.text("zh-hans") == f"《海关行政处罚实施条例》第{text}条"


def test_a_citation_says_how_far_it_was_checked():
    assert citation("hk/cap-60#27.5", on=date(2026, 1, 5)).verification is Verification.VERIFIED
    old = citation("cn/ipr-customs-regulations#24.2", on=date(2014, 1, 6))
    assert (old.edition.edition, old.verification) == ("2010", Verification.RECALLED)
    recalled = citation("hk/cap-362#12", on=date(2026, 1, 5))
    assert recalled.verification is Verification.RECALLED


@pytest.mark.parametrize("source", ["cn/no-such-law#1", "cn/trade-mark-law#1", "nowhere"])
def test_what_is_not_in_the_law_folder_is_not_cited(source):
    with pytest.raises(NotFound):
        citation(source, on=date(2026, 1, 5))


def test_a_law_is_not_cited_for_a_day_before_its_first_edition():
    with pytest.raises(TermNotInForce):
        citation("cn/trade-mark-law#57", on=date(2014, 1, 6))
    assert instrument("cn/trade-mark-law").edition(date(2026, 1, 5)).edition == "2019"


def test_calendars_are_found_by_name_with_their_sources():
    mainland = calendar("cn/working-days")
    assert mainland.days.until == date(2026, 12, 31)
    assert {year.verification for year in mainland.years} == {Verification.COMPUTED}
    assert mainland.days.is_working(date(2014, 5, 4))
    hongkong = working_calendars("hk")
    saturday = date(2014, 9, 13)
    assert hongkong["hk/general-holidays"].is_working(saturday)
    assert not hongkong["hk/court-short-periods"].is_working(saturday)
    assert all(map(hongkong["hk/every-day"].is_working, (saturday, date(2031, 12, 25))))
    with pytest.raises(NotFound):
        calendar("cn/moon")


def test_each_side_says_what_it_is_called_and_what_its_figures_measure():
    assert administration("cn").currency == "CNY"
    assert member("cn-gd").case_prefix == "GD"
    assert member("hk").short.zh_hant == "香港海關"
    bases = {each.use: each.basis for each in lawbook().law("hk").bases}
    assert bases["statistics"] is ValueBasis.MARKET
    with pytest.raises(NotFound):
        administration("mo")


def test_only_word_marks_are_screened_and_patents_are_outside_hong_kongs_action():
    screened = [code for code, each in lawbook().right_types.items() if each.screened]
    assert screened == ["trade-mark"]
    assert protection("cn", "patent-invention").recordation_years == 10
    assert protection("hk", "patent-invention") is None
    assert "Cap. 362" in unrecorded("hk", "patent-invention").reason.en


def test_the_folder_may_be_named_and_is_found_in_a_package_otherwise(copy, monkeypatch, tmp_path):
    monkeypatch.setenv("COUNTERMARK_LAW", str(copy))
    assert law_folder() == copy
    monkeypatch.delenv("COUNTERMARK_LAW")
    monkeypatch.setattr(module, "_PACKAGE", tmp_path / "a" / "b" / "countermark")
    assert law_folder() == tmp_path / "a" / "b" / "countermark" / "law"
