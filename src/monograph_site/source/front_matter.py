"""The YAML block a content file may start with: where it is, what it says, and where the body
begins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from frontmatter.default_handlers import YAMLHandler

from ..model.finding import Finding
from ..model.source import Source, Span
from .findings_yaml import NOT_MAPPING, SYNTAX, UNCLOSED
from .yaml_errors import no_colon
from .yaml_reader import YamlDocument, read_yaml

_HANDLER = YAMLHandler()
_OPENING = re.compile(r"\n*+(---)[ \t\r]*+(?:\n|\Z)")
# The first thing below the fence, comments aside, is a key; or, right below it, YAML that may start
# no key.
_LIKE_KEY = re.compile(r"""(?:\s|#[^\n]*\n)*+(["']?)[\w-]{1,60}\1[ \t]*+:(?:\s|\Z)""")
# Right below the fence, it is a key that its author spoilt (`title:x`), or a line above one.
_LIKE_SPOILT = re.compile(
    r"[a-z][\w-]{0,60}(?::[^\s:/]|\uff1a|[ ]?=[ ])|(?:[^\n]+\n){1,20}?[a-z][\w-]{0,60}:(?:[ ]|$)",
    re.M,
)
_YAML_LINE = re.compile(r"""(["']?)[\w-]{1,60}\1[ \t]*+:(?:\s|\Z)|[ \t]+[^\s]|- |[\]}]""")
_LIKE_YAML = re.compile(r"[-?][ \t]|\[|\{|<<:")


@dataclass(frozen=True)
class FrontMatter:
    """What a file's front matter says, and the body below it."""

    data: dict[str, Any]
    """Plain dicts, lists, text, booleans and None (see `safe_yaml`: numbers and dates stay text, as
    written)."""
    body: str
    """Everything below the closing fence; the whole text where there is no front matter."""
    body_line: int
    """One-based line of the source at which `body` starts."""
    findings: tuple[Finding, ...] = ()
    """Any error in here is a reason to withhold the file."""
    document: YamlDocument | None = None

    def span_of(self, *path: str | int) -> Span:
        """Where the value at a path of keys and indices stands, else the nearest thing that holds
        it."""
        return self.document.span_of(*path) if self.document else Span()

    def length_of(self, *path: str | int) -> int:
        """How many characters of its line the value at `span_of` takes."""
        return self.document.length_of(*path) if self.document else 1

    def key_span_of(self, *path: str | int) -> Span:
        """Where the last key of a path stands, else the nearest thing that would hold it."""
        return self.document.key_span_of(*path) if self.document else Span()


def read(source: Source) -> FrontMatter:
    """The front matter and body of a file; faults are in `findings`, and having none at all is not
    a fault.

    A `---` that opens a file may also be a rule. It opens front matter if the text up to the next
    `---` is a mapping or blank, or starts as one would and is then broken: that is an error, and
    not shown as text.
    """
    text = source.text
    opening = _OPENING.match(text)
    if opening is None:
        return FrontMatter({}, text, 1)
    fence, below = opening.start(1), opening.end()
    try:
        _, body = _HANDLER.split(text)
    except ValueError:  # no second fence
        return (
            _unclosed(source, fence) if _LIKE_KEY.match(text, below) else FrontMatter({}, text, 1)
        )
    return _closed(source, fence, below, body)


def _unclosed(source: Source, fence: int) -> FrontMatter:
    """The fault of front matter without an end, at the line where the end should be."""
    first = source.span(fence).line
    lines = source.text.split("\n")
    last = first
    for number, line in enumerate(lines[first:], first + 1):
        if _YAML_LINE.match(line):
            last = number
        elif line.strip() and not (line.startswith("#") and last == number - 1):
            break
    at = Span(last + 1) if last < len(lines) else Span(last, len(lines[-1]) + 1)
    message = f"The front matter that starts in line {first} has no end.\nPut a line of three hyphens here."
    return FrontMatter({}, "", at.line, (UNCLOSED.at(source.path, at, message),))


def _closed(source: Source, fence: int, below: int, body: str) -> FrontMatter:
    """The front matter between two fences, or none where that is only text between two rules."""
    text = source.text
    # The handler's fence takes the blank lines around it along, but not the end of its last line.
    start = len(text) - len(body)
    closing = text.rindex("---", below, start)
    while text[closing - 1] == "-":
        closing -= 1
    block = text[below:closing]
    body = body.removeprefix("\n")
    line = source.span(len(text) - len(body)).line
    document = read_yaml(block, source, below)
    if isinstance(document.value, dict):
        return FrontMatter(document.value, body, line, document.findings, document)
    if not block.strip():
        return FrontMatter({}, body, line, (), document)
    found = document.findings
    broken = any(d.code == SYNTAX.code for d in found)
    spoilt = _LIKE_SPOILT.match(block) and (broken or isinstance(document.value, str))
    if not (_LIKE_KEY.match(block) or spoilt or (_LIKE_YAML.match(block) and not broken)):
        return FrontMatter({}, text, 1)
    if spoilt and not broken:
        index, message, length = no_colon(block)
        found = (SYNTAX.at(source.path, source.span(below + index), message, length),)
    elif not found:
        what = "a list" if isinstance(document.value, list) else "text"
        message = f"Front matter must be a mapping, not {what}.\nWrite lines of 'key: value'."
        found = (NOT_MAPPING.at(source.path, source.span(below), message),)
    return FrontMatter({}, body, line, found, document)
