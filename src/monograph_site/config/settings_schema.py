"""The JSON Schema of site.yaml, for editors: made of the types by which it is read."""

from __future__ import annotations

import ast
import inspect
import textwrap
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from .settings import Config

Schema = dict[str, Any]
_NOT_SETTINGS = frozenset(("fragments", "vendored", "optional_rules"))
_HELP = {
    "title": "The title of the site.",
    "description": "What the site is, in a sentence or two.",
    "language": "The language of the site, such as en or pt-BR.",
    "publisher": "Who publishes the site.",
    "contact": "Where readers write to: an address of e-mail or of a page.",
    "review": "How often a page must be reviewed, and what becomes of pages that are not approved.",
    "provenance": "Where texts come from that do not state it.",
    "search": "Whether the site has a search.",
}
"""What settings mean whose names say it already in the code."""


def settings_schema() -> Schema:
    """The JSON Schema (2020-12) of site.yaml. Unknown settings are refused, as `check` does."""
    schema = _mapping(Config)
    properties: Schema = schema["properties"]
    for name, value in properties.items():
        if name in _HELP:
            properties[name] = {"description": _HELP[name], **value}
    texts = {"type": "array", "items": {"type": "string"}}
    for name in ("ignore", "languages"):  # a text or a list stands for the mapping
        properties[name] = {
            "description": properties[name].pop("description", ""),
            "anyOf": [{"type": "string"}, texts, properties[name]],
        }
    for name, value in properties.items():
        properties[name] = _or_null(value)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Settings of a monograph site",
        **schema,
    }


def _or_null(schema: Schema) -> Schema:
    """A setting that may be left empty."""
    if "anyOf" in schema:
        return {**schema, "anyOf": [*schema["anyOf"], {"type": "null"}]}
    text = {"description": schema["description"]} if "description" in schema else {}
    return {**text, "anyOf": [schema, {"type": "null"}]}


def _mapping(kind: Any) -> Schema:
    types, texts = get_type_hints(kind), docstrings(kind)
    spelt = {name: key for key, name in getattr(kind, "spelt", {}).items()}
    properties: Schema = {}
    required: list[str] = []
    for setting in fields(kind):
        if kind is Config and setting.name in _NOT_SETTINGS:
            continue
        key = spelt.get(setting.name, setting.name)
        schema = _value(types[setting.name])
        text = texts.get(setting.name, "")
        properties[key] = {"description": text, **schema} if text else schema
        if setting.default is MISSING and setting.default_factory is MISSING:
            required.append(key)
    schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**schema, "required": required} if required else schema


def _value(wanted: Any) -> Schema:
    options = get_args(wanted)
    origin = get_origin(wanted)
    if origin in (Union, UnionType):
        inner = next(option for option in options if option is not type(None))
        return _or_null(_value(inner))
    if origin is Literal:
        return {"enum": list(options)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _value(options[1])}
    if origin is tuple:
        item = _value(options[0])
        return {"anyOf": [item, {"type": "array", "items": item}]}
    if is_dataclass(wanted):
        mapping = _mapping(wanted)
        short = getattr(wanted, "short_form", "")
        return {"anyOf": [{"type": "string"}, mapping]} if short else mapping
    return {"type": "boolean"} if wanted is bool else {"type": "string"}


@cache
def docstrings(kind: type) -> dict[str, str]:
    """The text under each field of a data class, on one line."""
    body = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
    assert isinstance(body, ast.ClassDef)
    found: dict[str, str] = {}
    for statement, after in zip(body.body, body.body[1:], strict=False):
        if (
            isinstance(statement, ast.AnnAssign)
            and isinstance(statement.target, ast.Name)
            and isinstance(after, ast.Expr)
            and isinstance(after.value, ast.Constant)
            and isinstance(after.value.value, str)
        ):
            found[statement.target.id] = " ".join(after.value.value.split())
    return found
