"""The front matter that a content file may start with: where it is, what it says, and where the
body begins. It is YAML between lines of `---`, TOML between lines of `+++`, or a JSON object."""

from __future__ import annotations

import json
import re
from typing import Any

from frontmatter.default_handlers import YAMLHandler
from msgspec import Struct

from ..model.finding import Finding
from ..model.source import Source, Span
from ..regex import regex
from .findings_yaml import FORMAT_SYNTAX, NOT_MAPPING, SYNTAX, UNCLOSED
from .toml_reader import read_toml
from .yaml_errors import explain_missing_colon
from .yaml_reader import YamlDocument, read_yaml

_FENCE = YAMLHandler.FM_BOUNDARY
_COMMENTS = r"(?:(?:\s*+<!--(?:[^-]|-(?!->))*+-->)++[ \t\r]*+\n)?+\n*+"
_OPENING = regex(rf"{_COMMENTS}(---|\+\+\+)[ \t\r]*+(?:\n|\Z)")
_CLOSING_TOML = regex(r"^\+\+\+[ \t\r]*$", re.MULTILINE)
_LIKE_TOML = regex(r"""(?:\s|#[^\n]*\n)*+(?:[\w."'-]{1,60}[ \t]*+=|\[)""")
_JSON_OPENING = regex(rf"""{_COMMENTS}(\{{)\s*+"[^"\n]{{1,60}}"\s*+:""")
# The text after the fence and comments is a key.
_LIKE_KEY = regex(r"""(?:\s|#[^\n]*\n)*+(["']?)[\w-]{1,60}\1[ \t]*+:(?:\s|\Z)""")
# The line after the fence is a key with a mistake (`title:x`), or up to 20 lines above a key.
_LIKE_WRONG_KEY = regex(
    r"[a-z][\w-]{0,60}(?::[^\s:/]|\uff1a|[ ]?=[ ])|(?:[^\n]+\n){1,20}?[a-z][\w-]{0,60}:(?:[ ]|$)",
    re.M,
)
# A line that belongs to front matter that has no end.
_YAML_LINE = regex(r"""(["']?)[\w-]{1,60}\1[ \t]*+:(?:\s|\Z)|[ \t]+[^\s]|- |[\]}]""")
# The line after the fence is YAML without a key.
_LIKE_YAML = regex(r"[-?][ \t]|\[|\{|<<:")


class FrontMatter(Struct, frozen=True):
    """What a file's front matter says, and the body below it."""

    data: dict[str, Any]
    """Plain dicts, lists, text, booleans and None; numbers and dates stay text (see
    `yaml_reader`)."""
    body: str
    """Everything below the closing fence; the whole text where there is no front matter."""
    body_line: int
    """One-based line of the source at which `body` starts."""
    findings: tuple[Finding, ...] = ()
    """With an error among them the file cannot become a page."""
    document: YamlDocument | None = None

    def span_of(self, *path: str | int) -> Span:
        """Where the value at a path of keys and indices starts; for a missing value, what would
        hold it."""
        return self.document.span_of(*path) if self.document else Span()

    def length_of(self, *path: str | int) -> int:
        """How many characters of its first line the value takes."""
        return self.document.length_of(*path) if self.document else 1

    def key_span_of(self, *path: str | int) -> Span:
        """Where the last key of a path starts; for a missing key, what would hold it."""
        return self.document.key_span_of(*path) if self.document else Span()


def read_front_matter(source: Source) -> FrontMatter:
    """The front matter and body of a file; what is wrong is in `findings`. A file may have no front
    matter.

    A `---` at the top of a file may also be a rule. It opens front matter if the text up to the
    next `---` is a mapping or blank, or starts like a mapping and is then broken: that is an error,
    and not text of the page.
    """
    text = source.text
    opening = _OPENING.match(text)
    if opening is None:
        start = _JSON_OPENING.match(text)
        return _json(source, start.start(1)) if start else FrontMatter({}, text, 1)
    fence, below = opening.start(1), opening.end()
    if opening[1] == "+++":
        return _toml(source, fence, below)
    closing = _closing_fence(text, fence)
    if closing is None:
        return (
            _unclosed(source, fence) if _LIKE_KEY.match(text, below) else FrontMatter({}, text, 1)
        )
    return _closed(source, closing, below)


def _closing_fence(text: str, fence: int) -> re.Match[str] | None:
    """The second of two lines of hyphens; None where there is only one, at `fence`. A line end and
    hyphens are found faster than by the pattern, which looks at every character."""
    opening = _FENCE.match(text, fence)
    at = opening.end() - 1 if opening else len(text)
    while (at := text.find("\n---", at)) >= 0:
        at += 1
        if closing := _FENCE.match(text, at):
            return closing
    return None


def _toml(source: Source, fence: int, below: int) -> FrontMatter:
    """TOML between two lines of plus signs."""
    text = source.text
    closing = _CLOSING_TOML.search(text, below)
    if closing is None:
        line = source.span(fence).line
        message = (
            f"The front matter that starts in line {line} has no end.\n"
            "Put a line of three plus signs below its last key."
        )
        finding = UNCLOSED.at(source.path, source.span(fence), message, 3)
        is_meant = _LIKE_TOML.match(text, below)
        return FrontMatter({}, "", line, (finding,)) if is_meant else FrontMatter({}, text, 1)
    document = read_toml(text[below : closing.start()], source, below)
    return _with_body(source, closing.end(), document)


def _json(source: Source, start: int) -> FrontMatter:
    """A JSON object, which YAML reads too: only a tab may not indent there."""
    text = source.text
    try:
        _, end = json.JSONDecoder(strict=False).raw_decode(text, start)
    except RecursionError:
        end = len(text)
    except json.JSONDecodeError as error:
        message = f"The JSON can't be read: {error.msg}.\nCorrect it here or just above."
        finding = FORMAT_SYNTAX.at(source.path, source.span(error.pos), message)
        return FrontMatter({}, "", 1, (finding,))
    document = read_yaml(text[start:end].replace("\t", " "), source, start)
    return _with_body(source, end, document)


def _with_body(source: Source, end: int, document: YamlDocument) -> FrontMatter:
    """Front matter that ends at an offset, and the body below it."""
    body = source.text[end:].lstrip("\n")
    line = source.span(len(source.text) - len(body)).line
    data = document.value if isinstance(document.value, dict) else {}
    return FrontMatter(data, body, line, document.findings, document)


def _unclosed(source: Source, fence: int) -> FrontMatter:
    """Front matter without an end, with the finding at the line where the end should be."""
    first = source.span(fence).line
    lines = source.text.split("\n")
    last = first
    for number, line in enumerate(lines[first:], first + 1):
        if _YAML_LINE.match(line):
            last = number
        elif line.strip() and not (line.startswith("#") and last == number - 1):
            break
    end = Span(last + 1) if last < len(lines) else Span(last, len(lines[-1]) + 1)
    message = (
        f"The front matter that starts in line {first} has no end.\n"
        "Put a line of three hyphens here."
    )
    return FrontMatter({}, "", end.line, (UNCLOSED.at(source.path, end, message),))


def _closed(source: Source, closing: re.Match[str], below: int) -> FrontMatter:
    """The front matter between two fences, or none where that is only text between two rules."""
    text = source.text
    block = text[below : closing.start()]
    # The fence includes the blank lines below it, but not its last line end.
    body = text[closing.end() :].removeprefix("\n")
    line = source.span(len(text) - len(body)).line
    document = read_yaml(block, source, below)
    if isinstance(document.value, dict):
        return FrontMatter(document.value, body, line, document.findings, document)
    if not block.strip():
        return FrontMatter({}, body, line, (), document)
    findings = document.findings
    broken = any(finding.code == SYNTAX.code for finding in findings)
    wrong_key = _LIKE_WRONG_KEY.match(block) and (broken or isinstance(document.value, str))
    if not (_LIKE_KEY.match(block) or wrong_key or (_LIKE_YAML.match(block) and not broken)):
        return FrontMatter({}, text, 1)
    if wrong_key and not broken:
        index, message, length = explain_missing_colon(block)
        findings = (SYNTAX.at(source.path, source.span(below + index), message, length),)
    elif not findings:
        what = "a list" if isinstance(document.value, list) else "text"
        message = f"Front matter must be a mapping, not {what}.\nWrite lines of 'key: value'."
        findings = (NOT_MAPPING.at(source.path, source.span(below), message),)
    return FrontMatter({}, body, line, findings, document)
