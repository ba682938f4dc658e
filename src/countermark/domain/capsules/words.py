"""The words of the exhibit: each in English, in Hong Kong's Chinese and in the mainland's.

They stand here and not in the catalogues of the interface because the page is made offline, in all
three at once, by a program without a framework.
"""

from __future__ import annotations

from typing import NamedTuple

from countermark.domain.capsules.rerun import Outcome
from countermark.domain.capsules.trust import Trust


class Words(NamedTuple):
    """One word or sentence three times; ``{name}`` stands for a value."""

    en: str
    zh_hant: str
    zh_hans: str


LANGUAGES = {"en": "en", "zh_hant": "zh-Hant-HK", "zh_hans": "zh-Hans-CN"}

TITLE = Words("Record of a screening hit", "篩查吻合結果紀錄", "筛查命中记录")
CAUTION = Words(
    "A score is a reason to look. It is not a finding of infringement.",
    "評分僅供參考，只表示值得查看，並非侵權的裁定。",
    "风险评分仅供参考，用于提示核查，不是对侵权的认定。",
)
CUT = Words(
    "[…] marks words left out here; the file holds them.",
    "[…]表示此頁略去的文字，全文載於檔案內。",
    "[…]表示本页略去的文字，全文载于文件内。",
)

SECTIONS = {
    "line": Words("Declaration line", "報關單貨品項", "报关单商品项"),
    "mark": Words("Recorded mark, as it was", "當時的備案商標", "当时的备案商标"),
    "score": Words("Score and its reasons", "評分及依據", "风险评分及评分依据"),
    "check": Words("Verification", "核實", "核验"),
}
LABELS = {
    "declaration": Words("Declaration, line, day", "報關單、行號、日期", "报关单、行号、日期"),
    "goods_description": Words("Goods description", "貨品說明", "商品名称"),
    "declared_brand": Words("Declared mark", "申報商標", "申报品牌"),
    "hs_code": Words("HS code", "貨品編號", "商品编号"),
    "consignor": Words("Consignor", "付貨人", "发货人"),
    "consignee": Words("Consignee", "收貨人", "收货人"),
    "mark": Words("Mark", "商標", "商标"),
    "right": Words("Right and its version", "權利及版本", "权利及版本"),
    "nice_classes": Words("Nice classes", "尼斯分類類別", "尼斯分类"),
    "holder": Words("Right holder", "權利持有人", "知识产权权利人"),
    "matched": Words("Words that match", "吻合的字詞", "命中的文字"),
    "resemblance": Words("Resemblance", "相似方式", "相似方式"),
    "excused": Words("Why no alert is due", "無須提示的原因", "不予提示的原因"),
    "score": Words("Score, of 100", "評分（滿分100）", "风险评分（满分100）"),
    "others": Words("Other marks on the line", "同一貨品項的其他商標", "同一商品项的其他商标"),
    "usage": Words(
        "Lines from which usage was counted", "用以統計用詞的貨品項", "统计用词所依据的商品项"
    ),
    "found": Words(
        "Found, exported (UTC)", "得出及匯出時間（世界協調時間）", "命中及导出时间（协调世界时）"
    ),
    "rules": Words(
        "Rules, scorecard, register", "規則、評分模型、備案資料版本", "规则、评分模型、备案数据版本"
    ),
    "signature": Words("Signature", "簽署", "签名"),
    "trust": Words("Signing node", "簽署節點", "签名节点"),
    "fingerprint": Words("Fingerprint of its root key", "根密鑰指紋", "根密钥指纹"),
    "rerun": Words("Screened again", "重新篩查", "重新筛查"),
    "file": Words("SHA-256 of the file", "檔案的SHA-256值", "文件的SHA-256值"),
}
EXCUSES = {
    "authorised": Words("Authorised party", "獲授權使用人", "合法使用人"),
    "referential": Words("Names what the goods fit", "說明適用產品", "说明适配对象"),
}
RESEMBLANCES = {
    "exact": Words("Same word", "相同字詞", "文字相同"),
    "joined": Words("Same word, written together", "相同字詞，連寫", "文字相同，合并书写"),
    "split": Words("Same word, written apart", "相同字詞，分開書寫", "文字相同，拆开书写"),
    "spaced": Words("Same word, spaced out", "相同字詞，字間加空格", "文字相同，字间加空格"),
    "skeleton": Words("Look-alike letters", "形近字母", "形近字母"),
    "typo": Words("A letter or two different", "一至兩個字母不同", "一两个字母不同"),
    "phonetic": Words("Sounds alike", "讀音相近", "读音相近"),
    "truncated": Words("Beginning of the mark", "商標開首部分", "商标的开头部分"),
    "affixed": Words("Mark with something added", "商標加上其他字詞", "商标附加其他文字"),
    "pinyin": Words("Mandarin reading", "普通話讀音相近", "普通话读音"),
    "jyutping": Words("Cantonese reading", "粵語讀音相近", "粤语读音"),
    "han-homophone": Words("Characters that sound alike", "同音字", "读音相近的汉字"),
    "han-variant": Words("One character different", "一字之差", "一个汉字不同"),
}
REASONS = {
    "start": Words("Any resemblance at all", "任何相似之處", "存在相似之处"),
    "resemblance": Words(
        "How the words resemble the mark", "字詞與商標的相似方式", "文字与商标的相似方式"
    ),
    "edits": Words("What was changed in the mark", "商標被改動之處", "商标被改动之处"),
    "place": Words("Where the words stand", "字詞的位置", "文字所在位置"),
    "goods": Words("Goods and recorded classes", "貨品與備案類別", "货物与备案类别"),
    "usage": Words("How often these words occur", "這些字詞出現的頻密程度", "相关文字的出现频率"),
    "mark_usage": Words("How often the mark occurs", "商標出現的頻密程度", "商标的出现频率"),
    "declared": Words("What the mark field says", "商標欄所載內容", "品牌栏的内容"),
    "writing": Words("Disguised or invisible letters", "經掩飾或隱形的字母", "伪装或不可见的字符"),
    "capitals": Words("Capitals among small letters", "小寫字母中夾雜大寫", "小写字母中夹有大写"),
    "competition": Words(
        "Other marks that fit as well", "其他同樣吻合的商標", "同样匹配的其他商标"
    ),
    "corroboration": Words("Found in both fields", "兩欄均有出現", "两栏中均出现"),
    "reference": Words("Only names what the goods fit", "僅說明適用產品", "仅说明适配对象"),
    "lettering": Words("How the letters follow one another", "字母的排列方式", "字母的排列方式"),
    "others": Words("All other reasons", "其他各項依據", "其他各项依据"),
}
SIGNED = Words(
    "The signature is valid and no byte of the file has changed.",
    "簽署有效，檔案內容沒有任何改動。",
    "签名有效，文件内容未发生任何改动。",
)
TRUSTS = {
    Trust.VOUCHED: Words(
        "{node}: the root key is the one that was confirmed, and it vouches for the signing key.",
        "{node}：根密鑰與已確認者相同，並證明簽署密鑰屬該節點。",
        "{node}：根密钥与已确认的一致，并证明签名密钥属于该节点。",
    ),
    Trust.REVOKED: Words(
        "{node}: the signing key has since been withdrawn by the node.",
        "{node}：該節點其後已停用簽署密鑰。",
        "{node}：该节点此后已停用签名密钥。",
    ),
    Trust.FOREIGN: Words(
        "{node} is claimed, but the root key is not the one confirmed for it.",
        "檔案聲稱來自{node}，但根密鑰與已確認者不同。",
        "文件声称来自{node}，但根密钥与已确认的不一致。",
    ),
    Trust.UNKNOWN: Words(
        "{node} by its own word. Compare the fingerprint with the node's officers.",
        "檔案自稱來自{node}。請與該節點的人員核對密鑰指紋。",
        "文件自称来自{node}。请与该节点的关员核对密钥指纹。",
    ),
}
OUTCOMES = {
    Outcome.EXACT: Words(
        "The same rules gave exactly the same hit again.",
        "以相同規則重新篩查，結果完全相同。",
        "按相同规则重新筛查，结果完全一致。",
    ),
    Outcome.SAME_BY_OTHER_RULES: Words(
        "Other rules ({rules}, {model}) gave the same hit.",
        "以其他規則（{rules}，{model}）重新篩查，結果相同。",
        "按其他规则（{rules}，{model}）重新筛查，结果一致。",
    ),
    Outcome.DIFFERS_BY_OTHER_RULES: Words(
        "Other rules ({rules}, {model}) gave another result, as listed.",
        "以其他規則（{rules}，{model}）重新篩查，結果不同，詳見下列。",
        "按其他规则（{rules}，{model}）重新筛查，结果不同，详见下列。",
    ),
    Outcome.NOT_REPRODUCED: Words(
        "The same rules did not give this hit again, as listed.",
        "以相同規則重新篩查，未能得出此結果，詳見下列。",
        "按相同规则重新筛查，未能得出该结果，详见下列。",
    ),
}
