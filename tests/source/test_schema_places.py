"""Where front matter states what is judged with other files."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from monograph_site.loader.draft import _PROSE_KEYS
from monograph_site.model.source import Source, Span
from monograph_site.source.front_matter import read_front_matter
from monograph_site.source.schema_forms import Form
from monograph_site.source.schema_front import FrontForm
from monograph_site.source.schema_places import _form_in, places_in
from monograph_site.source.schema_values import Instant, Place, Text


@pytest.mark.parametrize(
    ("front", "places"),
    [
        ("title: X", {"title": Span(2, 8)}),
        ("name: X", {"title": Span(2, 7)}),
        ("id: a\nslug: b", {"address": Span(3, 7)}),
        ("slug: b\nid: a\npermalink: /c/", {"address": Span(4, 12)}),
        ("review: {status: draft}", {"review": Span(2, 18)}),
        ("review: {status: draft, on: 2025-01-31, next_due: 2026-01-31}",
         {"review": Span(2, 29), "next review": Span(2, 51)}),
        ("review: draft", {}),
        ("dates: {created: 2025-01-31}\ndate: 2025-01-30", {"created": Span(2, 18)}),
        ("date: 2025-01-30", {"created": Span(2, 7)}),
        ("dates: {content_changed: 2025-01-31, changed: 2025-01-30}", {"changed": Span(2, 26)}),
        ("last_modified: 2025-01-31", {"imported": Span(2, 16)}),
        ("aliases: [/a/, /b/]\nredirect_from: /c/",
         {"alias:/a/": Span(2, 11), "alias:/b/": Span(2, 16), "alias:/c/": Span(3, 16)}),
        ("generic_slug: a\ncombination_slug: b", {"drug:a": Span(2, 15), "combination:b": Span(3, 19)}),
        ("ingredients: [{ref: a}, {name: B}, {ref: c}]",
         {"ingredient:a": Span(2, 21), "ingredient:c": Span(2, 42)}),
        ("ingredients: [a]\naliases:\n", {}),
    ],
)  # fmt: skip
def test_places(front: str, places: dict[str, Span]) -> None:
    assert places_in(read_front_matter(Source("x.md", f"---\n{front}\n---\n"))) == places


def fields_of(form: type[Form], path: str = "") -> Iterator[tuple[str, list[object]]]:
    """The marks of every field of a form and of the forms within it."""
    for name, info in form.model_fields.items():
        yield path + name, info.metadata
        if inner := _form_in(info.annotation):
            yield from fields_of(inner, f"{path}{name}.")


def test_every_date_has_a_place() -> None:
    """Site rules compare dates with today's, so that a new one must say where it is stated."""
    reasons = {
        "provenance.on": "no rule compares it",
        "publish_from": "a day to come is what it is for",
        "publish_until": "the same",
    }
    (is_date,) = Instant.__metadata__  # type: ignore[attr-defined]
    dates = {
        path: any(isinstance(mark, Place) for mark in marks)
        for path, marks in fields_of(FrontForm)
        if is_date in marks
    }
    assert {path for path, has_place in dates.items() if not has_place} == set(reasons)


def test_every_text_is_prose() -> None:
    """The rules on wording read the texts of front matter: a new one must be among them."""
    (is_text,) = Text.__metadata__  # type: ignore[attr-defined]
    texts = {path for path, marks in fields_of(FrontForm) if is_text in marks and "." not in path}
    assert texts <= _PROSE_KEYS <= FrontForm.known_keys()
