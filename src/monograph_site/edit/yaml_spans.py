"""Edits of values in YAML front matter: the span of one value or entry, in the style in which it is
written. Comments, order and quoting of all else stay as they are."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import yaml

from ..model.source import Source
from ..regex import regex
from ..source.front_matter import FrontMatter, read_front_matter
from .text import Edit

_MAX_LINE = 80
"""Columns of a folded text, as most programs write it."""
_PLAIN = regex(r"[A-Za-z0-9][^\n:#]*(?<! )")
_SINGLE_SPACE = regex(r"(?<=[^ ]) (?=[^ ])")
_NOT_TEXT = regex(r"[\d.+-]+|true|false|null|yes|no|on|off|y|n", re.IGNORECASE)
Path = Sequence[Any]
"""Keys and indices, from the top of the front matter on."""


class _Entry(NamedTuple):
    """A value of a mapping or list, with its key in a mapping."""

    key: yaml.Node | None
    value: yaml.Node
    holder: yaml.Node


def replace_text(
    source: Source, front: FrontMatter, path: Path, text: str, name: str
) -> list[Edit]:
    """The edit that makes a text the value at a path of keys and indices; none where that cannot be
    done without touching more. `name` is that of the finding it corrects."""
    entry = _entry(front, path)
    if entry is None or not isinstance(entry.value, yaml.ScalarNode):
        return []
    for written in _spellings(source, front, entry, text):
        edit = Edit(*_span(source, front, entry.value), written, name)
        if _data_after(source, edit) == _changed(front.data, path, text):
            return [edit]
    return []


def remove_entry(source: Source, front: FrontMatter, path: Path, name: str) -> list[Edit]:
    """The edit that removes a value with its key; none where that cannot be done without touching
    more. The last item of a list goes with the list."""
    entry = _entry(front, path)
    if entry is None:
        return []
    if entry.key is None and len(entry.holder.value) == 1:
        return remove_entry(source, front, path[:-1], name)
    for start, end in (_lines_of(source, front, entry), _item_in_flow(source, front, entry)):
        edit = Edit(start, end, "", name)
        if end > start and _data_after(source, edit) == _without(front.data, path):
            return [edit]
    return []


def _entry(front: FrontMatter, path: Path) -> _Entry | None:
    document = front.document
    entry = None
    node = document.root if document else None
    for step in path:
        entry = _child(node, step)
        if entry is None:
            return None
        node = entry.value
    return entry


def _child(node: yaml.Node | None, step: str | int) -> _Entry | None:
    if isinstance(node, yaml.MappingNode) and isinstance(step, str):
        pairs = ((key, value) for key, value in node.value if key.value == step)
        pair = next(pairs, None)
        return _Entry(*pair, node) if pair else None
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return _Entry(None, node.value[step], node)
    return None


def _span(source: Source, front: FrontMatter, node: yaml.Node) -> tuple[int, int]:
    """The offsets of a value in the source; without the line ends behind a block of text."""
    start, end = _offset(front, node.start_mark.index), _offset(front, node.end_mark.index)
    return start, start + len(source.text[start:end].rstrip("\n "))


def _offset(front: FrontMatter, index: int) -> int:
    return (front.document.offset if front.document else 0) + index


def _spellings(source: Source, front: FrontMatter, entry: _Entry, text: str) -> list[str]:
    """Ways to write a text, the style of the present value first."""
    style = entry.value.style if isinstance(entry.value, yaml.ScalarNode) else None
    single = "'" + text.replace("'", "''") + "'"
    double = json.dumps(text, ensure_ascii=False)
    if style in (">", "|"):
        written = source.text[slice(*_span(source, front, entry.value))]
        head, *lines = written.split("\n")
        margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=2)
        body = _folded(text, margin) if style == ">" else text.split("\n")
        block = [head, *(" " * margin + line if line else "" for line in body)]
        return ["\n".join(block), double]
    if style == '"':
        return [double]
    if style == "'":
        return [single, double] if "\n" not in text else [double]
    is_plain = _PLAIN.fullmatch(text) and not _NOT_TEXT.fullmatch(text)
    return [text, double] if is_plain else [double]


def _folded(text: str, margin: int) -> list[str]:
    """The lines of a folded text: a line break in it is a blank line."""
    lines: list[str] = []
    for number, paragraph in enumerate(text.split("\n")):
        lines += [""] * bool(number)
        line = ""
        for word in _SINGLE_SPACE.split(paragraph):
            if line and margin + len(line) + 1 + len(word) > _MAX_LINE:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        lines += [line] if line else []
    return lines


def _lines_of(source: Source, front: FrontMatter, entry: _Entry) -> tuple[int, int]:
    """The whole lines of an entry that has lines of its own; with the hyphen of a list item."""
    text = source.text
    first = _offset(front, (entry.key or entry.value).start_mark.index)
    start = text.rfind("\n", 0, first) + 1
    if text[start:first].strip(" -") or ("-" in text[start:first]) is not (entry.key is None):
        return 0, 0
    end = text.find("\n", _span(source, front, entry.value)[1])
    behind = text[_span(source, front, entry.value)[1] : end].strip()
    is_alone = not behind or behind.startswith("#")  # a comment speaks of the entry
    return (start, end + 1) if end >= 0 and is_alone else (0, 0)


def _item_in_flow(source: Source, front: FrontMatter, entry: _Entry) -> tuple[int, int]:
    """An item between brackets, with the comma behind it, else the one before it."""
    text = source.text
    start, end = _span(source, front, entry.value)
    if entry.key:
        start = _offset(front, entry.key.start_mark.index)
    behind = re.compile(r"\s*,[ \t]*").match(text, end)
    if behind:
        return start, behind.end()
    before = re.compile(r",\s*$").search(text, 0, start)
    return (before.start(), end) if before else (0, 0)


def _data_after(source: Source, edit: Edit) -> Any:
    text = source.text[: edit.start] + edit.text + source.text[edit.end :]
    front = read_front_matter(Source(source.path, text))
    return None if front.findings else front.data


def _changed(data: Any, path: Path, value: Any) -> Any:
    if not path:
        return value
    first, *rest = path
    if isinstance(data, dict):
        return {
            key: _changed(part, rest, value) if key == first else part for key, part in data.items()
        }
    return [_changed(part, rest, value) if at == first else part for at, part in enumerate(data)]


def _without(data: Any, path: Path) -> Any:
    first, *rest = path
    if rest:
        return _changed(data, [first], _without(data[first], rest))
    if isinstance(data, dict):
        return {key: part for key, part in data.items() if key != first}
    return [part for at, part in enumerate(data) if at != first]
