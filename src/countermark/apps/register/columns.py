"""Which column of a file of rights fills which field; titles in English and both Chinese scripts.

The Chinese titles are the official terms of the glossary and those of the mainland's public record
of recordations.
"""

from __future__ import annotations

from typing import Final

from countermark.domain.titles import Titles

ALIASES: Final[dict[str, tuple[str, ...]]] = {
    "jurisdiction": ("law", "法域", "注册地", "註冊地"),
    "right_type": ("type of right", "kind", "权利类型", "權利類別", "知识产权类型"),
    "registration_number": (
        *("registration no", "trade mark number", "trade mark no", "right number", "reg no"),
        *("注册号", "商标注册号", "註冊編號", "商標編號", "权利编号", "权利证书号", "注册证号"),
    ),
    "word": (
        *("mark", "trade mark", "word mark", "name of the right", "商标", "商標", "商标名称"),
        *("商標名稱", "知识产权名称", "权利名称"),
    ),
    "word_zh_hans": (
        *("word (simplified)", "simplified chinese", "简体商标", "商标（简体）", "中文商标"),
        *("商標（簡體）",),
    ),
    "word_zh_hant": (
        *("word (traditional)", "traditional chinese", "繁體商標", "商標（繁體）"),
        *("商标（繁体）",),
    ),
    "nice_classes": (
        *("classes", "class", "nice class", "nice", "类别", "類別", "商标类别", "国际分类"),
        *("國際分類", "尼斯分类", "尼斯分類", "商品类别", "貨品類別"),
    ),
    "goods": (
        *("goods and services", "specification of goods", "核定商品", "核定使用商品", "商品"),
        *("貨品", "商品名称", "貨品名稱"),
    ),
    "valid_from": (
        *("registration date", "registered on", "注册日期", "註冊日期", "有效期自"),
        *("权利有效期自", "专用期开始", "生效日期"),
    ),
    "valid_until": (
        *("expiry date", "valid to", "validity end", "有效期至", "有效期届满日", "有效期屆滿日"),
        *(
            "权利有效期至",
            "专用期截止",
        ),
    ),
    "holder_name": (
        *("holder", "right holder", "owner", "proprietor", "权利人", "權利持有人", "商标权利人"),
        *("知识产权权利人", "商標擁有人", "权利人名称", "权利人（英文）"),
    ),
    "holder_name_zh_hans": ("holder (simplified)", "权利人（简体）", "权利人（中文）"),
    "holder_name_zh_hant": ("holder (traditional)", "權利持有人（繁體）", "权利人（繁体）"),
    "holder_country": (
        *("country", "holder's country", "权利人国别", "国籍", "权利人国家（地区）", "國家或地區"),
    ),
    "holder_email": ("holder's email", "权利人邮箱", "權利持有人電郵"),
    "holder_phone": ("holder's phone", "权利人电话", "權利持有人電話"),
    "holder_address": ("holder's address", "权利人地址", "權利持有人地址"),
    "representative_name": ("representative", "agent", "代理人", "代表", "联系人", "聯絡人"),
    "representative_email": ("agent's email", "代理人邮箱", "代理人電郵", "联系邮箱", "聯絡電郵"),
    "representative_phone": ("agent's phone", "代理人电话", "代理人電話", "联系电话", "聯絡電話"),
    "recordation_number": (
        *("recordation no", "record number", "record no", "file number", "备案号", "備案編號"),
        *("海关备案号", "檔案編號", "备案编号"),
    ),
    "recorded_on": (
        *("recordation date", "date of recordation", "备案日期", "備案日期", "备案生效日期"),
    ),
    "expires_on": (
        *("recordation expiry", "recordation expires", "备案有效期至", "備案有效期至"),
        *("备案截止日期", "备案有效期届满日"),
    ),
    "authorised_parties": (
        *("authorised users", "authorized parties", "licensees", "合法使用人", "獲授權使用人"),
        *("被许可人", "獲授權人"),
    ),
    "application_number": (*("application no", "filing number", "申请号", "申請號", "申請編號"),),
    "applied_on": ("application date", "filing date", "申请日期", "申請日期", "提交日期"),
    "status": ("status of the registration", "商标状态", "商標狀態"),
    "mark_feature": ("kind of mark", "feature of the mark", "商标形式", "商標形式"),
    "mark_description": ("description of the mark", "商标说明", "商標說明"),
    "translation": ("translation of the mark", "商标译文", "商標譯文"),
    "transliteration": ("transliteration of the mark", "商标音译", "商標音譯"),
    "vienna_codes": ("figurative elements", "图形要素", "圖形要素"),
    "image_file": ("picture", "图样文件", "圖樣檔案"),
    "international_number": ("international registration number", "国际注册号", "國際註冊號"),
}
"""Every field with the titles it is known by; of two that fit, the earlier one wins."""

REQUIRED: Final = (
    *("registration_number", "nice_classes", "valid_from", "valid_until", "holder_name"),
)
TITLES: Final = Titles(ALIASES, REQUIRED)
FACTS: Final = (
    *("application_number", "applied_on", "status", "mark_feature", "mark_description"),
    *("translation", "transliteration", "vienna_codes", "image_file", "international_number"),
)
"""Fields that a right keeps among its facts, as texts."""
WORDS: Final = ("word", "word_zh_hans", "word_zh_hant")
"""At least one of these columns must be there."""
