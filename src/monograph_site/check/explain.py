"""What the findings mean, for people: the manual of one, a list of all, and all as a page of this
repository's site."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from inspect import cleandoc
from itertools import groupby
from textwrap import fill

from ..model.finding import FindingKind
from ..model.strings import collapse
from .formats.style import BOLD, paint

_WIDTH = 88


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
"""By the first digit of the code."""


_CODE_SPAN = re.compile(r"(`+)(.+?)\1|[^`]+|`")


_ODD = re.compile(
    r"[^\x00-\x7f]{2,}|[\x00-\x09\x0b-\x1f\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufffd]"
)


_HEAD = """\
---
id: findings
kind: page
title: Findings
description: Every finding that monograph-site can make, why it matters, and how to mend it.
audience: both
provenance: {origin: ai_generated, tool: AI language model}
review: {status: draft}
---

## What a finding is

`monograph-site check` names everything that is wrong with the content, with file, line and column. Each kind of finding
has a code and a name. The letter of the code is its usual severity: E for errors, which keep the site from being
published; W for warnings, which an editor should look at; I for information.

## How to silence one

- In one file: `ignore: [name-of-the-finding]` in its front matter.
- In a folder: `ignore: {folder: [name-of-the-finding]}` in `site.yaml`.
- Everywhere, or to change how grave it is: `severity: {name-of-the-finding: off}` in `site.yaml`.
- All findings there are today: `monograph-site check --baseline baseline.json --update-baseline`.

A finding that keeps a file from being a page at all can't be silenced.
"""


def explained(one: FindingKind, colour: bool = False) -> str:
    """The manual of a finding for a terminal."""
    told = manual(one)
    paragraphs = [paint(f"{one.code} {one.name}", one.severity, colour), *_wrapped(told.what)]
    for label, text in told.parts():
        first, *rest = _wrapped(f"{label}: {text}")
        paragraphs += [paint(f"{label}:", BOLD, colour) + first.removeprefix(f"{label}:"), *rest]
    paragraphs.append(paint("Severity:", BOLD, colour) + f" {', '.join(_facts(one))}")
    paragraphs.append(paint("How to silence it:", BOLD, colour) + _silencing(one))
    return "\n\n".join(paragraphs) + "\n"


def as_text(findings: Sequence[FindingKind]) -> str:
    """A line for each finding."""
    width = max((len(one.name) for one in findings), default=0)
    return "".join(
        f"{one.code}  {one.name:<{width}}  {', '.join(_facts(one))}\n" for one in findings
    )


def as_json(findings: Sequence[FindingKind]) -> str:
    """Everything that is known of them."""
    return json.dumps([_values(one) for one in findings], ensure_ascii=False, indent=1) + "\n"


def as_markdown(findings: Sequence[FindingKind]) -> str:
    """A page for a site made with this program."""
    return _HEAD + "".join(_page(findings))


FORMATS: dict[str, Callable[[Sequence[FindingKind]], str]] = {
    "text": as_text,
    "json": as_json,
    "markdown": as_markdown,
}


def _facts(one: FindingKind) -> Iterator[str]:
    yield one.severity.value
    if one.blocks_page:
        yield "no page is made of the file"
    if one.fixable:
        yield "fixable"
    if one.optional:
        yield "only looked for when asked"


def _silencing(one: FindingKind) -> str:
    if one.blocks_page:
        return " it can't be, since no page can be made of such a file."
    ways = [
        ("in the file's front matter", f"ignore: [{one.name}]"),
        ("for a folder, in site.yaml", f"ignore: {{drugs/old: [{one.name}]}}"),
        ("everywhere, in site.yaml", f"severity: {{{one.name}: off}}"),
        ("all there are today", "monograph-site check --baseline baseline.json --update-baseline"),
    ]
    if one.optional:
        ways = [("to look for it", f"monograph-site check --select {one.name}"), *ways]
    return "".join(f"\n  {where + ':':<28} {what}" for where, what in ways)


def _values(one: FindingKind) -> dict[str, object]:
    told = manual(one)
    return {
        "code": one.code,
        "name": one.name,
        "severity": one.severity.value,
        "fixable": one.fixable,
        "optional": one.optional,
        "withheld": one.blocks_page,
        "what": told.what,
        "why": told.why,
        "wrong": told.wrong,
        "right": told.right,
        "fix": told.fix,
    }


def _wrapped(text: str) -> list[str]:
    return [
        one if one.startswith("    ") else fill(one, _WIDTH, break_on_hyphens=False)
        for one in text.split("\n\n")
    ]


def _for_page(text: str) -> str:
    """Markdown that can stand in a content file although it shows what must not: signs that no
    content file may have (or that would be taken for mis-encoding and repaired) are written as
    references, and code with them as HTML."""
    return _CODE_SPAN.sub(
        lambda match: _code(match) if match.group(2) else _referred(match.group()), text
    )


def _code(span: re.Match[str]) -> str:
    text: str = span.group(2)
    return (
        f"<code>{_referred(escape(text, quote=False))}</code>"
        if _ODD.search(text)
        else span.group()
    )


def _referred(text: str) -> str:
    return _ODD.sub(lambda match: "".join(f"&#{ord(sign)};" for sign in match.group()), text)


def _page(findings: Sequence[FindingKind]) -> Iterator[str]:
    for digit, some in groupby(findings, lambda one: one.code[1]):
        yield f"\n## {_THEMES.get(digit, 'More')}\n"
        for one in some:
            yield f"\n### {one.code} {one.name}\n\n"
            yield f"{_for_page(manual(one).markdown())}\n\n**Severity:** {', '.join(_facts(one))}.\n"


LABELS = {"why": "Why it matters", "wrong": "Wrong", "right": "Right", "fix": "How to fix"}


_LABEL = re.compile(rf"({'|'.join(LABELS.values())}): ")


_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z`(])")


@dataclass(frozen=True, slots=True)
class Manual:
    """The parts of a manual: Markdown, each paragraph on one line, paragraphs parted by blank
    lines."""

    what: str
    why: str = ""
    wrong: str = ""
    right: str = ""
    fix: str = ""

    @property
    def first(self) -> str:
        """The first sentence of what it finds."""
        return _SENTENCE.split(self.what, maxsplit=1)[0]

    def parts(self) -> list[tuple[str, str]]:
        """The labelled parts there are, with their labels."""
        return [(label, text) for key, label in LABELS.items() if (text := getattr(self, key))]

    def text(self) -> str:
        """The whole as plain text."""
        return "\n\n".join([self.what, *(f"{label}: {text}" for label, text in self.parts())])

    def markdown(self) -> str:
        """The whole as Markdown."""
        return "\n\n".join([self.what, *(f"**{label}:** {text}" for label, text in self.parts())])


def manual(finding: FindingKind) -> Manual:
    """The manual of a finding."""
    keys = {label: key for key, label in LABELS.items()}
    parts: dict[str, list[str]] = {"what": []}
    key = "what"
    for paragraph in cleandoc(finding.manual).split("\n\n"):
        label = _LABEL.match(paragraph)
        key = keys[label.group(1)] if label else key
        text = paragraph[label.end() :] if label else paragraph
        # A paragraph that is indented is a sample of several lines.
        parts.setdefault(key, []).append(text if text.startswith("    ") else collapse(text))
    return Manual(**{key: "\n\n".join(paragraphs) for key, paragraphs in parts.items()})
