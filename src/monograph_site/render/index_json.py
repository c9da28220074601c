"""The index.json beside each page: the whole record of its text, and the JSON Schema of these files.

The types below are both what the files are written from and what the schema is made of. Parts of a
record (`Section`, `Alert`, …) are written as they are, so a new field of one is in the files and in
the schema at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, TypedDict, get_args

import msgspec
from msgspec import Meta

from ..model.monograph import (
    Alert,
    Audience,
    Dates,
    Faq,
    Ingredient,
    Kind,
    Monograph,
    Name,
    Origin,
    Product,
    Provenance,
    Reference,
    Review,
    Section,
    Status,
)
from .json_ld import names_of
from .table_data import TablesJson, tables_json

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def _one_of(literal: object, *others: str) -> Meta:
    return Meta(extra_json_schema={"enum": [*get_args(literal), *others]})


class IngredientJson(TypedDict):
    """An active ingredient, with the site path of its page."""

    title: str
    url: str | None


class ReferenceJson(TypedDict):
    """A numbered source of the page."""

    id: str
    number: int
    key: str | None
    title: str | None
    organisation: str | None
    type: str | None
    url: str | None
    published: str | None
    accessed: str | None
    evidence: str | None
    html: str | None


class DetailJson(TypedDict):
    """Front matter that has no field of its own."""

    label: str
    text: str


class IndexJson(TablesJson):
    """A page of the site for programs."""

    id: str
    kind: Annotated[str, _one_of(Kind)]
    title: str
    url: Annotated[str, Meta(description="Site path of the page.")]
    slug: str
    permalink: Annotated[str | None, Meta(description="Site path that the source asks for.")]
    aliases: Annotated[tuple[str, ...], Meta(description="Former addresses.")]
    description: str
    lang: Annotated[str | None, Meta(description="BCP 47 tag; null for the site's language.")]
    translation_of: str | None
    audience: Annotated[str, _one_of(Audience)]
    pronunciation: Annotated[str | None, Meta(description="How the title is spoken.")]
    names: Annotated[
        list[str], Meta(description="Names other than the title, without misspellings.")
    ]
    all_names: Annotated[tuple[Name, ...], Meta(description="All names, each with its role.")]
    classes: Annotated[tuple[str, ...], Meta(description="Classes of the medicine, by name.")]
    atc: Annotated[tuple[str, ...], Meta(description="ATC codes, of any level.")]
    conditions: Annotated[tuple[str, ...], Meta(description="Conditions it is used for, by name.")]
    ingredients: list[IngredientJson]
    stated_ingredients: Annotated[
        tuple[Ingredient, ...], Meta(description="As the source states them, with strengths.")
    ]
    product: Annotated[Product, Meta(description="Company, strength, form, routes, pack, price.")]
    status: Annotated[str | None, Meta(description="Regulatory state, such as banned.")]
    status_details: Annotated[Status, Meta(description="With reason, place, supply and schedule.")]
    review: Annotated[str, Meta(description="State of the review.")]
    review_details: Annotated[Review, Meta(description="With reviewers and dates.")]
    provenance: Annotated[str, _one_of(Origin, "")]
    provenance_details: Annotated[Provenance, Meta(description="With tool, date and statement.")]
    authors: tuple[str, ...]
    dates: Annotated[
        dict[str, str | None], Meta(description="Dates that the content states; ISO 8601.")
    ]
    draft: bool
    rejected: Annotated[bool, Meta(description="True where the text is not a monograph.")]
    alerts: tuple[Alert, ...]
    sections: tuple[Section, ...]
    faqs: tuple[Faq, ...]
    references: list[ReferenceJson]
    disclaimer: str | None
    disclaimer_html: str | None
    disclaimer_origin: Annotated[
        str | None, Meta(description="`text` where it is in the source, else `site`.")
    ]
    note: str | None
    note_html: str | None
    note_origin: str | None
    other_details: list[DetailJson]
    source: Annotated[str, Meta(description="Path of the source file in the content folder.")]


def index_json(monograph: Monograph, data: Mapping[str, Any]) -> IndexJson:
    """The index.json of a page. `data` is the data of the page: `url`, `ingredients` (links) and
    `disclaimers`."""
    statement = monograph.disclaimer or next(iter(data["disclaimers"]), None)
    note = monograph.note
    return {
        "id": monograph.id,
        "kind": monograph.kind,
        "title": monograph.title,
        "url": data["url"],
        "slug": monograph.slug,
        "permalink": monograph.permalink or None,
        "aliases": monograph.aliases,
        "description": monograph.description,
        "lang": monograph.lang or None,
        "translation_of": monograph.translation_of or None,
        "audience": monograph.audience,
        "pronunciation": monograph.pronunciation or None,
        "names": names_of(monograph, "generic", "alternate", "brand"),
        "all_names": monograph.names,
        "classes": monograph.classes,
        "atc": monograph.atc,
        "conditions": monograph.conditions,
        "ingredients": [{"title": link.title, "url": link.url} for link in data["ingredients"]],
        "stated_ingredients": monograph.ingredients,
        "product": monograph.product,
        "status": monograph.status.state or None,
        "status_details": monograph.status,
        "review": monograph.review.status,
        "review_details": monograph.review,
        "provenance": monograph.provenance.origin,
        "provenance_details": monograph.provenance,
        "authors": monograph.authors,
        "dates": {name: getattr(monograph.dates, name) or None for name in Dates.__struct_fields__},
        "draft": monograph.draft,
        "rejected": monograph.not_a_monograph,
        "alerts": monograph.alerts,
        "sections": monograph.sections,
        "faqs": monograph.faqs,
        "references": [_reference(reference) for reference in monograph.references],
        "disclaimer": statement.text if statement else None,
        "disclaimer_html": statement.html if statement else None,
        "disclaimer_origin": statement.origin if statement else None,
        "note": note.text if note else None,
        "note_html": note.html if note else None,
        "note_origin": note.origin if note else None,
        **tables_json(monograph.tables, data.get("interaction_links", {})),
        "other_details": [{"label": label, "text": text} for label, text in monograph.extra],
        "source": data.get("source", monograph.path),
    }


def _reference(reference: Reference) -> ReferenceJson:
    return {
        "id": reference.id,
        "number": reference.number,
        "key": reference.key or None,
        "title": reference.title or None,
        "organisation": reference.organisation or None,
        "type": reference.type or None,
        "url": reference.url or None,
        "published": reference.published or None,
        "accessed": reference.accessed or None,
        "evidence": reference.evidence or None,
        "html": reference.html or None,
    }


def index_json_schema(address: str) -> bytes:
    """The JSON Schema of the index.json files; `address` is its own full address, '' for none."""
    schema = msgspec.json.schema(IndexJson)
    for definition in schema["$defs"].values():
        _close(definition)
    identity = {"$id": address} if address else {}
    title = {"title": "index.json of a page made by monograph-site"}
    text = msgspec.json.encode({"$schema": _DIALECT, **identity, **title, **schema})
    return msgspec.json.format(text, indent=2) + b"\n"


def _close(definition: dict[str, Any]) -> None:
    """Require all properties of an object, and allow no others: each is always written."""
    if "properties" in definition:
        definition["required"] = list(definition["properties"])
        definition["additionalProperties"] = False
        for value in definition["properties"].values():
            value.pop("default", None)
