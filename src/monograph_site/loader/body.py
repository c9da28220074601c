"""The body of a content file as records: sections, questions, disclaimer, note and references,
nothing left over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ..markdown.blocks import Block, Run, inline_html, inline_text, render
from ..markdown.html import attribute, escape
from ..model.monograph import Faq, Reference, Section, Statement
from ..model.strings import anchor_of, collapse
from .citations import Footnote, link_citations
from .faq_pairs import Pair
from .faqs import questions
from .parts import Outline, Part

PREAMBLE_HEADING = "Overview"
REST_HEADING = "Further information"


class Body(NamedTuple):
    """What the body of a file says."""

    sections: tuple[Section, ...]
    faqs: tuple[Faq, ...]
    pairs: tuple[Pair, ...]
    """The same questions as they were found, for their places in the source."""
    disclaimer: Statement | None
    note: Statement | None
    references: tuple[Reference, ...]
    uncited: tuple[tuple[str, int], ...]
    """Citations that name no reference, each with the line of its section."""
    lines: dict[str, int]
    """The line of each section and question, by its anchor."""


def compose(
    found: Outline, title: str, references: Sequence[Reference], notes: Sequence[Footnote] = ()
) -> Body:
    """Make the records of a body. `references` are those of the front matter; footnotes and a
    references section of the body are added to them."""
    maker = _Maker(list(references))
    for note in notes:
        maker.reference(note.key, escape(note.text), note.text)
    parts = [part for part in found.parts if not maker.takes_references(part)]
    for part in _with_titles(found, parts, title):
        maker.add(part)
    return maker.body()


def _with_titles(found: Outline, parts: list[Part], title: str) -> list[Part]:
    """The parts, with first-level headings that say something else than the title as the first
    words of the page."""
    other = [
        (text, line)
        for text, line in found.titles
        if collapse(text).casefold() != collapse(title).casefold()
    ]
    if not other:
        return parts
    blocks = [
        Block(
            "paragraph", line, line, runs=(Run("strong", text, f"<strong>{escape(text)}</strong>"),)
        )
        for text, line in other
    ]
    if parts and parts[0].key == "preamble":
        return [replace(parts[0], blocks=[*blocks, *parts[0].blocks]), *parts[1:]]
    return [Part("preamble", "", None, 2, other[0][1], blocks=blocks), *parts]


@dataclass(slots=True)
class _Maker:
    references: list[Reference]
    ids: dict[str, int] = field(default_factory=dict)
    """Each anchor, with the last number given to one of the same words."""
    sections: list[Section] = field(default_factory=list)
    faqs: list[Faq] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    statements: dict[str, list[Block]] = field(default_factory=dict)
    uncited: list[tuple[str, int]] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)

    def body(self) -> Body:
        made = {
            key: Statement(self.html(blocks), plain(blocks), "text")
            for key, blocks in self.statements.items()
        }
        return Body(tuple(self.sections), tuple(self.faqs), tuple(self.pairs), made.get("disclaimer"), made.get("note"),
                    tuple(self.references), tuple(self.uncited), self.lines)  # fmt: skip

    def add(self, part: Part) -> None:
        if part.key in ("disclaimer", "note"):
            self.statements.setdefault(part.key, []).extend(part.blocks)
        elif part.key == "faqs":
            self._faqs(part)
        else:
            self._section(part.key, part.heading, part.subject, part.blocks, part.line)

    def _section(
        self, key: str, heading: str, subject: str | None, blocks: Sequence[Block], line: int
    ) -> str:
        heading = heading or (PREAMBLE_HEADING if key == "preamble" else REST_HEADING)
        anchor = self.anchor(f"{heading} {subject}" if subject else heading)
        self.lines[anchor] = line
        self.sections.append(
            Section(key, heading, anchor, subject, self.html(blocks, line), plain(blocks))
        )
        return anchor

    def _faqs(self, part: Part) -> None:
        found = questions(part.blocks, part.subject)
        outro = list(found.outro)
        section = self._section("faqs", part.heading, part.subject, found.intro, part.line)
        for pair in found.pairs:
            self.pairs.append(pair)
            html, text = self.html(pair.answer, pair.line), plain(pair.answer)
            anchor = self.anchor(f"q-{anchor_of(pair.text)[:60].rstrip('-')}")
            self.lines[anchor] = pair.line
            asked = pair.question[0] if len(pair.question) == 1 else None
            inner = (
                asked.html[8:-9] if asked and asked.kind == "strong" else inline_html(pair.question)
            )
            self.faqs.append(
                Faq(
                    anchor,
                    pair.text,
                    inner.strip(),
                    html,
                    text,
                    pair.subject,
                    section,
                )
            )
        if outro:
            self._section("other", "", None, outro, outro[0].line)

    def takes_references(self, part: Part) -> bool:
        """Turn a references section that is a numbered list into references, unless front matter
        has its own."""
        lists = [b for b in part.blocks if b.kind == "list"]
        if (
            part.key != "references"
            or len(part.blocks) != 1
            or not lists
            or lists[0].level < 0
            or self.references
        ):
            return False
        for item in lists[0].children:
            self.reference("", render(item.children, self._heading([])).strip(), item.text)
        return True

    def reference(self, key: str, html: str, text: str) -> None:
        number = len(self.references) + 1
        self.references.append(Reference(f"ref-{number}", number, key, collapse(text), html=html))

    # rendering

    def html(self, blocks: Iterable[Block], line: int = 0) -> str:
        """Blocks as HTML, with anchors on sub-headings and citations linked."""
        cited = link_citations(blocks, self.references)
        self.uncited.extend((text, line) for text in cited.unresolved)
        return render(cited.blocks, self._heading([]))

    def _heading(self, levels: list[int]) -> Callable[[Block], str]:
        """A renderer of sub-headings: from h3 on, never skipping a level, each with its anchor."""

        def heading(block: Block) -> str:
            while levels and levels[-1] >= block.level:
                levels.pop()
            levels.append(block.level)
            tag = f"h{min(2 + len(levels), 6)}"
            anchor = self.anchor(inline_text(block.runs))
            return f'<{tag} id="{attribute(anchor)}">{inline_html(block.runs)}</{tag}>\n'

        return heading

    def anchor(self, words: str) -> str:
        """An id for these words, unique on the page: the second 'Usage' is `usage-2`."""
        base = anchor_of(words)[:80].strip("-")
        name = base
        while name in self.ids:
            self.ids[base] += 1
            name = f"{base}-{self.ids[base]}"
        self.ids[name] = 1
        return name


def plain(blocks: Iterable[Block]) -> str:
    """Blocks as plain text, one line a block."""
    return "\n".join(text for block in blocks if (text := block.text.strip()))
