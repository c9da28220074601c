"""The outline of a document: its sections and questions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lsprotocol import types as lsp
from msgspec import Struct, field

from ..regex import regex
from .document import Document

_HEADING = regex(r"^ {0,3}(#{1,6})[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)
_UNNAMED = "Untitled"


class _Part(Struct):
    """A section or question, and the lines it takes, one-based."""

    name: str
    line: int
    detail: str
    kind: lsp.SymbolKind
    last: int = 0
    parts: list[_Part] = field(default_factory=list)


def outline_of(document: Document) -> list[lsp.DocumentSymbol]:
    """The sections, with the questions in them; of a text that cannot become a page, the headings."""
    if not document.is_content:
        return []
    parts = _sections(document) or _headings(document)
    _set_last_lines(parts, len(document.positions.lines))
    return [_symbol(document, part) for part in parts]


def _sections(document: Document) -> list[_Part]:
    monograph, lines = document.page.monograph, document.page.loaded.lines
    if monograph is None:
        return []
    sections: dict[str, _Part] = {}
    for section in monograph.sections:
        if section.heading and section.id in lines:
            name = ": ".join(filter(None, (section.subject, section.heading)))
            detail = "" if section.key == "other" else section.key
            sections[section.id] = _Part(name, lines[section.id], detail, lsp.SymbolKind.Class)
    for faq in monograph.faqs:
        parent = sections.get(faq.section)
        if parent and lines.get(faq.id, 0) >= parent.line:
            question = _Part(faq.question, lines[faq.id], "", lsp.SymbolKind.Method)
            parent.parts.append(question)
    return sorted(sections.values(), key=lambda part: part.line)


def _headings(document: Document) -> list[_Part]:
    text = document.text
    return [
        _Part(match[2], text.count("\n", 0, match.start()) + 1, "", lsp.SymbolKind.Class)
        for match in _HEADING.finditer(text, document.front_end)
    ]


def _set_last_lines(parts: Sequence[_Part], last: int) -> None:
    """Give each part the lines up to the next one."""
    for number, part in enumerate(parts, 1):
        end = parts[number].line - 1 if number < len(parts) else last
        part.last = max(part.line, end)
        inside = [question for question in part.parts if question.line <= part.last]
        part.parts = sorted(inside, key=lambda question: question.line)
        _set_last_lines(part.parts, part.last)


def _symbol(document: Document, part: _Part) -> lsp.DocumentSymbol:
    positions = document.positions
    start = positions.line_start(part.line)
    last = min(part.last, len(positions.lines))
    end = positions.line_start(last) + len(positions.lines[last - 1])
    heading_end = start + len(positions.lines[min(part.line, last) - 1])
    return lsp.DocumentSymbol(
        name=part.name or _UNNAMED,
        detail=part.detail or None,
        kind=part.kind,
        range=positions.range(start, max(end, heading_end)),
        selection_range=positions.range(start, heading_end),
        children=[_symbol(document, question) for question in part.parts],
    )
