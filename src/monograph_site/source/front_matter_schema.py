"""The JSON Schema of front matter, for editors: made of the forms by which it is read."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BeforeValidator
from pydantic.fields import FieldInfo

from ..model.monograph import SECTION_AUDIENCES
from .front_matter_help import KEYS_OF_KINDS, help_for
from .publication import DRAFT_KEYS
from .schema_forms import Form, as_price
from .schema_front import FrontForm
from .schema_texts import as_instant, as_text
from .schema_values import many
from .section_audiences import MARKABLE_SECTIONS

Schema = dict[str, Any]
DRAFT = "https://json-schema.org/draft/2020-12/schema"
_ANYTHING: Schema = {}
_TEXT: Schema = {"type": ["string", "number", "boolean", "null"]}
"""A text. What YAML takes for a number is read as it is written."""
_TABLES = ("doses", "side_effects", "interactions", "prices")


def front_matter_schema(kind: str = "") -> Schema:
    """The JSON Schema (2020-12) of the front matter of a kind of page; '' for any kind.

    Every spelling of a key is known, values may be in every form that is read, and keys of other
    tools are allowed: what it refuses, `check` reports too. It says less than `check`, which also
    compares fields with each other and with the text.
    """
    schema = _form_schema(FrontForm, "")
    properties: Schema = schema["properties"]
    properties["audience"] = _with_sections(properties["audience"])
    own = KEYS_OF_KINDS.get(kind)
    if own:
        for name in set().union(*KEYS_OF_KINDS.values()) - set(own):
            for spelling in FrontForm.spellings(name):
                properties.pop(spelling, None)
        properties["kind"] = {**properties["kind"], "default": kind}
    for name in _TABLES:
        properties.setdefault(name, {"type": ["array", "object", "string", "null"]})
        properties[name]["description"] = help_for(name)
    for name in sorted(DRAFT_KEYS):
        properties.setdefault(name, {"description": help_for("draft")})
    title = f"Front matter of a page of kind {kind}" if kind else "Front matter of a page"
    return {"$schema": DRAFT, "title": title, **schema}


def _with_sections(audience: Schema) -> Schema:
    """The schema of `audience`, which may also be a mapping of section keys."""
    by_section = {"type": "object", "additionalProperties": {"enum": list(SECTION_AUDIENCES)}}
    by_section["properties"] = {key: {} for key in sorted(MARKABLE_SECTIONS)}
    return {**audience, "anyOf": [*audience["anyOf"], by_section]}


def field_schema(name: str) -> Schema:
    """The schema of one field of the front matter, by the name of the field in the record."""
    return _field(FrontForm.model_fields[name], name)


def _form_schema(form: type[Form], path: str) -> Schema:
    properties: Schema = {}
    required: list[Schema] = []
    for name, info in form.model_fields.items():
        spellings = form.spellings(name)
        field = _field(info, f"{path}{name}")
        for spelling in spellings:
            if spelling == spellings[0]:
                properties[spelling] = field
            else:
                same = f"The same as `{spellings[0]}`."
                properties[spelling] = {**field, "description": same, "deprecated": True}
        if info.is_required():
            required.append({"anyOf": [{"required": [spelling]} for spelling in spellings]})
    schema: Schema = {"type": "object", "properties": properties}
    for key in sorted(form.also_known):
        properties.setdefault(key, _ANYTHING)
    if required:
        schema["allOf"] = required
    return schema


def _field(info: FieldInfo, path: str) -> Schema:
    schema = _value(info.annotation, list(info.metadata), path)
    if text := help_for(path):
        schema = {"description": text, **schema}
    return schema


def _value(annotation: Any, metadata: list[Any], path: str) -> Schema:
    """The schema of a value, by its type and its validators."""
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        return _value(inner, [*more, *metadata], path)
    validators = [mark.func for mark in metadata if isinstance(mark, BeforeValidator)]
    options = [option for option in get_args(annotation) if option is not type(None)]
    if type(None) in get_args(annotation):
        return _value(options[0], metadata, path)
    if get_origin(annotation) is Literal:
        return _word_schema(options)
    if get_origin(annotation) is tuple:
        item = _value(options[0], [], path) if many in validators else _TEXT
        return _any_of(item, {"type": "array", "items": item})
    if isinstance(annotation, type) and issubclass(annotation, Form):
        return _mapping(annotation, validators, path)
    if annotation is bool:
        return {"type": ["boolean", "null"]}
    if as_instant in validators:
        return {"type": ["string", "number", "null"]}
    if as_text in validators:
        return _TEXT
    return _TEXT


def _mapping(form: type[Form], validators: list[Any], path: str) -> Schema:
    """The schema of a mapping, and of the short forms that stand for it."""
    mapping = _form_schema(form, f"{path}.")
    if as_price in validators:
        return _any_of(_TEXT, mapping)
    if not validators:
        return _any_of(mapping, {"type": "null"})
    item = _any_of(_TEXT, mapping)
    if path == "names":  # a list of other names
        return _any_of(item, {"type": "array", "items": _TEXT})
    return item


def _word_schema(words: list[str]) -> Schema:
    """A word of a fixed set, in any case and with any of `_`, `-` and space between its parts."""
    patterns = [
        "[-_ ]+".join(
            "".join(f"[{char.upper()}{char}]" for char in part) for part in word.split("_")
        )
        for word in words
    ]
    return {
        "anyOf": [
            {"enum": [*words, None]},
            {"type": "string", "pattern": f"^\\s*(?:{'|'.join(patterns)})\\s*$"},
        ]
    }


def _any_of(*schemas: Schema) -> Schema:
    """A schema that allows what any of these does, without a nesting of alternatives."""
    options: list[Schema] = []
    for schema in schemas:
        for option in schema["anyOf"] if set(schema) == {"anyOf"} else [schema]:
            if option not in options:
                options.append(option)
    return options[0] if len(options) == 1 else {"anyOf": options}


def paths_of_fields() -> set[str]:
    """Every field of front matter, by path (`sources.title`)."""

    def paths(form: type[Form], prefix: str) -> set[str]:
        found: set[str] = set()
        for name, info in form.model_fields.items():
            found.add(f"{prefix}{name}")
            inner = _form_in(info.annotation)
            if inner:
                found |= paths(inner, f"{prefix}{name}.")
        return found

    return paths(FrontForm, "")


def _form_in(annotation: Any) -> type[Form] | None:
    if isinstance(annotation, type) and issubclass(annotation, Form):
        return annotation
    return next((form for part in get_args(annotation) if (form := _form_in(part))), None)
