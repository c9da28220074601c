"""YAML as written, read safely: within limits, with the place of every key and value, and without
surprising types.

Scalars stay the text that the author wrote; only plain `true`, `false`, `null` and an empty value
become booleans and None. In YAML 1.1 the key `on:` would be true, the value `NO` false, and `0.50`
the same as `0.5`: the schema decides instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

import yaml
from msgspec import Struct

from ..model.finding import Finding, FindingKind
from ..model.source import Source, Span
from ..regex import regex
from .findings_yaml import (
    DUPLICATE_KEY,
    ESCAPED,
    RECURSIVE,
    SYNTAX,
    TOO_DEEP,
    TOO_LARGE,
    UNSUPPORTED,
)
from .yaml_errors import explain

MAX_LENGTH = 512 * 1024
"""Characters."""
MAX_SIZE = 20_000
"""Values, as if every alias were written out. Long text counts as several."""
MAX_DEPTH = 32
"""Levels of nesting."""
MAX_DUPLICATES = 20
"""Duplicate keys that are reported."""
_DEEP = f"More than {MAX_DEPTH} levels of nesting.\nUse fewer levels of brackets or indentation."


_BASE_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DEFAULT_TAGS = {
    yaml.ScalarNode: _BASE_LOADER.DEFAULT_SCALAR_TAG,
    yaml.SequenceNode: _BASE_LOADER.DEFAULT_SEQUENCE_TAG,
    yaml.MappingNode: _BASE_LOADER.DEFAULT_MAPPING_TAG,
}


class _PlainLoader(_BASE_LOADER):  # type: ignore[misc]
    """Resolves no types, as the base loader does, but without looking for any. PyYAML without
    libyaml has only the slow base loader."""

    def descend_resolver(self, parent: yaml.Node, index: Any) -> None:
        """Nothing: no type depends on a path."""

    def ascend_resolver(self) -> None:
        """Nothing, too."""

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> Any:
        return _DEFAULT_TAGS[kind]


_LOADER: Any = _PlainLoader

_TAG = "tag:yaml.org,2002:"
_SCALARS = frozenset(_TAG + name for name in ("str", "int", "float", "bool", "null", "timestamp"))
_COLLECTIONS = frozenset(_TAG + name for name in ("map", "seq"))
_REFUSED = regex(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\u202a-\u202e\u2066-\u2069]"
)
"""Control characters, line separators and changes of writing direction: refused in all text."""
_NOTHING = frozenset(("", "~", "null", "Null", "NULL"))
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


class YamlDocument(Struct, frozen=True):
    """A YAML text that was read: its value, and the place of each part of it."""

    value: Any
    """Plain dicts, lists, text, booleans and None; None also where the text was refused."""
    source: Source
    offset: int
    """The offset in the source at which the YAML text starts."""
    findings: tuple[Finding, ...] = ()
    root: yaml.Node | None = None

    def span_of(self, *path: str | int) -> Span:
        """Where the value at a path of keys and indices starts; for a missing value, where the one
        that would hold it starts.

        An index into something other than a list is skipped: an author may write the only element
        without the list.
        """
        return self._span(self._node(path))

    def length_of(self, *path: str | int) -> int:
        """How many characters of its first line the value takes, at least 1."""
        node = self._node(path)
        if node is None:
            return 1
        start, end = self.offset + node.start_mark.index, self.offset + node.end_mark.index
        first_line = self.source.text[start:end].split("\n", 1)[0]
        return max(1, len(first_line.rstrip()))

    def key_span_of(self, *path: str | int) -> Span:
        """Where the last key of a path starts (for a list element, the element)."""
        node = self.root
        for step in path[:-1]:
            node = (_child(node, step) or (node, node))[1]
        child = _child(node, path[-1]) if path else None
        return self._span(child[0] if child else node)

    def _node(self, path: tuple[str | int, ...]) -> yaml.Node | None:
        node = self.root
        for step in path:
            child = _child(node, step)
            node = child[1] if child else node
            if child is None and isinstance(step, str):
                break
        return node

    def _span(self, node: yaml.Node | None) -> Span:
        return self.source.span(self.offset + (node.start_mark.index if node is not None else 0))


def read_yaml(
    text: str,
    source: Source,
    offset: int = 0,
    *,
    max_length: int = MAX_LENGTH,
    max_values: int = MAX_SIZE,
) -> YamlDocument:
    """The document of a YAML text that starts at `offset` of the source; whatever is wrong is among
    its findings."""

    def refused(kind: FindingKind, index: int, message: str, length: int = 1) -> YamlDocument:
        finding = kind.at(source.path, source.span(offset + index), message, length)
        return YamlDocument(None, source, offset, (finding,))

    if len(text) > max_length:
        message = f"{len(text):,} characters of YAML; at most {max_length:,} are read."
        return refused(TOO_LARGE, 0, f"{message}\nMove long text below the front matter.")
    try:
        _guard_depth(text)
        root: yaml.Node | None = yaml.compose(text, Loader=_LOADER)
    except _Refused as refusal:
        return refused(refusal.kind, refusal.index, refusal.message)
    except yaml.MarkedYAMLError as error:
        return refused(SYNTAX, *explain(text, error, _LOADER))
    except (yaml.reader.ReaderError, UnicodeEncodeError):
        return refused(SYNTAX, *_not_printable(text))
    except RecursionError:  # only the pure Python loader, which has no depth of its own
        return refused(TOO_DEEP, 0, _DEEP)
    return document_of(root, text, source, offset, max_values)


def document_of(
    root: yaml.Node | None, text: str, source: Source, offset: int, max_values: int = MAX_SIZE
) -> YamlDocument:
    """The document of a tree of nodes, within the limits. `text` is what it was read from."""
    reading = _Reading(text, max_values)
    try:
        value = reading.value(root) if root is not None else None
    except _Refused as refusal:
        span = source.span(offset + refusal.index)
        finding = refusal.kind.at(source.path, span, refusal.message)
        return YamlDocument(None, source, offset, (finding,))
    except RecursionError:  # see `read_yaml`
        finding = TOO_DEEP.at(source.path, source.span(offset), _DEEP)
        return YamlDocument(None, source, offset, (finding,))
    findings = (
        *(_duplicate(source, offset, *keys) for keys in reading.duplicates),
        *(_escaped(source, offset, node) for node in reading.escaped.values()),
    )
    return YamlDocument(value, source, offset, findings, root)


def _not_printable(text: str) -> tuple[int, str]:
    """The offset of the first character that YAML does not allow, and the message on it."""
    match = yaml.reader.Reader.NON_PRINTABLE.search(text)
    if match is None:
        return 0, "The character is not allowed here.\nRemove it."
    return match.start(), f"The character {match.group()!r} is not allowed here.\nRemove it."


def _duplicate(
    source: Source, offset: int, first: yaml.Node, second: yaml.Node, values: tuple[str, str]
) -> Finding:
    """The finding on a duplicate key; `values` are those of both keys, for the message."""
    first_span, span = (source.span(offset + node.start_mark.index) for node in (first, second))
    fix = f"Keep {values[0]} or {values[1]}" if values[0] != values[1] else "Remove one"
    message = f"Duplicate key {first.value!r} in lines {first_span.line} and {span.line}.\n{fix}."
    return DUPLICATE_KEY.at(source.path, span, message, len(first.value))


def _escaped(source: Source, offset: int, node: yaml.ScalarNode) -> Finding:
    """The finding on a value with characters that no text may have."""
    names = ", ".join(dict.fromkeys(f"U+{ord(char):04X}" for char in _REFUSED.findall(node.value)))
    message = f"The value holds {names}, written as an escape.\nDelete the escape."
    return ESCAPED.at(source.path, source.span(offset + node.start_mark.index), message)


def _brief(node: yaml.Node) -> str:
    """A value for a message."""
    if isinstance(node, yaml.ScalarNode):
        return repr(node.value if len(node.value) <= 40 else f"{node.value[:39]}…")
    return "the list" if isinstance(node, yaml.SequenceNode) else "the mapping"


class _Refused(Exception):
    """Ends the reading of a document that is not safe to read. It never leaves this module."""

    def __init__(self, kind: FindingKind, index: int, message: str) -> None:
        self.kind, self.index, self.message = kind, index, message


def _guard_depth(text: str) -> None:
    """Refuse a text nested too deep, before composing it: libyaml's composer recurses and would end
    the process.

    Only a text with enough brackets, dashes and question marks (or, by indentation alone, length)
    can nest that deep; for those the events are counted, which needs no recursion.
    """
    if len(text) < 64 * 1024 and sum(map(text.count, "[{-?")) < 512:
        return
    try:
        _count_depth(text)
    except yaml.MarkedYAMLError as error:
        # Some versions of libyaml have a limit of their own, which speaks before the events of what
        # lies in front of it: without the place it names, only ours is met.
        if error.problem_mark is not None:
            with suppress(yaml.MarkedYAMLError):
                _count_depth(text[: error.problem_mark.index])


def _count_depth(text: str) -> None:
    """Raise `_Refused` at the first collection nested too deep."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            mark = event.start_mark
            raise _Refused(TOO_DEEP, mark.index if mark else 0, _DEEP)


class _Reading:
    """One walk over the nodes of a document: it makes the values, keeps to the limits as if every
    alias were written out, and notes duplicate keys and refused characters."""

    def __init__(self, text: str, max_values: int) -> None:
        self._text, self._max_values = text, max_values
        self.size = 0
        self.duplicates: list[tuple[yaml.Node, yaml.Node, tuple[str, str]]] = []
        """Duplicate keys: the first, the second, and their values for a message."""
        self.escaped: dict[int, yaml.ScalarNode] = {}
        """Values and keys with characters that no text may have, by the node's id."""
        self._read: dict[int, tuple[Any, int, int]] = {}
        self._open: set[int] = set()

    def value(self, node: yaml.Node) -> Any:
        """The plain value of a document's outermost node."""
        return (
            self._text_of(node) if isinstance(node, yaml.ScalarNode) else self._nested(node, 1)[0]
        )

    def _text_of(self, node: yaml.ScalarNode) -> str | bool | None:
        text: str = node.value
        # Long text counts as several values, or a long text repeated by aliases would count for
        # little.
        self._grow(node, 1 + len(text) // 100)
        if node.tag not in _SCALARS:
            raise _unsupported_tag(node)
        if not node.style:  # a text in quotes or in a block is text, whatever it says
            if text in _NOTHING:
                return None
            if text in _TRUTH:
                return _TRUTH[text]
        return self._clean(node, text)

    def _nested(self, node: yaml.Node, depth: int) -> tuple[Any, int]:
        """The plain value of a mapping or list, and how many levels it has."""
        if id(node) in self._open:
            raise _Refused(
                RECURSIVE,
                node.start_mark.index,
                "This value contains itself through an alias (*name).\nWrite the value out.",
            )
        previous = self._read.get(id(node))
        if previous is None:
            return self._collection(node, depth)
        value, size, height = previous
        self._grow(node, size)
        if depth + height > MAX_DEPTH + 1:
            raise _Refused(TOO_DEEP, node.start_mark.index, _DEEP)
        return value, height

    def _clean(self, node: yaml.ScalarNode, value: str) -> str:
        """The text of a value without refused characters. This is about those that an escape
        writes: those in the file itself were replaced when it was decoded, or a rule reports them.
        """
        if node.style != '"' or value.isprintable() or _REFUSED.search(value) is None:
            return value  # only double quotes have escapes
        raw = self._text[node.start_mark.index : node.end_mark.index]
        if _REFUSED.search(raw) is not None:
            return value
        self.escaped[id(node)] = node
        return _REFUSED.sub("\ufffd", value)

    def _collection(self, node: yaml.Node, depth: int) -> tuple[Any, int]:
        if node.tag not in _COLLECTIONS:
            raise _unsupported_tag(node)
        if depth > MAX_DEPTH:
            raise _Refused(TOO_DEEP, node.start_mark.index, _DEEP)
        before, height = self.size, 0
        self._grow(node, 1)
        self._open.add(id(node))
        pairs: Iterable[tuple[str | int, yaml.Node]] = (
            self._items(node) if isinstance(node, yaml.MappingNode) else enumerate(node.value)
        )
        parts: dict[str | int, Any] = {}
        for key, child in pairs:
            if isinstance(child, yaml.ScalarNode):
                parts[key] = self._text_of(child)
            else:
                parts[key], levels = self._nested(child, depth + 1)
                height = max(height, levels)
        value = parts if isinstance(node, yaml.MappingNode) else list(parts.values())
        height += 1
        self._open.discard(id(node))
        self._read[id(node)] = (value, self.size - before, height)
        return value, height

    def _items(self, node: yaml.MappingNode) -> Iterator[tuple[str, yaml.Node]]:
        """The keys of a mapping as written, each with the node of its value; of duplicate keys only
        the first."""
        first: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        for key_node, child in node.value:
            at = key_node.start_mark.index
            key = ""
            if isinstance(key_node, yaml.ScalarNode):
                key = self._clean(key_node, key_node.value)
            if not key or key_node.tag not in _SCALARS:
                raise _Refused(
                    UNSUPPORTED,
                    at,
                    "A key must be a word or a short text.\nWrite lines of 'key: value'.",
                )
            if key == "<<" and not key_node.style:
                raise _Refused(
                    UNSUPPORTED, at, "Merging with '<<' is not supported.\nWrite the keys out."
                )
            if key not in first:
                first[key] = key_node, child
                yield key, child
            elif len(self.duplicates) < MAX_DUPLICATES:
                first_key, value = first[key]
                self.duplicates.append((first_key, key_node, (_brief(value), _brief(child))))

    def _grow(self, node: yaml.Node, size: int) -> None:
        self.size += size
        if self.size > self._max_values:
            message = (
                f"More than {self._max_values:,} values, with every alias (*name) written out.\n"
                "Move long text below the front matter."
            )
            raise _Refused(TOO_LARGE, node.start_mark.index, message)


def _unsupported_tag(node: yaml.Node) -> _Refused:
    message = f"The tag {node.tag!r} is not supported.\nRemove it."
    return _Refused(UNSUPPORTED, node.start_mark.index, message)


def _child(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    """The key node and value node of one step of a path (for a list element, the element twice)."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return key, value
    elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None
