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
_LINKED = re.compile(r'<span class="cite">(.*?)</span>')
_CITED = re.compile(r'<a href="#([^"]+)" aria-label="Reference ')


class Footnote(NamedTuple):
    """A `[^key]: text` line of the body."""

    key: str
    text: str
    line: int


class Cited(NamedTuple):
    """Text with its citations linked, and the citations nothing answers to."""

    html: str
    unresolved: tuple[str, ...]


def take_footnotes(body: str, first_line: int) -> tuple[str, tuple[Footnote, ...]]:
    """The body with its footnote definitions blanked (line numbers stay), and the definitions."""
    if "[^" not in body:
        return body, ()
    found: list[Footnote] = []

    def blank(match: re.Match[str]) -> str:
        found.append(
            Footnote(
                match.group(1),
                collapse(match.group(2)),
                first_line + body.count("\n", 0, match.start()),
            )
        )
        return "\n" * match.group(0).count("\n")

    return _FOOTNOTE.sub(blank, body), tuple(found)


def without_citations(text: str, html: str) -> str:
    """Plain text without its citations, for places where they lead nowhere (descriptions,
    structured data). `html` is the same text with citations linked: numbers in brackets that are no
    link there (`[5–10] mg`) stay."""
    if "[" not in text:
        return text
    linked = {_numbers(_TAG.sub("", group)) for group in _LINKED.findall(html)}

    def without(match: re.Match[str]) -> str:
        numbers = match.group(3)
        return match.group() if numbers and _numbers(numbers) not in linked else ""

    return _BEFORE_CITATION.sub(without, text)


def _numbers(group: str) -> tuple[str, ...]:
    """The numbers of a citation, and the dashes between them."""
    return tuple(re.findall(r"\d+|[–-]", group))


def cited(texts: Iterable[str]) -> set[str]:
    """The anchors of the references that HTML with linked citations cites."""
    return {anchor for html in texts for anchor in _CITED.findall(html)}


def citations(prose: str, start: int = 0) -> Iterator[re.Match[str]]:
    """What looks like a citation in a text, from an offset on."""
    return _CITATION.finditer(prose, start)


def link_citations(html: str, references: Sequence[Reference]) -> Cited:
    """Link each citation to its reference's anchor. Without references, brackets are left alone.

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
        refs = [numbers.get(key) for key in keys]
        if None in refs:
            unresolved.append(match.group(0))
            return match.group(0)
        found = [ref for ref in refs if ref]
        dashes = re.findall(r"[,;–-]", match.group(3) or "")
        between = [one if one in "–-" else ", " for one in dashes]
        links = "".join(
            f'<a href="#{attribute(ref.id)}" aria-label="Reference {ref.number}">{ref.number}</a>'
            f"{after}"
            for ref, after in zip(found, [*between, ""], strict=True)
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
