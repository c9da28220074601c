"""Citations in the text: `[1]`, `[2, 1]`, `[^key]` and `[@key]`, linked to the references they
name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ..markdown.html import attribute
from ..model.monograph import Reference
from ..model.strings import collapse

_FOOTNOTE = re.compile(
    r"^ {0,3}\[\^([^\]\s]{1,80})\]:[ \t]+(.*(?:\n(?:[ \t]{2,}\S.*))*)", re.MULTILINE
)
_CITATION = re.compile(
    r"\[(?:[\^@]([\w.:-]{1,80})(,[^\]<>]{1,40})?|(\d{1,3}(?:\s*[,;–-]\s*\d{1,3}){0,12}))\]"
)
_BEFORE_CITATION = re.compile(r"\s*" + _CITATION.pattern)
_TAG = re.compile(r"(<[^>]*>)")
_CITED = re.compile(r'<a href="#([^"]+)" aria-label="Reference ')


class Footnote(NamedTuple):
    """A `[^key]: text` line of the body."""

    key: str
    text: str
    line: int


class Cited(NamedTuple):
    """Text with its citations linked, and the citations that name no reference."""

    html: str
    unresolved: tuple[str, ...]


def take_footnotes(body: str, first_line: int) -> tuple[str, tuple[Footnote, ...]]:
    """The body with its footnote definitions blanked (line numbers stay the same), and the
    definitions. `first_line` is the one-based line at which the body starts."""
    if "[^" not in body:
        return body, ()
    footnotes: list[Footnote] = []

    def blank(match: re.Match[str]) -> str:
        footnotes.append(
            Footnote(
                match.group(1),
                collapse(match.group(2)),
                first_line + body.count("\n", 0, match.start()),
            )
        )
        return "\n" * match.group(0).count("\n")

    return _FOOTNOTE.sub(blank, body), tuple(footnotes)


def without_citations(text: str) -> str:
    """Plain text without its citations, for descriptions and structured data, which have no list of
    references."""
    return _BEFORE_CITATION.sub("", text) if "[" in text else text


def cited(texts: Iterable[str]) -> set[str]:
    """The anchors of the references that HTML with linked citations cites."""
    return {anchor for html in texts for anchor in _CITED.findall(html)}


def citations(prose: str, start: int = 0) -> Iterator[re.Match[str]]:
    """Whatever looks like a citation in a text, from an offset on."""
    return _CITATION.finditer(prose, start)


def link_citations(html: str, references: Sequence[Reference]) -> Cited:
    """Link each citation to its reference's anchor. Without references, brackets are ordinary text.

    A group such as `[1, 7]` is linked only if all its numbers name a reference.
    """
    if not references or "[" not in html:
        return Cited(html, ())
    numbers = {str(ref.number): ref for ref in references} | {
        ref.key: ref for ref in references if ref.key
    }
    unresolved: list[str] = []

    def link(match: re.Match[str]) -> str:
        keys = [match.group(1)] if match.group(1) else re.findall(r"\d+", match.group(3))
        cited_references = [numbers[key] for key in keys if key in numbers]
        if len(cited_references) < len(keys):
            unresolved.append(match.group(0))
            return match.group(0)
        links = ", ".join(
            f'<a href="#{attribute(ref.id)}" aria-label="Reference {ref.number}">{ref.number}</a>'
            for ref in cited_references
        )
        return f'<span class="cite">[{links}{match.group(2) or ""}]</span>'

    pieces = _TAG.split(html)
    in_link = False
    for at, piece in enumerate(pieces):
        if at % 2:
            in_link = piece.startswith("<a ") or (in_link and piece != "</a>")
        elif "[" in piece and not in_link:
            pieces[at] = _CITATION.sub(link, piece)
    return Cited("".join(pieces), tuple(unresolved))
