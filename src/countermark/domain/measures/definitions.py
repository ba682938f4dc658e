"""The definition of every figure, in sentences a reader can hold against the number.

The sentences are the English source of the interface's translations. ``docs/reference/statistics``
prints them; a test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for translation; the domain itself speaks no language."""
    return sentence


@dataclass(frozen=True, slots=True)
class Definition:
    """A rule with its stable code; ``name`` and ``rule`` are translated by the interface."""

    code: str
    name: str
    rule: str


@dataclass(frozen=True, slots=True)
class Measure:
    """What a figure counts.

    ``unit`` is ``case``, ``article`` or ``money``. Rules that do not apply are empty. ``source``
    says on whose way of counting the rule rests.
    """

    code: str
    name: str
    unit: str
    counting_rule: str
    basis_rule: str = ""
    currency_rule: str = ""
    source: str = ""


MEASURES: dict[str, Measure] = {
    measure.code: measure
    for measure in (
        Measure(
            "cases",
            gettext_noop("Cases"),
            "case",
            gettext_noop("Each case counts once, with the administration that keeps its record."),
            source="Hong Kong Customs press releases on joint operations, 2014 to 2026",
        ),
        Measure(
            "items",
            gettext_noop("Articles"),
            "article",
            gettext_noop(
                "Articles of every goods line counted in pieces; a pair, a set or a box is one "
                "article. Goods known only by weight or measure are not in this number."
            ),
            source="GACC annual reports and Hong Kong Customs press releases, 2013 to 2026",
        ),
        Measure(
            "value",
            gettext_noop("Value"),
            "money",
            gettext_noop(
                "Sum of the values of the goods lines; lines without a value add nothing."
            ),
            gettext_noop(
                "Each administration's own value basis; amounts on different bases are never added."
            ),
            gettext_noop(
                "The currency of the record; amounts in different currencies are never added."
            ),
            source="Published results of the joint operation of October 2013 to March 2014",
        ),
        Measure(
            "value-converted",
            gettext_noop("Value, converted"),
            "money",
            gettext_noop("The stated value converted once, as a total, and then rounded."),
            gettext_noop("The value basis of the amount that was converted; it does not change."),
            gettext_noop(
                "The euro reference rate of the European Central Bank published on the rate date, "
                "or last before it by at most seven days; other pairs are crossed through the euro."
            ),
            source="European Central Bank, euro foreign exchange reference rates",
        ),
    )
}
"""What is counted, by code."""

JOINT_RULE = Definition(
    "joint-total",
    gettext_noop("All parties"),
    gettext_noop(
        "Cases and articles of all parties added; each party counts its own cases. Money of "
        "different parties is not added."
    ),
)

SCOPES: dict[str, Definition] = {
    scope.code: scope
    for scope in (
        Definition(
            "period",
            gettext_noop("Period"),
            gettext_noop(
                "Cases opened from the first to the last day of the period, both days included."
            ),
        ),
        Definition(
            "operation",
            gettext_noop("Joint operation"),
            gettext_noop(
                "Cases opened in the window of the operation and contributed to it by the "
                "administration that keeps them."
            ),
        ),
    )
}
"""Which cases count, by kind of question."""

SELECTIONS: dict[str, Definition] = {
    selection.code: selection
    for selection in (
        Definition("all", gettext_noop("All"), gettext_noop("Every case in scope.")),
        Definition(
            "bound-for-partner",
            gettext_noop("Bound for the partner"),
            gettext_noop(
                "Cases whose goods were on their way to the territory of the other party."
            ),
        ),
    )
}
"""Which of the cases in scope a headline takes."""

DIMENSIONS: dict[str, Definition] = {
    dimension.code: dimension
    for dimension in (
        Definition(
            "category",
            gettext_noop("Goods category"),
            gettext_noop(
                "Articles and value by the category of each goods line; a case stands under the "
                "category with most of its articles."
            ),
        ),
        Definition(
            "direction",
            gettext_noop("Direction"),
            gettext_noop("As seen from the administration that keeps the record."),
        ),
        Definition(
            "destination",
            gettext_noop("Destination"),
            gettext_noop("The territory for which the goods were bound, as declared."),
        ),
        Definition(
            "channel",
            gettext_noop("Channel"),
            gettext_noop("How the consignment was handled, apart from what carried it."),
        ),
        Definition(
            "transport-mode",
            gettext_noop("Transport"),
            gettext_noop("What carried the goods over the boundary."),
        ),
    )
}
"""Along what a total is split, by code."""

PARTS: dict[str, Definition] = {
    part.code: part
    for part in (
        Definition(
            "not-shown",
            gettext_noop("Not shown"),
            gettext_noop("The difference between the total and the rows that are shown."),
        ),
        Definition(
            "not-stated",
            gettext_noop("Not stated"),
            gettext_noop("Cases in which this detail is not on record."),
        ),
        Definition(
            "not-recognised",
            gettext_noop("Not recognised"),
            gettext_noop("Cases whose place is written in a way that was not read."),
        ),
    )
}
"""Rows that every breakdown may have besides the codes of its dimension."""
