"""The body of a content file as records: sections, questions, disclaimer, note and references.
Every block of the body is in one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from ..markdown.blocks import Block, Run, inline_html, inline_text, render
from ..markdown.html import attribute, escape, map_anchors
from ..markdown.parser import parse
from ..model.monograph import SECTION_AUDIENCES, Faq, Reference, Section, Statement
from ..model.strings import anchor_of, collapse, heading_id
from ..model.words import ENGLISH, Words, mark
from ..regex import regex
from .citations import Footnote, link_citations, without_footnote_marks
from .faq_pairs import Pair
from .faqs import questions
from .labels import LABEL
from .parts import Outline, Part

PREAMBLE_HEADING = mark("Overview")
REST_HEADING = mark("Further information")
_LEFT_OUT = regex(r"['’/:.,&+()!?;…]")
"""What GitHub and most generators leave out of the id of a heading: `What's new` is `whats-new`. Here
it parts words, as in Zola: `what-s-new`."""
_INSIDE_WORDS = regex(r"['’/:.,&+()!?;…](?<=\w['’/:.,&+()!?;…])['’/:.,&+()!?;…]*+\w")
"""Begins with the characters, of which most headings have none, and not with the word."""


class Body(NamedTuple):
    """The records of a file's body."""

    sections: tuple[Section, ...]
    faqs: tuple[Faq, ...]
    pairs: tuple[Pair, ...]
    """The same questions still as blocks, with their lines in the source."""
    disclaimer: Statement | None
    note: Statement | None
    references: tuple[Reference, ...]
    uncited: tuple[tuple[str, int], ...]
    """Citations that name no reference, each with the line of its section."""
    lines: dict[str, int]
    """The line of each section and question, by its anchor."""


def compose_body(
    outline: Outline,
    title: str,
    references: Sequence[Reference],
    notes: Sequence[Footnote] = (),
    words: Words = ENGLISH,
    link: Callable[[str], str] = str,
) -> Body:
    """The records of a body. `references` are those of the front matter; footnotes and a references
    section of the body are added to them. `words` are the tool's own, for headings; `link` turns the
    address of a link in a footnote into the one to publish."""
    composer = _Composer(list(references), words)
    for note in notes:
        composer.footnote(note, link)
    parts = [part for part in outline.parts if not composer.absorb_references(part)]
    for part in _with_titles(outline, parts, title):
        composer.add(part)
    for name in outline.title_ids:
        composer.mark_start(name)
    for text, _ in outline.titles:
        if heading_id(text) != heading_id(title):  # the title itself: see `title_anchor`
            composer.mark_start(text)
    return composer.body()


def _with_titles(outline: Outline, parts: list[Part], title: str) -> list[Part]:
    """The parts, with headings of the first level that differ from the title as the first words of
    the page."""
    differing = [
        (text, line)
        for text, line in outline.titles
        if collapse(text).casefold() != collapse(title).casefold()
    ]
    if not differing:
        return parts
    blocks = [
        Block(
            "paragraph", line, line, runs=(Run("strong", text, f"<strong>{escape(text)}</strong>"),)
        )
        for text, line in differing
    ]
    if parts and parts[0].key == "preamble":
        return [replace(parts[0], blocks=[*blocks, *parts[0].blocks]), *parts[1:]]
    return [Part("preamble", "", None, LABEL, differing[0][1], blocks=blocks), *parts]


class _Composer(Struct):
    references: list[Reference]
    words: Words
    ids: dict[str, int] = field(default_factory=dict)
    """Each anchor, with the last number given to an anchor of the same words."""
    spellings: dict[str, str] = field(default_factory=dict)
    """The anchor of a heading by the one that other tools give it."""
    sections: list[Section] = field(default_factory=list)
    faqs: list[Faq] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    statements: dict[str, list[Block]] = field(default_factory=dict)
    uncited: list[tuple[str, int]] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)

    def body(self) -> Body:
        self.mark_spellings()
        statements = {
            key: Statement(self.html(blocks), plain(blocks), "text")
            for key, blocks in self.statements.items()
        }
        return Body(
            sections=tuple(self.sections),
            faqs=tuple(self.faqs),
            pairs=tuple(self.pairs),
            disclaimer=statements.get("disclaimer"),
            note=statements.get("note"),
            references=tuple(self.references),
            uncited=tuple(self.uncited),
            lines=self.lines,
        )

    def add(self, part: Part) -> None:
        if part.key in ("disclaimer", "note"):
            self.statements.setdefault(part.key, []).extend(part.blocks)
        elif part.key == "faqs":
            self._faqs(part)
        else:
            self._section(part, part.blocks)

    def mark_start(self, name: str) -> None:
        """Put the anchor that the title's heading asks for at the start of the text."""
        if self.sections:
            first = self.sections[0]
            anchor = f'<a id="{attribute(self.unique(heading_id(name)))}"></a>'
            self.sections[0] = replace(first, html=anchor + first.html)

    def _section(self, part: Part, blocks: Sequence[Block]) -> str:
        key, line, subject = part.key, part.line, part.subject
        heading = without_footnote_marks(part.heading, self.references)
        heading = heading or self.words(PREAMBLE_HEADING if key == "preamble" else REST_HEADING)
        anchor = self.anchor(f"{heading} {subject}" if subject else heading, part.id)
        if not subject and not part.id:
            self._note_spelling(heading, anchor)
        self.lines[anchor] = line
        self.sections.append(
            Section(
                key,
                heading,
                anchor,
                subject,
                self.html(blocks, line),
                plain(blocks),
                part.audience if part.audience in SECTION_AUDIENCES else "",
            )
        )
        return anchor

    def _faqs(self, part: Part) -> None:
        intro, pairs, outro = questions(part.blocks, part.subject)
        section = self._section(part, intro)
        for pair in pairs:
            self.pairs.append(pair)
            html, text = self.html(pair.answer, pair.line), plain(pair.answer)
            question, question_html = pair.text, _without_strong(pair.question).strip()
            anchor = self.unique(f"q-{anchor_of(question)[:60].rstrip('-')}")
            self.lines[anchor] = pair.line
            self.faqs.append(
                Faq(anchor, question, question_html, html, text, pair.subject, section)
            )
        if outro:
            self._section(Part("other", "", None, LABEL, outro[0].line), outro)

    def absorb_references(self, part: Part) -> bool:
        """Turn a references section that is a numbered list into references, unless front matter
        has its own; whether that was done."""
        if part.key == "references" and not part.blocks and self.references:
            return True  # the heading under which its footnotes would stand
        if part.key != "references" or len(part.blocks) != 1 or self.references:
            return False
        block = part.blocks[0]
        if block.kind != "list" or block.level < 0:
            return False
        for item in block.children:
            self.reference("", render(item.children, self._heading([])).strip(), item.text)
        return True

    def reference(self, key: str, html: str, text: str) -> None:
        number = len(self.references) + 1
        self.references.append(Reference(f"ref-{number}", number, key, collapse(text), html=html))

    def footnote(self, note: Footnote, link: Callable[[str], str]) -> None:
        """Add a footnote to the references."""
        blocks = parse(note.markdown or note.text, note.line, link).blocks
        if len(blocks) == 1 and blocks[0].kind == "paragraph":
            html = inline_html(blocks[0].runs)
        else:
            html = render(blocks, self._heading([])).strip()
        self.reference(note.key, html, plain(blocks))

    # rendering

    def html(self, blocks: Iterable[Block], line: int = 0) -> str:
        """Blocks as HTML, with anchors on sub-headings and citations linked."""
        if self.references:
            blocks, unresolved = link_citations(blocks, self.references)
            self.uncited.extend((text, line) for text in unresolved)
        html = render(blocks, self._heading([]))
        return map_anchors(html, lambda name: self.anchor(name) if name.strip() else "")

    def _heading(self, levels: list[int]) -> Callable[[Block], str]:
        """A renderer of sub-headings: from h3 on, never skipping a level, each with its anchor.
        `levels` are those of the headings it is inside."""

        def heading(block: Block) -> str:
            while levels and levels[-1] >= block.level:
                levels.pop()
            levels.append(block.level)
            tag = f"h{min(2 + len(levels), 6)}"
            anchor = self.anchor(inline_text(block.runs), block.html)
            if not block.html:
                self._note_spelling(inline_text(block.runs), anchor)
            return f'<{tag} id="{attribute(anchor)}">{inline_html(block.runs)}</{tag}>\n'

        return heading

    def anchor(self, words: str, asked: str = "") -> str:
        """An id for these words, or the one that the author asks for, unique on the page."""
        return self.unique(heading_id(asked or words))

    def _note_spelling(self, words: str, anchor: str) -> None:
        """Keep the id that other tools give a heading, where it is another one."""
        other = _other_spelling(words)
        if other and other != anchor:
            self.spellings.setdefault(other, anchor)

    def mark_spellings(self) -> None:
        """Put the anchors that other tools give headings beside ours, where nothing else has them:
        links in the text may use either."""
        for other, anchor in self.spellings.items():
            if other in self.ids:
                continue
            mark, opening = f'<a id="{attribute(other)}"></a>', f' id="{attribute(anchor)}">'
            for at, section in enumerate(self.sections):
                if section.id == anchor:
                    self.sections[at] = replace(section, html=mark + section.html)
                elif opening in section.html:
                    marked = section.html.replace(opening, opening + mark, 1)
                    self.sections[at] = replace(section, html=marked)

    def unique(self, base: str) -> str:
        """An id that no other has on the page: the second `usage` is `usage-2`."""
        name = base
        while name in self.ids:
            self.ids[base] += 1
            name = f"{base}-{self.ids[base]}"
        self.ids[name] = 1
        return name


@lru_cache(maxsize=4_096)  # pages have the same headings
def _other_spelling(words: str) -> str:
    """The id that other tools give a heading of these words, where they leave out characters inside
    words; '' where they give it ours."""
    return heading_id(_LEFT_OUT.sub("", words)) if _INSIDE_WORDS.search(words) else ""


def _without_strong(question: tuple[Run, ...]) -> str:
    """The HTML of a question; without its <strong> where all of it is bold."""
    run = question[0] if len(question) == 1 else None
    if run and run.kind == "strong":
        return run.html.removeprefix("<strong>").removesuffix("</strong>")
    return inline_html(question)


def plain(blocks: Iterable[Block]) -> str:
    """Blocks as plain text, one line a block."""
    return "\n".join([text for block in blocks if (text := block.text.strip())])
