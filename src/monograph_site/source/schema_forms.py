"""The mappings in front matter, for pydantic: everything that an author may write, before it
becomes `Fields`."""

from __future__ import annotations

import re
from functools import cache
from typing import Annotated, Any, ClassVar

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from ..regex import regex
from .schema_values import (
    AlertLevel,
    AtcCodes,
    Instant,
    Interval,
    Line,
    Many,
    Origin,
    PartialDate,
    Place,
    Published,
    ReviewStatus,
    SourceType,
    State,
    Text,
    Url,
    short,
)

_MONEY = regex(r"(?:\d{1,3}(?:,\d{2,3}){0,12},\d{3}(?![\d,])|\d{1,12}(?!,?\d))(?:\.\d{1,6})?")
"""`1,00,000.50` as well as `100,000.50`; not `120,50`, which would become a hundredfold price."""
_SYMBOLS = {"₹": "INR", "rs.": "INR", "rs": "INR", "€": "EUR", "£": "GBP"}


class Form(BaseModel):
    """A mapping of front matter. Keys without a field are kept, to be shown; keys without a value
    are left out."""

    # Frozen, a form can be hashed; pydantic copies a default that cannot, for every file.
    model_config = ConfigDict(extra="allow", frozen=True)

    also_known: ClassVar[frozenset[str]] = frozenset()
    """Keys of the record's vocabulary that have no field yet. They are not misspelt others."""

    is_closed: ClassVar[bool] = False
    """Whether the record's vocabulary has every key that makes sense here, so that another one is a
    mistake and not the author's own."""

    @model_validator(mode="before")
    @classmethod
    def _stated(cls, data: Any) -> Any:
        if isinstance(data, dict) and None in data.values():
            return {key: value for key, value in data.items() if value is not None}
        return data

    @classmethod
    @cache
    def known_keys(cls) -> frozenset[str]:
        """Every key that has a meaning here, with all its spellings."""
        spellings = (spelling for name in cls.model_fields for spelling in cls.spellings(name))
        return cls.also_known.union(spellings)

    @classmethod
    def spellings(cls, field: str) -> tuple[str, ...]:
        """The keys from which a field is taken, the first that is there counts."""
        alias = cls.model_fields[field].validation_alias
        return tuple(map(str, alias.choices)) if isinstance(alias, AliasChoices) else (field,)


def taken_from(spellings: str, default: Any) -> Any:
    """A field with this default that is taken from the first of these keys."""
    return Field(default, validation_alias=AliasChoices(*spellings.split()))


class StrengthForm(Form):
    is_closed = True

    value: Line = ""
    unit: Line = ""
    per: Line = ""

    def __str__(self) -> str:
        amount = " ".join(part for part in (self.value, self.unit) if part)
        return f"{amount}/{self.per}" if self.per else amount


StrengthLike = Annotated[StrengthForm, BeforeValidator(short("value"))]


class IngredientForm(Form):
    name: Line = ""
    ref: Annotated[Line, Place("ingredient", by_value=True)] = ""
    strength: StrengthLike = StrengthForm()

    also_known: ClassVar[frozenset[str]] = frozenset({"basis"})

    @model_validator(mode="after")
    def _named(self) -> IngredientForm:
        if not (self.name or self.ref):
            raise ValueError(
                "an ingredient needs a 'name' or a 'ref' (the file name of its page).\n"
                "Add one of them."
            )
        return self


class NamesForm(Form):
    is_closed = True

    inn: Many[Line] = ()
    usan: Many[Line] = ()
    ban: Many[Line] = ()
    synonyms: Many[Line] = ()
    misspellings: Many[Line] = ()

    also_known: ClassVar[frozenset[str]] = frozenset({"tall_man"})


class ClassForm(Form):
    name: Line = ""
    scheme: Line = ""
    code: Line = ""


class CodesForm(Form):
    atc: AtcCodes = ()


class BrandForm(Form):
    name: Line
    company: Line = ""
    country: Line = ""


class PriceForm(Form):
    amount: Line = ""
    currency: Line = ""

    @model_validator(mode="after")
    def _countable(self) -> PriceForm:
        if self.amount and not _MONEY.fullmatch(self.amount):
            raise ValueError(
                f"{self.amount!r} is not an amount.\n"
                "Write a number such as 120.50, and 'currency: INR'."
            )
        if self.currency and not re.fullmatch("[A-Za-z]{3}", self.currency):
            raise ValueError(
                f"{self.currency!r} is not a currency.\nWrite its three letters, such as INR."
            )
        return self


def as_price(value: Any) -> Any:
    """A price in one text as a mapping: `INR 120.50`, `120.50 INR` and `₹120.50` have amount and
    currency; a dollar sign does not say which dollar."""
    if not isinstance(value, str):
        return value
    amount = _MONEY.search(value)
    if amount is None:
        return {"amount": value}
    word = (value[: amount.start()] + value[amount.end() :]).strip()
    return {"amount": amount.group(), "currency": _SYMBOLS.get(word.lower(), word)}


class StatusForm(Form):
    is_closed = True

    state: State
    reason: Text = ""
    jurisdiction: Line = ""
    reference: Line = ""
    supply: Line = ""
    schedule: Line = ""

    also_known: ClassVar[frozenset[str]] = frozenset({"from", "until", "source"})


class AlertForm(Form):
    level: AlertLevel = "safety"
    heading: Line = ""
    text: Text = ""

    also_known: ClassVar[frozenset[str]] = frozenset({"jurisdiction", "from", "until", "source"})


class ProvenanceForm(Form):
    is_closed = True

    origin: Origin
    tool: Line = ""
    on: Instant = ""
    statement: Text = ""

    also_known: ClassVar[frozenset[str]] = frozenset({"prompt"})


class PersonForm(Form):
    name: Line
    credentials: Line = ""
    role: Line = ""

    also_known: ClassVar[frozenset[str]] = frozenset({"organisation", "orcid", "interests"})

    def __str__(self) -> str:
        name = ", ".join(part for part in (self.name, self.credentials) if part)
        return f"{name} ({self.role})" if self.role else name


PersonLike = Annotated[PersonForm, BeforeValidator(short("name"))]


class ReviewForm(Form):
    is_closed = True

    status: Annotated[ReviewStatus | None, Place("review")] = None
    by: Many[PersonLike] = taken_from("by reviewer reviewers reviewed_by reviewedBy", ())
    on: Annotated[Instant, Place("review")] = taken_from(
        "on date reviewed_on reviewed last_reviewed", ""
    )
    next_due: Annotated[Instant, Place("next review")] = taken_from(
        "next_due next next_review due", ""
    )
    interval: Interval = taken_from("interval review_in every", "")

    also_known: ClassVar[frozenset[str]] = frozenset({"digest"})


class DatesForm(Form):
    is_closed = True

    created: Annotated[Instant, Place("created")] = ""
    content_changed: Annotated[Instant, Place("changed")] = Field(
        "", validation_alias=AliasChoices("content_changed", "changed")
    )


class EvidenceForm(Form):
    level: Line = ""
    scheme: Line = ""

    def __str__(self) -> str:
        return (
            f"{self.level} ({self.scheme})"
            if self.level and self.scheme
            else self.level or self.scheme
        )


class SourceForm(Form):
    key: Line = ""
    title: Line = ""
    organisation: Line = ""
    type: SourceType | None = None
    url: Url = ""
    doi: Line = ""
    pmid: Line = ""
    edition: Line = ""
    published: Published = ""
    accessed: PartialDate = ""
    evidence: Annotated[EvidenceForm, BeforeValidator(short("level"))] = EvidenceForm()

    also_known: ClassVar[frozenset[str]] = frozenset({"superseded_by", "set_id", "authors"})

    @model_validator(mode="after")
    def _findable(self) -> SourceForm:
        if not (self.title or self.url or self.doi or self.pmid):
            raise ValueError(
                "a source needs a 'title', or at least a 'url', 'doi' or 'pmid'.\nAdd one of them."
            )
        return self


class FaqForm(Form):
    question: Text = Field("", validation_alias=AliasChoices("q", "question"))
    answer: Text = Field("", validation_alias=AliasChoices("a", "answer"))

    also_known: ClassVar[frozenset[str]] = frozenset({"id", "audience", "citations", "reviewed"})
