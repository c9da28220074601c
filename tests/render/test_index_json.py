"""The index.json files carry whole records, as the schema that is published beside them says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, get_args, get_origin, get_type_hints

import jsonschema
import msgspec
import pytest

from formularies import Formularies
from helpers import Site
from monograph_site.model.monograph import (
    Alert,
    Faq,
    Monograph,
    Name,
    Review,
    Section,
    Statement,
    Status,
)
from monograph_site.render.index_json import index_json, index_json_schema
from monograph_site.site.site import Link
from records import record

SCHEMA = json.loads(index_json_schema(""))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
PLACE = {"url": "/a/", "ingredients": (), "disclaimers": ()}


def values_of(monograph: Monograph, **data: Any) -> dict[str, Any]:
    """What the file says of a record."""
    encoded = msgspec.json.encode(index_json(monograph, {**PLACE, **data}))
    values: dict[str, Any] = json.loads(encoded)
    return values


def filled(kind: Any, name: str) -> Any:
    """A value of a type in which every text is the path of its field, and every amount 5."""
    inner = get_args(kind)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        hints = get_type_hints(kind)
        names = kind.__struct_fields__
        return kind(**{field: filled(hints[field], f"{name}.{field}") for field in names})
    if get_origin(kind) is tuple:
        parts = inner[:1] if inner[-1] is ... else inner
        return tuple(filled(part, f"{name}.{at}") for at, part in enumerate(parts))
    if type(None) in inner:
        return filled(inner[0], name)
    if kind is str:
        return "5" if name.endswith((".low", ".high")) else name
    return {bool: True, int: 7, float: 0.5}[kind]


def texts(value: Any) -> Iterator[str]:
    """All texts in JSON."""
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts(part)
    elif isinstance(value, str):
        yield value


def test_every_field_of_a_record_is_in_the_file() -> None:
    whole = filled(Monograph, "record")
    everything = json.loads(msgspec.json.encode(whole))
    wanted = {text for text in texts(everything) if text.startswith("record.")}
    assert wanted - {*texts(values_of(whole))} == set()
    assert "record.tables.doses.0.dose.text" in wanted


def test_what_a_program_wants_to_know_first() -> None:
    monograph = record(
        "drugs/alpha.md",
        names=(Name("Alphine", "brand"), Name("alfa", "misspelling")),
        alerts=(Alert("boxed", "Careful", "<p>Bleeding.</p>"),),
        status=Status("banned", "Deaths", "India", "Gazette 7"),
        review=Review("approved", ("Dr A",), "2025-01-02", "2026-01-02"),
        sections=(Section("uses", "Uses", "uses", None, "<p>Pain.</p>", "Pain."),),
        faqs=(Faq("q", "Why?", "Why?", "<p>So.</p>", "So.", None, "faqs"),),
        note=Statement("<p>n</p>", "n", "text"),
        audience="professional",
    )
    links = (Link("Alpha", "/a/"), Link("Beta", None))
    values = values_of(monograph, ingredients=links)
    VALIDATOR.validate(values)
    assert values["names"] == ["Alphine"]
    assert values["ingredients"] == [
        {"title": "Alpha", "url": "/a/"},
        {"title": "Beta", "url": None},
    ]
    assert (values["status"], values["review"]) == ("banned", "approved")
    assert values["status_details"]["reason"] == "Deaths"
    assert values["status_details"]["jurisdiction"] == "India"
    assert values["review_details"]["by"] == ["Dr A"]
    assert values["alerts"] == [
        {"level": "boxed", "heading": "Careful", "html": "<p>Bleeding.</p>"}
    ]
    assert values["sections"][0]["text"] == "Pain."
    assert values["faqs"][0]["answer_html"] == "<p>So.</p>"
    assert (values["note"], values["disclaimer"], values["source"]) == ("n", None, "drugs/alpha.md")


def test_it_says_whose_disclaimer_it_is() -> None:
    of_site = (Statement("<p>s</p>", "s", "site"),)
    assert values_of(record("drugs/a.md"), disclaimers=of_site)["disclaimer_origin"] == "site"
    own = record("drugs/a.md", disclaimer=Statement("<p>t</p>", "t", "text"))
    values = values_of(own, disclaimers=of_site)
    assert (values["disclaimer"], values["disclaimer_origin"]) == ("t", "text")
    assert values["status"] is None


CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "no alerts": lambda values: values.pop("alerts"),
    "a new key": lambda values: values.update(colour="red"),
    "another kind": lambda values: values.update(kind="potion"),
    "a number as title": lambda values: values.update(title=5),
    "a section without text": lambda values: values["sections"][0].pop("text"),
    "a section with a new key": lambda values: values["sections"][0].update(colour="red"),
    "a text as reviewers": lambda values: values["review_details"].update(by="Dr A"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_another_file_is_not_valid(name: str) -> None:
    section = Section("uses", "Uses", "uses", None, "<p>Pain.</p>", "Pain.")
    values = values_of(record("drugs/a.md", sections=(section,)))
    assert VALIDATOR.is_valid(values)
    CHANGES[name](values)
    assert not VALIDATOR.is_valid(values)


def test_every_own_page_is_valid(own_site: Site) -> None:
    published = json.loads(own_site.text("index.schema.json"))
    assert published == SCHEMA
    VALIDATOR.check_schema(published)
    files = [*own_site.output.rglob("index.json")]
    for file in files:
        VALIDATOR.validate(json.loads(file.read_bytes()))
    assert files


def shape(value: Any) -> Any:
    """A value with each text and number replaced by one of its type, and each kind of item once:
    all that the schema looks at, outside its lists of allowed words."""
    if isinstance(value, dict):
        return {key: part if key in ENUMS else shape(part) for key, part in value.items()}
    if isinstance(value, list):
        return [json.loads(text) for text in {json.dumps(shape(part)) for part in value}]
    return value if value is None else type(value)()


ENUMS = [
    name for name, part in SCHEMA["$defs"]["IndexJson"]["properties"].items() if "enum" in part
]


@pytest.mark.shared
@pytest.mark.parametrize("name", ["labelled", "sectioned"])
def test_every_page_of_a_formulary_is_valid(name: str, formulary: Formularies) -> None:
    pages = formulary(name).records
    shapes = {json.dumps(shape(values), sort_keys=True): path for path, values in pages.items()}
    assert {
        path for text, path in shapes.items() if not VALIDATOR.is_valid(json.loads(text))
    } == set()
    assert {*ENUMS} == {"kind", "audience", "provenance"}
