"""TOML front matter as the same tree of nodes that YAML gives, so that its values have places too.

`tomllib` decides what is TOML; the tree is built of a text that it has accepted. As in YAML, numbers
and dates stay the text that the author wrote.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

import yaml

from ..model.source import Source
from ..regex import regex
from .findings_yaml import FORMAT_SYNTAX, TOO_DEEP, TOO_LARGE
from .yaml_reader import MAX_LENGTH, MAX_SIZE, YamlDocument, document_of

_BLANK = regex(r"(?:[ \t\r\n]++|#[^\n]*+)*+")
_BARE_KEY = regex(r"[A-Za-z0-9_-]++")
_BARE_VALUE = regex(r"[^\s,\]}#]++(?:[ ]\d\d:\d\d[^\s,\]}#]*+)?")
_STRING = regex(
    r'"""(?P<long>(?:[^"\\]|\\.|"(?!""))*+"{0,2})"""'
    r"|'''(?P<long_raw>(?:[^']|'(?!''))*+'{0,2})'''"
    r'|"(?P<short>(?:[^"\\\n]|\\.)*+)"'
    r"|'(?P<raw>[^'\n]*+)'",
    re.DOTALL,
)
_PLACE = regex(r"\(at (?:line (\d+), column (\d+)|end of document)\)")
_STRING_TAG, _LIST_TAG, _MAPPING_TAG = (
    f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map")
)


def read_toml(
    text: str,
    source: Source,
    offset: int = 0,
    *,
    max_length: int = MAX_LENGTH,
    max_values: int = MAX_SIZE,
) -> YamlDocument:
    """The document of a TOML text that starts at `offset` of the source (see `read_yaml`)."""
    if len(text) > max_length:
        message = f"{len(text):,} characters of TOML; at most {max_length:,} are read."
        finding = TOO_LARGE.at(
            source.path, source.span(offset), f"{message}\nMove long text below the front matter."
        )
        return YamlDocument(None, source, offset, (finding,))
    try:
        tomllib.loads(text)
        root = _Parser(text).document()
    except tomllib.TOMLDecodeError as error:
        index, message = _explain(text, str(error))
        finding = FORMAT_SYNTAX.at(source.path, source.span(offset + index), message)
        return YamlDocument(None, source, offset, (finding,))
    except RecursionError:
        message = "The values are nested too deeply.\nUse fewer levels of brackets."
        finding = TOO_DEEP.at(source.path, source.span(offset), message)
        return YamlDocument(None, source, offset, (finding,))
    return document_of(root, text, source, offset, max_values)


def _explain(text: str, error: str) -> tuple[int, str]:
    """Where a text is not TOML, and what to say of it."""
    place = _PLACE.search(error)
    index = len(text.rstrip())
    if place and place[1]:
        lines = text.split("\n")
        index = sum(len(line) + 1 for line in lines[: int(place[1]) - 1]) + int(place[2]) - 1
    what = _PLACE.sub("", error).strip()
    start = text.rfind("\n", 0, index) + 1
    line = text[start:].partition("\n")[0]
    if re.match(r"\s*[\w-]+\s*:", line):
        return start, (
            "A colon after a key, as in YAML.\nBetween lines of +++, write 'key = \"value\"'."
        )
    if re.match(r"\s*[\w-]+\s*=\s*[^\s\"'\[{\d]", line) and "Invalid value" in what:
        return index, "The text has no quotes.\nPut quotes around it."
    return min(index, len(text)), f"The TOML can't be read: {what}.\nCorrect this line."


def _mark(index: int) -> yaml.Mark:
    return yaml.Mark("", index, 0, 0, None, 0)


class _Parser:
    """Reads a valid TOML text once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def document(self) -> yaml.MappingNode:
        """The whole text as a mapping."""
        root = self._mapping(0)
        table = root
        self._skip()
        while self._at < len(self._text):
            if self._text.startswith("[[", self._at):
                self._at += 2
                table = self._table(root, self._keys(), is_list=True)
                self._at += 2
            elif self._text[self._at] == "[":
                self._at += 1
                table = self._table(root, self._keys(), is_list=False)
                self._at += 1
            else:
                self._pair(table)
            self._skip()
        root.end_mark = _mark(len(self._text))
        return root

    def _skip(self) -> None:
        match = _BLANK.match(self._text, self._at)
        self._at = match.end() if match else self._at

    def _pair(self, table: yaml.MappingNode) -> None:
        """One `key = value`, added to a table."""
        *outer, key = self._keys()
        table = self._table(table, outer, is_list=False)
        self._at += 1  # the equals sign
        self._skip()
        table.value.append((key, self._value()))

    def _keys(self) -> list[yaml.ScalarNode]:
        """A key with dots, up to what follows it."""
        keys = []
        while True:
            self._skip()
            keys.append(self._key())
            self._skip()
            if self._text[self._at] != ".":
                return keys
            self._at += 1

    def _key(self) -> yaml.ScalarNode:
        match = _BARE_KEY.match(self._text, self._at)
        if match is None:
            return self._string()
        self._at = match.end()
        return self._scalar(match.group(), match.start(), None)

    def _table(
        self, table: yaml.MappingNode, keys: list[yaml.ScalarNode], *, is_list: bool
    ) -> yaml.MappingNode:
        """The table that keys name within another, made where it is not there yet; with `is_list`
        a new one at the end of the list of that name."""
        for number, key in enumerate(keys, 1):
            value = next((value for name, value in table.value if name.value == key.value), None)
            if value is None:
                start = key.start_mark.index
                value = (
                    self._list(start) if is_list and number == len(keys) else self._mapping(start)
                )
                table.value.append((key, value))
            if isinstance(value, yaml.SequenceNode):
                if is_list and number == len(keys):
                    value.value.append(self._mapping(key.start_mark.index))
                value = value.value[-1]
            table = value
        return table

    def _value(self) -> yaml.Node:
        start = self._at
        if self._text[start] in "\"'":
            return self._string()
        if self._text[start] in "[{":
            return self._collection()
        match = _BARE_VALUE.match(self._text, start)
        assert match is not None  # tomllib accepted the text
        self._at = match.end()
        return self._scalar(match.group(), start, None)

    def _collection(self) -> yaml.Node:
        """An array or an inline table."""
        start = self._at
        node: yaml.Node = self._list(start)
        is_table = self._text[start] == "{"
        if is_table:
            node = self._mapping(start)
        self._at += 1
        for _ in self._elements("}" if is_table else "]"):
            if isinstance(node, yaml.MappingNode):
                self._pair(node)
            else:
                node.value.append(self._value())
        node.end_mark = _mark(self._at)
        return node

    def _elements(self, closing: str) -> Iterator[None]:
        """Stops before each element of a collection, and behind its closing bracket."""
        self._skip()
        while self._text[self._at] != closing:
            yield
            self._skip()
            if self._text[self._at] == ",":
                self._at += 1
                self._skip()
        self._at += 1

    def _string(self) -> yaml.ScalarNode:
        match = _STRING.match(self._text, self._at)
        assert match is not None  # tomllib accepted the text
        self._at = match.end()
        value = tomllib.loads(f"x = {match.group()}")["x"]
        return self._scalar(str(value), match.start(), '"')

    def _scalar(self, value: str, start: int, style: str | None) -> yaml.ScalarNode:
        return yaml.ScalarNode(_STRING_TAG, value, _mark(start), _mark(self._at), style=style)

    def _list(self, start: int) -> yaml.SequenceNode:
        return yaml.SequenceNode(_LIST_TAG, [], _mark(start), _mark(start))

    def _mapping(self, start: int) -> yaml.MappingNode:
        return yaml.MappingNode(_MAPPING_TAG, [], _mark(start), _mark(start))
