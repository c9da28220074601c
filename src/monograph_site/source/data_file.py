"""A data file (YAML, TOML, JSON or CSV) divided into entries, each with its path (see `data_item`)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import msgspec
import yaml
from msgspec import Struct

from ..model.finding import Finding
from ..model.source import Source, Span
from ..model.strings import collapse, digest, lasting_digest, slugify
from .csv_reader import Cell, read_csv
from .data_item import DataItem, ItemContent, Path, Place
from .decode import decode
from .findings_data import NOT_ENTRIES, RAGGED_ROW, UNKNOWN_COLUMN, UNNAMED_ENTRY
from .findings_yaml import FORMAT_SYNTAX
from .toml_reader import read_toml
from .yaml_reader import read_yaml

MAX_BYTES = 8_000_000
"""The limit for a data file."""
MAX_VALUES = 1_000_000
"""Values that are read of a data file."""
_ROW_TARGETS = ("monograph", "slug", "title")
"""Keys of a row that name the monograph it belongs to; the first that is stated counts."""
_MORE_TARGETS = ("drug", "medicine")
"""Other such keys, where no field of the row has them."""
_REST_OF_LINE = 200
"""Characters of an entry's last line, behind the entry, that are kept with it to be shown."""


class DataFile(Struct, frozen=True):
    """The entries of a data file, in order, and the findings about the file as a whole."""

    items: tuple[DataItem, ...] = ()
    findings: tuple[Finding, ...] = ()


class DataFormat(NamedTuple):
    """How a data file is to be read: what site.yaml says of it."""

    folder: str
    """The folder of its collection."""
    rows: str = ""
    """The table to which each entry is a row; '' where each is a monograph."""
    columns: Mapping[str, str] = {}
    """Field by column of a CSV file, or by key."""


def read_data_file(path: str, content: bytes, form: DataFormat) -> DataFile:
    """The entries of a data file. Nothing is raised: what cannot be read is among the findings, which
    have the path of the file."""
    source, findings = decode(path, content, MAX_BYTES)
    if source is None:
        return DataFile((), findings)
    reader = _csv_entries if path.lower().endswith(".csv") else _nodes
    entries, more = reader(source, form)
    maker = _ItemMaker(source, form)
    items = tuple(item for entry in entries if (item := maker.item(entry)))
    return DataFile(items, (*findings, *more, *maker.findings))


class _Value(NamedTuple):
    """A value with its place in the file, as offsets."""

    path: Path
    start: int
    end: int
    key_start: int


class _Entry(NamedTuple):
    """An entry before it has a path."""

    key: str
    """Its key, where the file is a mapping; else ''."""
    data: dict[str, Any]
    values: list[_Value]
    start: int
    end: int


# YAML, TOML and JSON


def _nodes(source: Source, form: DataFormat) -> tuple[list[_Entry], tuple[Finding, ...]]:
    """The entries of a tree of nodes."""
    text = source.text
    is_json = source.path.lower().endswith(".json")
    if is_json and (problem := _json_problem(source)):
        return [], (problem,)
    if source.path.lower().endswith(".toml"):
        document = read_toml(text, source, max_length=MAX_BYTES, max_values=MAX_VALUES)
    else:
        shown = text.replace("\t", " ") if is_json else text  # which YAML refuses as an indent
        document = read_yaml(shown, source, max_length=MAX_BYTES, max_values=MAX_VALUES)
    findings = document.findings
    if document.root is None or document.value is None:
        return [], findings
    found = list(_entry_nodes(document.value, document.root))
    if not found:
        message = (
            "There is no list of entries.\nWrite a list of mappings, or a mapping of mappings."
        )
        return [], (*findings, NOT_ENTRIES.at(source.path, document.span_of(), message))
    return [_node_entry(key, value, node, form.columns) for key, value, node in found], findings


def _json_problem(source: Source) -> Finding | None:
    """Why a text is not JSON; None where it is."""
    try:
        json.loads(source.text, strict=False)
    except json.JSONDecodeError as error:
        message = f"The JSON can't be read: {error.msg}.\nCorrect it here or just above."
        return FORMAT_SYNTAX.at(source.path, source.span(error.pos), message)
    except RecursionError:  # the YAML reader says so, with its place
        return None
    return None


def _entry_nodes(value: Any, node: yaml.Node) -> Iterator[tuple[str, dict[str, Any], yaml.Node]]:
    """Key, value and node of each entry: the elements of a list, of the only list of mappings in a
    mapping, or the values of a mapping of mappings."""
    if isinstance(value, list):
        for part, child in zip(value, node.value, strict=True):
            if isinstance(part, dict):
                yield "", part, child
        return
    if not isinstance(value, dict):
        return
    nodes = {name.value: child for name, child in reversed(node.value)}
    lists = [
        name
        for name, part in value.items()
        if isinstance(part, list) and part and all(isinstance(each, dict) for each in part)
    ]
    if len(lists) == 1:
        yield from _entry_nodes(value[lists[0]], nodes[lists[0]])
    elif value and all(isinstance(part, dict) for part in value.values()):
        for name, part in value.items():
            yield name, part, nodes[name]


def _node_entry(
    key: str, value: dict[str, Any], node: yaml.Node, columns: Mapping[str, str]
) -> _Entry:
    values: list[_Value] = []
    start, end = _extent(node)
    for name, child in node.value:
        if name.value not in value:
            continue
        field_path = _field_path(columns.get(name.value, name.value))
        values += _places(child, field_path, name.start_mark.index)
    data: dict[str, Any] = {}
    for name, part in value.items():
        _set(data, _field_path(columns.get(name, name)), part)
    return _Entry(key, data, values, start, end)


def _places(node: yaml.Node, path: Path, key_start: int) -> Iterator[_Value]:
    yield _Value(path, node.start_mark.index, node.end_mark.index, key_start)
    if isinstance(node, yaml.MappingNode):
        for name, child in node.value:
            yield from _places(child, (*path, name.value), name.start_mark.index)
    elif isinstance(node, yaml.SequenceNode):
        for number, child in enumerate(node.value):
            yield from _places(child, (*path, number), child.start_mark.index)


def _extent(node: yaml.Node) -> tuple[int, int]:
    """Where a node and all within it start and end: a TOML table is spread over the file."""
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, yaml.ScalarNode):
        return start, end
    for child in node.value:
        for part in child if isinstance(child, tuple) else (child,):
            first, last = _extent(part)
            start, end = min(start, first), max(end, last)
    return start, end


# CSV


def _csv_entries(source: Source, form: DataFormat) -> tuple[list[_Entry], tuple[Finding, ...]]:
    """The entries of a CSV file, whose first row has the names of the columns."""
    rows, findings = read_csv(source)
    if not rows:
        return [], findings
    head, *body = rows
    names = [collapse(cell.text) for cell in head]
    unknown = [name for name in form.columns if name not in names]
    more = [
        UNKNOWN_COLUMN.at(
            source.path,
            source.span(head[0].start),
            f"There is no column {name!r}; there are {', '.join(filter(None, names))}.\n"
            "Correct its name in `columns` in site.yaml.",
        )
        for name in unknown
    ]
    entries = []
    for row in body:
        if len(row) != len(names):
            message = (
                f"This row has {len(row)} cells, and the first row has {len(names)}.\n"
                "Add what is missing, or quote a cell that has a comma in it."
            )
            more.append(RAGGED_ROW.at(source.path, source.span(row[0].start), message))
        entries.append(_csv_entry(row, names, form.columns))
    return entries, (*findings, *more)


def _csv_entry(row: list[Cell], names: list[str], columns: Mapping[str, str]) -> _Entry:
    data: dict[str, Any] = {}
    values = []
    for number, cell in enumerate(row):
        name = names[number] if number < len(names) else ""
        name = name or f"Column {number + 1}"
        path = _field_path(columns.get(name, name))
        text = cell.text.strip()
        if not text:
            continue
        if not _set(data, path, text):  # a second column for the same field
            path = (name,)
            _set(data, path, text)
        for depth in range(1, len(path) + 1):  # the first column of `doses` is where `doses` is
            values.append(_Value(path[:depth], cell.start, cell.end, cell.start))
    return _Entry("", data, values, row[0].start, row[-1].end)


def _field_path(name: str) -> Path:
    """`doses.dose` is the field of a field."""
    return tuple(name.split(".")) if re.fullmatch(r"\w+(?:\.\w+)+", name) else (name,)


def _set(data: dict[str, Any], path: Path, value: Any) -> bool:
    """Put a value at a path of keys; whether there was none."""
    for step in path[:-1]:
        inner = data.setdefault(str(step), {})
        if not isinstance(inner, dict):
            return False
        data = inner
    if path[-1] in data:
        return False
    data[str(path[-1])] = value
    return True


# entries → items


class _ItemMaker:
    """Gives the entries of a file their paths and contents."""

    def __init__(self, source: Source, form: DataFormat) -> None:
        self.findings: list[Finding] = []
        self._source, self._form = source, form
        self._suffix = source.path[source.path.rindex(".") :].lower()
        self._counts: dict[str, int] = {}

    def item(self, entry: _Entry) -> DataItem | None:
        """The item of an entry; None for one without a name, which is among the findings."""
        named = self._as_row(entry) if self._form.rows else self._as_page(entry)
        if named is None:
            message = "The entry does not say what it is about.\nAdd its 'title'."
            place = self._source.span(entry.start)
            self.findings.append(UNNAMED_ENTRY.at(self._source.path, place, message))
            return None
        slug, data, values = named
        path = f"{self._form.folder}/{slug}{self._suffix}"
        count = self._counts[path] = self._counts.get(path, 0) + 1
        path = path if count == 1 else f"{path}#{count}"
        return self._placed(path, data, values, entry.start, entry.end)

    def _as_page(self, entry: _Entry) -> tuple[str, dict[str, Any], list[_Value]] | None:
        data = entry.data
        title = next((data[key] for key in ("title", "name") if _is_text(data.get(key))), entry.key)
        if not title:
            return None
        if "title" not in data and "name" not in data:
            data = {"title": title, **data}
        stated = next((data[key] for key in ("slug", "id") if _is_text(data.get(key))), entry.key)
        slug = (
            slugify(stated.strip("/").rpartition("/")[2])
            or slugify(title)
            or lasting_digest(title)[:8]
        )
        return slug, data, entry.values

    def _as_row(self, entry: _Entry) -> tuple[str, dict[str, Any], list[_Value]] | None:
        """The entry as front matter that has it as the only row of its table, and the monograph it
        belongs to as its title."""
        table = self._form.rows
        keys = _ROW_TARGETS if table == "interactions" else (*_ROW_TARGETS, *_MORE_TARGETS)
        key = next((key for key in keys if _is_text(entry.data.get(key))), "")
        target = entry.data.get(key, entry.key)
        if not target:
            return None
        row = {name: value for name, value in entry.data.items() if name != key}
        values = [
            value._replace(path=("title",) if value.path == (key,) else (table, 0, *value.path))
            for value in entry.values
        ]
        for path in ((table,), (table, 0)):
            values.append(_Value(path, entry.start, entry.end, entry.start))
        return (
            slugify(target) or lasting_digest(target)[:8],
            {"title": target, table: [row]},
            values,
        )

    def _placed(
        self, path: str, data: dict[str, Any], values: Iterable[_Value], start: int, end: int
    ) -> DataItem:
        text = self._source.text
        end = start + len(text[start:end].rstrip())
        line_end = text.find("\n", end)
        rest = (line_end if line_end >= 0 else len(text)) - end
        item_text = text[start : end + min(rest, _REST_OF_LINE)]
        own = Source(path, item_text)

        def place(value: _Value) -> Place:
            span, key = own.span(value.start - start), own.span(value.key_start - start)
            first_line = text[value.start : value.end].split("\n", 1)[0].rstrip()
            return Place(*_pair(span), max(1, len(first_line)), *_pair(key))

        first = {value.path: value for value in reversed(list(values))}
        places = [(list(value.path), place(value)) for value in reversed(first.values())]
        content = msgspec.msgpack.encode(ItemContent(item_text, data, places))
        top, last = self._source.span(start), self._source.span(end)
        return DataItem(path, digest(path, content), top.line, top.column, last.line, content)


def _pair(span: Span) -> tuple[int, int]:
    return span.line, span.column


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())
