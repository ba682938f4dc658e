"""Every sentence is written in all three languages, each in its own words."""

from __future__ import annotations

import re

import pytest
from tools.messages import LANGUAGES, catalogue, template

PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z_]+\}")
# style-zh: words that belong to Taiwan or to the other side of the boundary
STRANGERS = {
    "zh_Hant": re.compile(
        "智慧財產|查扣|仿冒品|稽核|登錄|金鑰|資訊安全|信息|視頻|質量|用戶名|打擊力度|您|百萬"
    ),
    "zh_Hans": re.compile("检获|冒牌|侦破.{0,6}宗|上载|储存|帐户|工作天|公众假期|阁下|品质"),
}
# Characters that exist on one side only, and are common enough to betray a conversion left undone.
SIMPLIFIED = (
    "个们时会对关开单发处说认这还进过种类线级统计报权证请问门间应数据录备样让议试详该读课调谁谈"
)
TRADITIONAL = (
    "個們時會對關開單發處說認這還進過種類線級統計報權證請問門間應數據錄備樣讓議試詳該讀課調誰談"
)
SCRIPT = {
    "zh_Hant": re.compile(f"[{SIMPLIFIED}]"),
    "zh_Hans": re.compile(f"[{TRADITIONAL}]"),
}


def translated(language):
    for message in catalogue(language):
        if message.id:
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            yield message, strings


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_the_interface_is_in_the_catalogue(language):
    known = {(message.context, message.id) for message in catalogue(language)}
    missing = [message.id for message in template() if (message.context, message.id) not in known]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_missing_or_fuzzy(language):
    assert [m.id for m, strings in translated(language) if m.fuzzy or not all(strings)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_survive_translation(language):
    changed = []
    for message, strings in translated(language):
        wanted = message.id if isinstance(message.id, str) else message.id[1]
        for string in strings:
            if set(PLACEHOLDER.findall(string)) != set(PLACEHOLDER.findall(wanted)):
                changed.append((message.id, string))
    assert changed == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", [STRANGERS, SCRIPT], ids=["words", "script"])
def test_neither_language_borrows_from_the_other(language, rule):
    borrowed = [
        (message.id, string)
        for message, strings in translated(language)
        for string in strings
        if rule[language].search(string)
    ]
    assert borrowed == []


def test_the_two_chinese_languages_are_not_conversions_of_one_another():
    """Official usage differs: sign in, upload, account, save and more."""
    hant = {m.id: s[0] for m, s in translated("zh_Hant")}
    hans = {m.id: s[0] for m, s in translated("zh_Hans")}
    assert hant["Sign in"] == "登入"
    assert hans["Sign in"] == "登录"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_catalogue_compiles(language):
    wrong = [
        (message.id, str(error))
        for message, errors in catalogue(language).check()
        for error in errors
    ]
    assert wrong == []
