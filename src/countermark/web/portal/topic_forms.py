"""The form of one topic of a file, made from what the law asks for; no kind of right is named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from countermark.apps.register.rules import LONGEST, NICE_CLASSES, PICTURE_FACTS
from countermark.lawbook import recordation_needs, right_type
from countermark.lawbook.rights import NeedKind
from countermark.web.cases.legal import named
from countermark.web.labels_workbench import RIGHT_FIELDS
from countermark.web.rights.forms import FACT, ClassesField, DateField, FactForm, fact_field

if TYPE_CHECKING:
    from countermark.apps.register.models import Recordation
    from countermark.lawbook import Need
    from countermark.lawbook.rights import Fact

WORDS = ("word", "word_zh_hant", "word_zh_hans")
HOLDER, STATEMENT = "holder_", "statement-"
LONGEST_STATEMENT = 20_000


class CountryField(forms.CharField):
    """A country as two letters, whatever their case."""

    def __init__(self, **kwargs: Any) -> None:
        help_text = _("Two letters, such as CN, HK or IT.")
        super().__init__(max_length=2, min_length=2, help_text=help_text, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the two letters in capitals."""
        return super().clean(value).upper()


class NiceField(ClassesField):
    """Nice classes, each one of the forty-five."""

    def clean(self, value: Any) -> Any:
        """Return the classes in order, each once."""
        numbers = super().clean(value)
        if not all(number in NICE_CLASSES for number in numbers):
            raise forms.ValidationError(_("Classes are numbers from 1 to 45."))
        return tuple(sorted(set(numbers)))


class TopicForm(FactForm):
    """The fields, facts and statements of one topic.

    What is needed is only insisted on where the applicant goes on to the next topic (``strict``):
    whoever saves and comes back later may leave it for then. ``without`` names a field that is
    left out.
    """

    use_required_attribute = False
    names = WORDS

    def __init__(
        self,
        recordation: Recordation,
        topic: str,
        *,
        strict: bool = True,
        without: str = "",
        **kwargs: Any,
    ) -> None:
        self.recordation, self.strict = recordation, strict
        self.needs = [need for need in needs_of(recordation) if need.topic == topic]
        self.facts = facts_at(recordation, topic)
        kwargs.setdefault("initial", _initial(recordation))
        super().__init__(**kwargs)
        self.fields |= dict(_fields(self.needs, self.facts, recordation))
        self.fields.pop(without, None)
        self.needed = [name for name, field in self.fields.items() if field.required]
        for name in self.needed:
            self.fields[name].required = strict
            self.fields[name].error_messages["required"] = _("This is needed.")

    @property
    def plain(self) -> list[forms.BoundField]:
        """The fields that are always shown."""
        folded = {field.name for field in self.more}
        return [field for field in self if field.name not in folded]

    def full_clean(self) -> None:
        """Judge what was sent; afterwards every needed field shows as needed again."""
        super().full_clean()
        for name in self.needed:
            self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        """Ask for one of the words, and for days in their order."""
        said = super().clean() or {}
        drawn = any(said.get(f"{FACT}{code}") for code in PICTURE_FACTS)
        unnamed = "word" in self.fields and not any(map(said.get, WORDS)) and not drawn
        if self.strict and unnamed and "word" not in self.errors:
            self.add_error("word", _("Write it in at least one script."))
        first, last = said.get("valid_from"), said.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("This day is before the first."))
        return said

    def changes(self) -> dict[str, object]:
        """Return the keys of the content that the form speaks of, each with its whole new value."""
        said = self.cleaned_data
        changes: dict[str, object] = {
            name: _kept(value)
            for name, value in said.items()
            if not name.startswith((HOLDER, FACT, STATEMENT))
        }
        for prefix, key in ((FACT, "facts"), (STATEMENT, "statements")):
            mine = {
                name.removeprefix(prefix): value
                for name, value in said.items()
                if name.startswith(prefix)
            }
            if mine:
                before: Mapping[str, str] = self.recordation.content.get(key, {})
                changes[key] = {**before, **{code: _text(value) for code, value in mine.items()}}
        return changes

    def holder_said(self) -> dict[str, str]:
        """Return what was written of the holder that the register lacks."""
        said = self.cleaned_data
        return {
            name.removeprefix(HOLDER): value
            for name, value in said.items()
            if name.startswith(HOLDER) and value
        }


def needs_of(recordation: Recordation) -> tuple[Need, ...]:
    """Return what the law asks of a file, in its order."""
    return recordation_needs(recordation.administration.law, recordation.right_type)


def topics_of(recordation: Recordation) -> list[str]:
    """Return the topics of a file in the order of the law, each once."""
    return list(dict.fromkeys(need.topic for need in needs_of(recordation)))


def holder_known(need: Need, recordation: Recordation) -> str:
    """Return what the register has of the holder to such a need; empty for any other need."""
    if not need.code.startswith(HOLDER):
        return ""
    return str(getattr(recordation.holder, need.code.removeprefix(HOLDER), ""))


def facts_at(recordation: Recordation, topic: str) -> tuple[Fact, ...]:
    """Return the facts that a topic asks for: those of the kind of right, with its first field."""
    needs = needs_of(recordation)
    first = next((need.topic for need in needs if need.kind is NeedKind.FIELD), needs[0].topic)
    return right_type(recordation.right_type).facts if topic == first else ()


def _fields(
    needs: Iterable[Need], facts: Iterable[Fact], recordation: Recordation
) -> Iterable[tuple[str, forms.Field]]:
    """Yield the fields in the order of the law; facts follow, those that are needed first."""
    for need in needs:
        if need.kind is NeedKind.STATEMENT:
            yield f"{STATEMENT}{need.code}", _long(need, LONGEST_STATEMENT)
        elif need.kind is NeedKind.FIELD and need.code == "word":
            yield from _words(need, recordation)
        elif need.kind is NeedKind.FIELD and not holder_known(need, recordation):
            yield need.code, _MAKERS.get(need.code, _short)(need)
    for fact in sorted(facts, key=lambda fact: not fact.required):
        yield f"{FACT}{fact.code}", fact_field(fact)


def _words(need: Need, recordation: Recordation) -> Iterable[tuple[str, forms.Field]]:
    """Yield the name of the right in each script; which of them is needed is the form's to say."""
    for name in WORDS:
        if name == "word" or name in right_type(recordation.right_type).fields:
            yield (
                name,
                forms.CharField(
                    label=named(need.names) if name == "word" else RIGHT_FIELDS[name],
                    max_length=LONGEST[name],
                    required=False,
                    help_text=_("As it is registered. One script is enough.")
                    if name == "word"
                    else "",
                ),
            )


def _short(need: Need) -> forms.Field:
    longest = LONGEST.get(need.code, 300)
    return forms.CharField(label=named(need.names), max_length=longest, required=need.required)


def _long(need: Need, longest: int = LONGEST["goods"]) -> forms.Field:
    return forms.CharField(
        label=named(need.names),
        max_length=longest,
        required=need.required,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def _day(need: Need) -> forms.Field:
    return DateField(label=named(need.names), required=need.required)


def _classes(need: Need) -> forms.Field:
    return NiceField(
        label=named(need.names),
        required=need.required,
        help_text=_("Numbers from 1 to 45, such as 18, 25."),
    )


def _country(need: Need) -> forms.Field:
    return CountryField(label=named(need.names), required=need.required)


_MAKERS: dict[str, Callable[[Need], forms.Field]] = {
    "goods": _long,
    "nice_classes": _classes,
    "valid_from": _day,
    "valid_until": _day,
    "holder_country": _country,
}


def _initial(recordation: Recordation) -> dict[str, object]:
    content = recordation.content
    shown: dict[str, object] = {
        key: value for key, value in content.items() if isinstance(value, str)
    }
    classes = content.get("nice_classes", [])
    shown["nice_classes"] = ", ".join(map(str, classes))
    for prefix, key in ((FACT, "facts"), (STATEMENT, "statements")):
        shown |= {f"{prefix}{code}": text for code, text in content.get(key, {}).items()}
    return shown


def _kept(value: Any) -> object:
    return list(value) if isinstance(value, tuple) else _text(value)


def _text(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return str(value or "").strip()
