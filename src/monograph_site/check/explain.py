"""What findings mean: the manual of one kind, a list of all kinds, and all manuals as a page of the
site in this repository."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from html import escape
from inspect import cleandoc
from itertools import groupby
from textwrap import fill

from msgspec import Struct

from ..model.finding import FindingKind
from ..model.strings import collapse
from ..regex import regex
from .formats.style import BOLD, paint

_WIDTH = 88
"""Columns of a manual on a terminal."""
_THEMES = {
    "0": "Files, YAML and front matter",
    "1": "Titles and sections",
    "2": "Text",
    "3": "Questions and answers",
    "4": "Addresses, references and links",
    "5": "Trust",
    "6": "Medication notation",
    "7": "Several pages together",
    "8": "Readability",
    "9": "The check itself",
}
"""Headings by the first digit of the code."""
_CODE_SPAN = regex(r"(`+)(.+?)\1|[^`]+|`")
_UNSAFE = regex(
    r"[^\x00-\x7f]{2,}"
    r"|[\x00-\x09\x0b-\x1f\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufffd]"
)
"""Characters that a content file may not have, and runs that might be taken for mis-encoding."""
_HEAD = """\
---
id: findings
kind: page
title: Findings
description: Every kind of finding that monograph-site reports, why it matters, and how to fix it.
audience: both
provenance: {origin: ai_generated, tool: AI language model}
review: {status: draft}
---

## What a finding is

`monograph-site check` reports every problem in the content, with file, line and column. Each kind
of finding has a code and a name. The letter of the code is its usual severity: E for errors, which
keep the site from being published; W for warnings, which an editor should look at; I for
information.

## How to suppress one

- In one paragraph: `<!-- monograph-site: ignore name-of-the-finding -- reason -->` in it, or above it with a blank line
  between.
- In one file: `ignore: [name-of-the-finding]` in its front matter.
- In a folder: `ignore: {folder: [name-of-the-finding]}` in `site.yaml`.
- Everywhere, or to change its severity: `severity: {name-of-the-finding: off}` in `site.yaml`.
- All present findings: `monograph-site check --baseline baseline.json --update-baseline`.

A finding that blocks the page of its file cannot be suppressed.
"""


def explain_kind(kind: FindingKind, colour: bool = False) -> str:
    """The manual of a kind of finding, for a terminal."""
    manual = parse_manual(kind)
    paragraphs = [paint(f"{kind.code} {kind.name}", kind.severity, colour), *_wrapped(manual.what)]
    for label, text in manual.parts():
        first, *rest = _wrapped(f"{label}: {text}")
        paragraphs += [paint(f"{label}:", BOLD, colour) + first.removeprefix(f"{label}:"), *rest]
    paragraphs.append(paint("Severity:", BOLD, colour) + f" {', '.join(_properties(kind))}")
    paragraphs.append(paint("How to suppress it:", BOLD, colour) + _how_to_suppress(kind))
    return "\n\n".join(paragraphs) + "\n"


def list_as_text(kinds: Sequence[FindingKind]) -> str:
    """One line for each kind of finding."""
    width = max((len(kind.name) for kind in kinds), default=0)
    return "".join(
        f"{kind.code}  {kind.name:<{width}}  {', '.join(_properties(kind))}\n" for kind in kinds
    )


def list_as_json(kinds: Sequence[FindingKind]) -> str:
    """The kinds of finding with all their properties and their manuals."""
    return json.dumps([_as_json(kind) for kind in kinds], ensure_ascii=False, indent=1) + "\n"


def list_as_markdown(kinds: Sequence[FindingKind]) -> str:
    """All manuals as a content file of a site made with this program."""
    return _HEAD + "".join(_markdown_sections(kinds))


FORMATS: dict[str, Callable[[Sequence[FindingKind]], str]] = {
    "text": list_as_text,
    "json": list_as_json,
    "markdown": list_as_markdown,
}


def _properties(kind: FindingKind) -> Iterator[str]:
    yield kind.severity.value
    if kind.blocks_page:
        yield "blocks the page"
    if kind.optional:
        yield "optional"
    if kind.fixable:
        yield "fixable with --unsafe" if kind.changes_words else "fixable"


def _how_to_suppress(kind: FindingKind) -> str:
    if kind.blocks_page:
        return " not possible, because no page can be made of such a file."
    ways = [
        ("in one paragraph, or above it", f"<!-- monograph-site: ignore {kind.name} -- reason -->"),
        ("in the file's front matter", f"ignore: [{kind.name}]"),
        ("for a folder, in site.yaml", f"ignore: {{drugs/old: [{kind.name}]}}"),
        ("everywhere, in site.yaml", f"severity: {{{kind.name}: off}}"),
        ("all present findings", "monograph-site check --baseline baseline.json --update-baseline"),
    ]
    if kind.optional:
        ways = [("to turn it on", f"monograph-site check --select {kind.name}"), *ways]
    return "".join(f"\n  {where + ':':<28} {what}" for where, what in ways)


def _as_json(kind: FindingKind) -> dict[str, object]:
    manual = parse_manual(kind)
    return {
        "code": kind.code,
        "name": kind.name,
        "severity": kind.severity.value,
        "fixable": kind.fixable,
        "unsafe": kind.changes_words,
        "optional": kind.optional,
        "withheld": kind.blocks_page,
        "what": manual.what,
        "why": manual.why,
        "wrong": manual.wrong,
        "right": manual.right,
        "fix": manual.fix,
    }


def _wrapped(text: str) -> list[str]:
    return [
        paragraph
        if paragraph.startswith("    ")
        else fill(paragraph, _WIDTH, break_on_hyphens=False)
        for paragraph in text.split("\n\n")
    ]


def _safe_markdown(text: str) -> str:
    """Markdown for a content file although it shows what a content file may not have: unsafe
    characters become references, and code spans that hold some become HTML."""
    return _CODE_SPAN.sub(
        lambda match: _safe_code(match) if match.group(2) else _with_references(match.group()),
        text,
    )


def _safe_code(span: re.Match[str]) -> str:
    text: str = span.group(2)
    if not _UNSAFE.search(text):
        return span.group()
    return f"<code>{_with_references(escape(text, quote=False))}</code>"


def _with_references(text: str) -> str:
    return _UNSAFE.sub(lambda match: "".join(f"&#{ord(char)};" for char in match.group()), text)


def _markdown_sections(kinds: Sequence[FindingKind]) -> Iterator[str]:
    for digit, group in groupby(kinds, lambda kind: kind.code[1]):
        yield f"\n## {_THEMES.get(digit, 'More')}\n"
        for kind in group:
            yield f"\n### {kind.code} {kind.name}\n\n"
            yield f"{_safe_markdown(parse_manual(kind).markdown())}\n\n"
            yield f"**Severity:** {', '.join(_properties(kind))}.\n"


LABELS = {"why": "Why it matters", "wrong": "Wrong", "right": "Right", "fix": "How to fix"}
"""The labels of the parts of a manual, by field."""
_LABEL = regex(rf"({'|'.join(LABELS.values())}): ")
_SENTENCE = regex(r"(?<=[.!?])\s+(?=[A-Z`(])")


class Manual(Struct, frozen=True):
    """The parts of a manual: Markdown with each paragraph on one line, and blank lines between
    paragraphs."""

    what: str
    why: str = ""
    wrong: str = ""
    right: str = ""
    fix: str = ""

    @property
    def first_sentence(self) -> str:
        """The first sentence of `what`."""
        return _SENTENCE.split(self.what, maxsplit=1)[0]

    def parts(self) -> list[tuple[str, str]]:
        """The parts that are not empty, each with its label."""
        return [(label, text) for key, label in LABELS.items() if (text := getattr(self, key))]

    def text(self) -> str:
        """The manual as plain text."""
        return "\n\n".join([self.what, *(f"{label}: {text}" for label, text in self.parts())])

    def markdown(self) -> str:
        """The manual as Markdown."""
        return "\n\n".join([self.what, *(f"**{label}:** {text}" for label, text in self.parts())])


def parse_manual(kind: FindingKind) -> Manual:
    """The manual of a kind of finding, divided into its parts."""
    keys = {label: key for key, label in LABELS.items()}
    parts: dict[str, list[str]] = {"what": []}
    key = "what"
    for paragraph in cleandoc(kind.manual).split("\n\n"):
        label = _LABEL.match(paragraph)
        key = keys[label.group(1)] if label else key
        text = paragraph[label.end() :] if label else paragraph
        # An indented paragraph is an example of several lines.
        parts.setdefault(key, []).append(text if text.startswith("    ") else collapse(text))
    return Manual(**{key: "\n\n".join(paragraphs) for key, paragraphs in parts.items()})
