"""The keys of front matter at a place in a text, and what the schema says of them. The text may be
one that cannot be read at present, because it is being typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from msgspec import Struct

from ..model.monograph import KINDS
from ..regex import regex
from ..source.front_matter_schema import Schema, front_matter_schema

_KEY_LINE = regex(
    r"(?P<lead>[ ]*(?:-[ ]+)*)(?P<quote>[\"']?)(?P<key>[\w-]+)(?P=quote)[ ]*"
    r"(?P<colon>[:=])?(?P<value>.*)"
)
_KIND = regex(r"^kind:[ ]*[\"']?(\w+)", re.MULTILINE)


class KeyPlace(Struct, frozen=True):
    """A place in front matter."""

    parents: tuple[str, ...]
    """The keys of the mappings that it is in, from the outermost."""
    key: str
    """The key of the line; '' where the line has none yet."""
    start: int
    """The offset of the key, or of where one may be typed."""
    is_value: bool
    """Whether the place is behind the colon, or an element of the list of the innermost key."""

    @property
    def path(self) -> tuple[str, ...]:
        """The key with those it is below."""
        return (*self.parents, self.key) if self.key else self.parents


def key_at(text: str, offset: int) -> KeyPlace:
    """The keys at an offset of YAML front matter, by the indentation of its lines."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line = text[start : end if end >= 0 else len(text)]
    match = _KEY_LINE.match(line)
    if match is None or not match["colon"]:
        lead = re.match(r"[ ]*(?:-[ ]+)*", line)
        indent = lead.end() if lead else 0
        parents = tuple(_parents(text[:start], indent))
        return KeyPlace(parents, "", start + indent, "-" in line[:indent])
    indent = len(match["lead"])
    is_value = offset > start + match.start("colon")
    parents = tuple(_parents(text[:start], indent))
    return KeyPlace(parents, match["key"], start + match.start("key"), is_value)


def _parents(before: str, indent: int) -> Iterator[str]:
    """The keys that a line with an indentation is below, from the outermost."""
    parents: list[str] = []
    for line in reversed(before.split("\n")):
        if not indent:
            break
        match = _KEY_LINE.match(line)
        if match is None or not match["colon"]:
            continue
        own = len(match["lead"])
        is_list_at_key = own == indent and "-" in match["lead"]
        if own < indent and not is_list_at_key:
            parents.append(match["key"])
            indent = len(line) - len(line.lstrip(" ")) if "-" in match["lead"] else own
    yield from reversed(parents)


def schema_at(kind: str, path: tuple[str, ...]) -> Schema:
    """The schema of a field; an empty one where it is not known."""
    schema = _schema(kind)
    for key in path:
        schema = properties(schema).get(key, {})
    return schema


def properties(schema: Schema) -> dict[str, Schema]:
    """The keys of the mappings that a schema allows."""
    known: dict[str, Schema] = dict(schema.get("properties", {}))
    for option in (*schema.get("anyOf", ()), schema.get("items")):
        if option:
            known = {**properties(option), **known}
    return known


def words(schema: Schema) -> list[str]:
    """The words of a fixed set that a schema allows."""
    allowed = [word for word in schema.get("enum", ()) if isinstance(word, str)]
    for option in (*schema.get("anyOf", ()), schema.get("items")):
        if option:
            allowed += words(option)
    return list(dict.fromkeys(allowed))


def description(schema: Schema) -> str:
    """What a field means; '' where that is not written."""
    text: Any = schema.get("description", "")
    return str(text)


def kind_in(front_text: str) -> str:
    """The kind of page that front matter states; '' for any."""
    match = _KIND.search(front_text)
    return match[1] if match and match[1] in KINDS else ""


@cache
def _schema(kind: str) -> Schema:
    return front_matter_schema(kind)
