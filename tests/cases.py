"""Test documents: Markdown files of cases, each with a source to load and what the loader makes of
it.

A case is a heading, then (once or more) a fenced block ```` ```markdown source path=drugs/x.md ````
and a fenced block of expectations. An `expect` block lists the page line by line; a `findings`
block lists only what is wrong with it, as `line:column CODE name`. Behind it, a block
```` ```markdown fixed ```` may show what `fix` makes of the source. `notation=nhs` behind the path
sets the list that doses are judged by.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest

from monograph_site.build.load import load_source
from monograph_site.config import Config
from monograph_site.model.monograph import Loaded, Monograph
from monograph_site.model.source import Source
from monograph_site.rules import RULES

_FENCE = re.compile(
    r"^(?P<fence>`{3,})(?P<info>[^\n`]*)\n(?P<text>.*?)^(?P=fence)[ \t]*$", re.MULTILINE | re.DOTALL
)
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
_ASKED = (
    "title",
    "kind",
    "description",
    "rejected",
    "text",
    "html",
    "answer",
    "ingredients",
    "alert",
    "provenance",
    "classes",
    "atc",
    "conditions",
)
"""Lines a page always has, compared only where a case names them."""


@dataclass(frozen=True)
class Case:
    """One case of a test document."""

    document: Path
    name: str
    path: str
    """Where the source stands in a content folder."""
    source: str
    kind: str
    """`expect` or `findings`."""
    expected: list[str]
    notation: Literal["ismp", "nhs", "none"] = "ismp"
    fixed: str | None = None
    """What `fix` makes of the source; None where the document does not show it."""

    @property
    def config(self) -> Config:
        """The settings of the site; a rule's document asks for its rule, which may be an optional
        one."""
        return Config(notation=self.notation, optional_rules=(self.document.stem,))

    def load(self) -> Loaded:
        """What the loader makes of the source."""
        return load_source(Source(self.path, self.source), self.config)


def cases(document: Path) -> Iterator[Case]:
    """The cases of a document; a heading without a source is only a heading."""
    text = document.read_text(encoding="utf-8")
    fences = list(_FENCE.finditer(text))
    inside = [(fence.start(), fence.end()) for fence in fences]
    headings = [
        h for h in _HEADING.finditer(text) if not any(a <= h.start() < b for a, b in inside)
    ]
    for at, heading in enumerate(headings):
        end = headings[at + 1].start() if at + 1 < len(headings) else len(text)
        blocks = [fence for fence in fences if heading.start() < fence.start() < end]
        starts = [at for at, block in enumerate(blocks) if block["info"].split()[1:2] == ["source"]]
        for number, start in enumerate(starts or ([0] if blocks else [])):
            name = f"{heading.group(1)} ({number + 1})" if number else heading.group(1)
            yield _case(document, name, blocks[start : (*starts, len(blocks))[number + 1]])


def parameters(documents: Iterable[Path]) -> list[object]:
    """The cases of all documents, for `pytest.mark.parametrize`."""
    found = [one for document in documents for one in cases(document)]
    return [pytest.param(one, id=f"{one.document.stem}: {one.name}") for one in found]


def findings(loaded: Loaded) -> list[str]:
    """What is wrong with a page, by place."""
    found = sorted(loaded.findings, key=lambda d: (d.span, d.code, d.message))
    return [f"{d.span.line}:{d.span.column} {d.code} {d.name}" for d in found]


def findings_of(loaded: Loaded, name: str) -> list[str]:
    """The findings of one name."""
    return [line for line in findings(loaded) if line.endswith(f" {name}")]


def listing(loaded: Loaded, asked: list[str]) -> list[str]:
    """A page line by line, as `expect` blocks write it; of what every page has, only what `asked`
    names."""
    lines = [*_lines(loaded.monograph)] if loaded.monograph else ["no page"]
    wanted = {_topic(line) for line in asked}
    kept = [line for line in lines if line.split(" ", 1)[0] not in _ASKED or _topic(line) in wanted]
    return [*kept, *(f"finding {line}" for line in findings(loaded) if _is_asked(line, asked))]


def _is_asked(finding: str, asked: list[str]) -> bool:
    """Findings of a rule are compared where a case names one of that rule, all others always."""
    name = finding.rsplit(" ", 1)[1]
    return name not in RULES or any(line.endswith(f" {name}") for line in asked)


def _topic(line: str) -> str:
    """What a line is about: its first word, with the anchor for those that name one (`text usage |
    …`)."""
    word = line.split(" ", 1)[0]
    return line.split(" | ", 1)[0] if word in ("text", "html", "answer") else word


def _case(document: Path, name: str, blocks: list[re.Match[str]]) -> Case:
    where = f"{document.name}, {name!r}"
    infos = [block["info"].split() for block in blocks]
    assert [info[1:2] or info for info in infos] in (
        [["source"], ["expect"]],
        [["source"], ["findings"]],
        [["source"], ["findings"], ["fixed"]],
    ), where
    path = next(
        (word.removeprefix("path=") for word in infos[0] if word.startswith("path=")),
        "drugs/example.md",
    )
    expected = blocks[1]["text"].splitlines()
    notation: Literal["ismp", "nhs", "none"] = "nhs" if "notation=nhs" in infos[0] else "ismp"
    notation = "none" if "notation=none" in infos[0] else notation
    fixed = blocks[2]["text"] if len(blocks) > 2 else None
    return Case(document, name, path, blocks[0]["text"], infos[1][0], expected, notation, fixed)


def _lines(page: Monograph) -> Iterator[str]:
    yield f"title {page.title}"
    yield f"kind {page.kind}"
    yield f"description {page.description}"
    yield f"provenance {page.provenance.origin}"
    yield f"rejected {'yes' if page.not_a_monograph else 'no'}"
    yield from (f"alert {alert.level} | {alert.heading}" for alert in page.alerts)
    if page.ingredients:
        yield f"ingredients {', '.join(one.name for one in page.ingredients)}"
    for name, values in (("classes", page.classes), ("conditions", page.conditions)):
        if values:
            yield f"{name} {' | '.join(values)}"
    if page.atc:
        yield f"atc {', '.join(page.atc)}"
    if page.names:
        yield f"names {', '.join(f'{name.text} ({name.role})' for name in page.names)}"
    for section in page.sections:
        yield f"section {section.key} | {section.heading} | {section.subject or '-'} | {_short(section.text)}".rstrip(
            " |"
        )
        yield f"text {section.id} | {_one_line(section.text)}"
        yield f"html {section.id} | {_one_line(section.html)}"
    for faq in page.faqs:
        yield f"faq {faq.subject or '-'} | {faq.question} | {_short(faq.answer_text) or '(no answer)'}"
        yield f"answer {faq.id} | {_one_line(faq.answer_html)}"
    yield from (
        f"reference {one.number} | {one.key or '-'} | {one.title}" for one in page.references
    )
    for name, statement in (("disclaimer", page.disclaimer), ("note", page.note)):
        if statement:
            yield f"{name} {_short(statement.text)}"


def _one_line(text: str) -> str:
    return " / ".join(line.strip() for line in text.strip().splitlines())


def _short(text: str) -> str:
    """A text on one line, its middle left out where it is long."""
    line = _one_line(text)
    return line if len(line) <= 72 else f"{line[:34].rstrip()}…{line[-34:].lstrip()}"
