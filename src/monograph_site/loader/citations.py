"""Citations in the text: `[1]`, `[2, 1]`, `[^key]`, `[@key]`, `[see @key, p. 3; @other]` and `@key`
in a sentence, linked to the references they name."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from ..markdown.blocks import Block, Run
from ..markdown.html import attribute, escape, strip_tags
from ..markdown.repairs import CODE
from ..model.monograph import Reference
from ..model.strings import collapse
from ..regex import regex

_FOOTNOTE = regex(
    r"^(?P<indent>[ \t>]*)\[\^(?P<key>[^\]\s]{1,80})\]:(?:[ \t]*\n(?P=indent)(?:[ ]{2}|\t)[ \t]*+(?=\S)|[ \t]+)"
    r"(?P<text>.*(?:\n(?P=indent)[ \t]{2,}\S.*|(?:\n[ \t>]*+(?=\n))++\n(?P=indent)(?:[ ]{4}|\t)[ \t]*+\S.*)*)",
    re.MULTILINE,
)
_INLINE_NOTE = regex(
    r"(?<![\\\]!])\^\[(?=[^\[\]\n]*[A-Za-z]{2})((?:[^\[\]\n]|\[[^\[\]\n]*\]){1,500})\]"
)
"""A footnote where it is cited: `^[See page 3.]`. `10^[9]` is a number."""
_CITED_ITEM = r"(?:[^\[\]@;<>\n]{0,60}(?<![\w.]))?@[\w.:/-]{1,80}(?:,?[ \t][^\[\]@;<>\n]{1,60})?"
_CITATION = regex(
    r"\[(?:[\^@]([\w.:-]{1,80})(,[^\]<>]{1,40})?|(\d{1,3}(?:\s*[,;–-]\s*\d{1,3}){0,12})"
    rf"|({_CITED_ITEM}(?:;{_CITED_ITEM}){{0,9}}))\]"
)
"""A key and what follows it, numbers, or several keys in Pandoc's manner."""
_CITED_KEY = regex(r"-?@([\w.:/-]+)")
_IN_SENTENCE = regex(r"(?<![\w@./[-])@(\w[\w.:/-]*\w)(?: \[([^\[\]@<>\n]{1,40})\])?")
_FOOTNOTE_MARK = regex(r"(?<!\s)\s*+\[\^([\w.:-]{1,80})\]")
_BEFORE_CITATION = regex(r"(?<!\s)\s*+" + _CITATION.pattern)
_NUMBER = regex(r"\d+")
_BETWEEN = regex(r"[,;–-]")
_PLAIN_TAGS = {"text": "", "strong": "strong", "em": "em", "strike": "s"}
_LINKED = regex(r'<span class="cite">((?:(?!<span).)*)</span>')
_CITED = regex(r'<a href="#([^"]+)" aria-label="Reference ')


class Footnote(NamedTuple):
    """A `[^key]: text` line of the body."""

    key: str
    text: str
    """On one line."""
    line: int
    markdown: str = ""
    """The same on its lines, without their indentation; '' where there is only one."""


class LinkedBlocks(NamedTuple):
    """Blocks with their citations linked, and the citations that name no reference."""

    blocks: tuple[Block, ...]
    unresolved: tuple[str, ...]


def take_footnotes(body: str, first_line: int) -> tuple[str, tuple[Footnote, ...]]:
    """The body with its footnote definitions, of one or several paragraphs, blanked (line numbers
    stay the same), and the definitions. `first_line` is the one-based line at which the body starts.
    A footnote that stands where it is cited (`^[text]`) becomes a citation of one."""
    # A single character is found ten times as fast as two.
    if "^" not in body or ("[^" not in body and "^[" not in body):
        return body, ()
    code = [match.span() for match in CODE.finditer(body)] if "`" in body or "~~~" in body else []
    footnotes: list[Footnote] = []
    inline_notes: list[Footnote] = []

    def line_of(match: re.Match[str]) -> int:
        return first_line + body.count("\n", 0, match.start())

    def blank(match: re.Match[str]) -> str:
        if any(start <= match.start() < end for start, end in code):
            return match.group()
        text, indent = match["text"], match["indent"]
        lines = [line.removeprefix(indent) for line in text.split("\n")]
        markdown = "\n".join((lines[0], *map(_without_indent, lines[1:]))) if lines[1:] else ""
        collapsed = collapse("\n".join(lines))
        footnotes.append(Footnote(match["key"], collapsed, line_of(match), markdown))
        return "\n" * match.group(0).count("\n")

    def cite(match: re.Match[str]) -> str:
        if any(start <= match.start() < end for start, end in code):
            return match.group()
        key = f"inline-{len(inline_notes) + 1}"
        inline_notes.append(Footnote(key, match[1], line_of(match)))
        return f"[^{key}]"

    if "^[" in body:
        noted = _INLINE_NOTE.sub(cite, body)
        if noted != body:
            body = noted
            code = [match.span() for match in CODE.finditer(body)] if code else []
    return _FOOTNOTE.sub(blank, body), (*footnotes, *inline_notes)


def _without_indent(line: str) -> str:
    """A line of a footnote without the indentation that makes it one: four blanks or a tab."""
    return line[4:] if line[:4].isspace() else line.lstrip() if line[:1].isspace() else line


def without_footnote_marks(heading: str, references: Sequence[Reference]) -> str:
    """A heading without the marks of the footnotes that it cites."""
    if "[^" not in heading:
        return heading
    keys = {reference.key for reference in references}
    return _FOOTNOTE_MARK.sub(lambda mark: "" if mark[1] in keys else mark.group(), heading)


def without_citations(text: str, html: str) -> str:
    """Plain text without its citations, for descriptions and structured data, which have no list of
    references. `html` is the same text with citations linked: numbers in brackets that are not
    links in it (`[5–10] mg`) stay."""
    if "[" not in text:
        return text
    linked = {_numbers(strip_tags(group)) for group in _LINKED.findall(html)}

    def without(match: re.Match[str]) -> str:
        numbers = match.group(3)
        return match.group() if numbers and _numbers(numbers) not in linked else ""

    return _BEFORE_CITATION.sub(without, text)


def _numbers(group: str) -> tuple[str, ...]:
    """The numbers of a citation, and the dashes between them."""
    return tuple(re.findall(r"\d+|[–-]", group))


def cited_anchors(texts: Iterable[str]) -> set[str]:
    """The anchors of the references that HTML with linked citations cites."""
    return {anchor for html in texts for anchor in _CITED.findall(html)}


def find_footnotes(text: str, start: int = 0) -> Iterator[re.Match[str]]:
    """The definitions of footnotes in a text, from an offset on: `key`, and `text`."""
    return _FOOTNOTE.finditer(text, start)


def find_citations(prose: str, start: int = 0) -> Iterator[re.Match[str]]:
    """Whatever looks like a citation in a text, from an offset on."""
    return _CITATION.finditer(prose, start)


def find_cited_keys(
    prose: str, keys: Container[str], start: int = 0
) -> Iterator[tuple[str, int, int]]:
    """Each key that a text cites, from an offset on, with the offsets of its start and end. A key in
    a sentence (`@key says`) is a citation only if it is one of these `keys`."""
    for match in find_citations(prose, start):
        if match[1]:
            yield match[1], *match.span(1)
        elif match[4]:
            for cited in _CITED_KEY.finditer(prose, *match.span(4)):
                yield cited[1], *cited.span(1)
    for match in _IN_SENTENCE.finditer(prose, start):
        if match[1] in keys:
            yield match[1], *match.span(1)


def link_citations(blocks: Iterable[Block], references: Sequence[Reference]) -> LinkedBlocks:
    """Link each citation to its reference's anchor. Without references, brackets are ordinary text.

    A group such as `[1, 7]` is linked only if all its numbers name a reference. Citations are found
    in runs of text and in plain bold or italic ones: in code, in the words of a link and in HTML of
    the source, brackets are left alone.
    """
    if not references:
        return LinkedBlocks(tuple(blocks), ())
    linker = _Linker(references)
    return LinkedBlocks(linker.blocks(blocks), tuple(linker.unresolved))


class _Linker:
    def __init__(self, references: Sequence[Reference]) -> None:
        self.references = {str(ref.number): ref for ref in references} | {
            ref.key: ref for ref in references if ref.key
        }
        self.unresolved: list[str] = []
        self.has_keys = any(reference.key for reference in references)

    def may_cite(self, text: str) -> bool:
        """Whether a text has the characters of a citation."""
        return "[" in text or (self.has_keys and "@" in text)

    def blocks(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        """Blocks with their citations linked, those inside others included."""
        return tuple(
            replace(
                block,
                runs=self.runs(block.runs),
                children=self.blocks(block.children),
                rows=tuple(tuple(map(self.runs, row)) for row in block.rows),
            )
            if self.may_cite(block.text)
            else block
            for block in blocks
        )

    def runs(self, runs: tuple[Run, ...]) -> tuple[Run, ...]:
        """Runs with their citations linked."""
        return tuple(map(self._run, runs)) if any(self.may_cite(r.text) for r in runs) else runs

    def _run(self, run: Run) -> Run:
        tag = _PLAIN_TAGS.get(run.kind)
        if tag is None or not self.may_cite(run.text):
            return run
        opening, closing = (f"<{tag}>", f"</{tag}>") if tag else ("", "")
        if run.html != f"{opening}{escape(run.text)}{closing}":  # it has markup inside
            return run
        return Run(run.kind, run.text, f"{opening}{self._linked(run.text)}{closing}")

    def _linked(self, text: str) -> str:
        pieces, end = [], 0
        for match in _CITATION.finditer(text):
            link = self._several(match) if match[4] else self._link(match)
            if link:
                pieces += [self._sentences(text[end : match.start()]), link]
                end = match.end()
        return "".join((*pieces, self._sentences(text[end:])))

    def _sentences(self, text: str) -> str:
        """A text as HTML, with keys in its sentences (`@key says`) linked where they are known."""
        if "@" not in text or not self.has_keys:
            return escape(text)
        pieces, end = [], 0
        for match in _IN_SENTENCE.finditer(text):
            reference = self.references.get(match[1])
            if reference is not None and reference.key == match[1]:
                locator = f", {escape(match[2])}" if match[2] else ""
                link = f'<span class="cite">[{_anchor(reference)}{locator}]</span>'
                pieces += [escape(text[end : match.start()]), link]
                end = match.end()
        return "".join((*pieces, escape(text[end:])))

    def _link(self, match: re.Match[str]) -> str:
        """A citation as HTML; '' where it names no reference."""
        keys = [match.group(1)] if match.group(1) else _NUMBER.findall(match.group(3))
        references = [self.references.get(key) for key in keys]
        if None in references:
            self.unresolved.append(match.group())
            return ""
        separators = _BETWEEN.findall(match.group(3) or "")
        between = [separator if separator in "–-" else ", " for separator in separators]
        links = "".join(
            f"{_anchor(ref)}{after}"
            for ref, after in zip(filter(None, references), [*between, ""], strict=True)
        )
        return f'<span class="cite">[{links}{escape(match.group(2) or "")}]</span>'

    def _several(self, match: re.Match[str]) -> str:
        """Several citations in Pandoc's manner, with the words around them; '' where one of them
        names no reference."""
        pieces, end, text = [], 0, match[4]
        for cited in _CITED_KEY.finditer(text):
            reference = self.references.get(cited[1])
            if reference is None:
                self.unresolved.append(match.group())
                return ""
            pieces += [escape(text[end : cited.start()]), _anchor(reference)]
            end = cited.end()
        return f'<span class="cite">[{"".join((*pieces, escape(text[end:])))}]</span>'


def _anchor(reference: Reference) -> str:
    """The link to a reference."""
    number = reference.number
    return f'<a href="#{attribute(reference.id)}" aria-label="Reference {number}">{number}</a>'
