"""A parser's tokens as neutral blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from markdown_it.token import Token

from ..regex import regex
from .blocks import Block, MarkdownDocument, Run, element, inline_html, inline_text, text_run, trim
from .callouts import Opening, alert, callout, opening_by_attributes
from .directives import Fence, Writer, is_query, read_directive
from .elements import (
    HARD_BREAK,
    LINE_BREAK,
    code_block,
    code_run,
    link_run,
    rule_block,
    table_block,
)
from .fields import with_fields, with_task
from .formulas import math_run
from .html import (
    as_text,
    attribute,
    balanced,
    closing_tag,
    count_tags,
    escape,
    harmless,
    is_element,
    link_embedded,
    map_links,
    sanitise,
    strip_tags,
    unclosed_element,
    with_scrolling_tables,
)
from .pictures import figure, picture_run, with_pictures
from .spans import (
    asked_audience,
    asked_id,
    emoji_run,
    role_run,
    subscript_run,
    superscript_run,
    with_abbreviations,
    without_width,
)

_CONTENTS = regex(r"\[(?:\[_?)?toc(?:_?\])?\]|\{:toc\}", re.IGNORECASE)
"""Asks other tools for a table of contents, which every page has."""
_CONTENTS_ITEM = regex(r"(?:^|\n)\{:[ \t]*toc\b[^{}\n]*\}$")
LIST_OF_ONE = 6
"""Tokens from the start to the end of a list with one item that is one paragraph."""
_LIST_MARK = regex(r"(?:[*+-]|\d{1,9}[.)])[ \t]+\S")
_RUN_KINDS = {
    "strong_open": "strong",
    "em_open": "em",
    "link_open": "link",
    "s_open": "strike",
    "mark_open": "mark",
    "ins_open": "ins",
    "del_open": "strike",
}


class Reader:
    """Turns a parser's tokens into blocks, once. `parse` reads text that was taken for code.

    `abbreviations` are those of the text with their meanings, before its blocks are read."""

    def __init__(
        self,
        first_line: int,
        link: Callable[[str], str],
        parse: Callable[[str, int], MarkdownDocument],
    ) -> None:
        self.first_line = first_line
        self.link = link
        self.parse = parse
        self.abbreviations: dict[str, str] = {}
        self.notes: list[tuple[str, int, str]] = []
        self.in_link = False
        self.asked: Opening | None = None
        self.quotes = 0

    def blocks(self, tokens: Sequence[Token], start: int, end: int) -> Iterator[Block]:
        at, line_after = start, -1
        while at < end:
            token = tokens[at]
            close = _closing(tokens, at) if token.nesting == 1 else at
            first, last = self._lines(token)
            asked, self.asked = self.asked if first == line_after else None, None
            blocks, close = self._read(tokens, at, close, end)
            if blocks and not (self.quotes and blocks[-1].kind == "paragraph"):
                asked, self.asked = self.asked or asked, None
            if asked and blocks:
                inside = blocks[0].children if blocks[0].kind == "quote" else blocks
                blocks = (callout(asked, (), inside, first, last),)
            yield from blocks
            at, line_after = close + 1, last + 1

    def _read(
        self, tokens: Sequence[Token], at: int, close: int, end: int
    ) -> tuple[tuple[Block, ...], int]:
        """The blocks of the token at a place, and the place of the last token that belongs to it."""
        token = tokens[at]
        first, last = self._lines(token)
        if _is_contents(tokens, at, close):
            return (), close
        if token.type == "html_block" and (part := self._open_element(tokens, at, end)):
            return part
        if token.type in _LEAVES:
            return tuple(_LEAVES[token.type](self, token, first, last)), close
        if token.type in _WITH_RUNS:
            return tuple(_WITH_RUNS[token.type](self, token, tokens[at + 1], first, last)), close
        if token.type == "table_open":
            return (self._table(tokens, at, close, first, last),), close
        is_quote = token.type == "blockquote_open"
        self.quotes += is_quote
        children = tuple(
            self.blocks(tokens, at + (2 if token.type == "callout_open" else 1), close)
        )
        self.quotes -= is_quote
        return (self._container(token, tokens[at + 1], children, first, last),), close

    def _paragraph(self, token: Token, text: Token, first: int, last: int) -> Iterator[Block]:
        runs = self.runs(text, first)
        attributes = [child for child in text.children or () if child.type == "attributes"]
        if attributes:
            runs = trim(runs)
            self._ask_callout(text, attributes)
        if (runs or not text.content) and not _CONTENTS.fullmatch(text.content):
            runs = with_fields(runs) if "::" in text.content else runs
            pictured = (
                figure(runs, _picture_title(text), first, last) if "![" in text.content else None
            )
            yield pictured or Block("paragraph", first, last, 1 if token.hidden else 0, runs)

    def _ask_callout(self, text: Token, attributes: Sequence[Token]) -> None:
        """Keep the callout that the class of a paragraph asks for, whose attribute list is its first
        or last line: the paragraph, its quotation or the next block becomes it."""
        lines = text.content.strip().split("\n")
        for token in (attributes[0], attributes[-1]):
            if token.content in (lines[0].strip(), lines[-1].strip()):
                self.asked = opening_by_attributes(token.content) or self.asked

    def _heading(self, token: Token, text: Token, first: int, last: int) -> Iterator[Block]:
        attributes = [child.content for child in text.children or () if child.type == "attributes"]
        runs = self.runs(text, first)
        asked = next((name for name in map(asked_id, attributes) if name), "")
        runs = trim(runs) if attributes else runs
        audience = next((name for name in map(asked_audience, attributes) if name and runs), "")
        level = int(token.tag[1])
        yield Block("heading", first, last, level, runs, html=asked, plain=audience)

    def _term(self, token: Token, text: Token, first: int, last: int) -> Iterator[Block]:
        yield element("dt", first, last, runs=self.runs(text, first))

    def _container(
        self, token: Token, title: Token, children: tuple[Block, ...], first: int, last: int
    ) -> Block:
        """A block with others inside."""
        match token.type:
            case "bullet_list_open":
                return Block("list", first, last, -1, children=children)
            case "ordered_list_open":
                start = token.attrGet("start")
                number = 1 if start is None else int(start)
                return Block("list", first, last, number, children=children)
            case "list_item_open":
                return Block("item", first, last, children=with_task(children))
            case "callout_open":
                opening = token.meta["opening"]
                runs = self.runs(title, first)
                if opening.takes_heading and children and children[0].kind == "heading":
                    runs, children = children[0].runs, children[1:]
                return callout(opening, runs, children, first, last)
            case "dl_open" | "dd_open":
                return element(token.tag, first, last, children=children)
        return alert(children, first, last) or Block("quote", first, last, children=children)

    def _open_element(
        self, tokens: Sequence[Token], at: int, end: int
    ) -> tuple[tuple[Block, ...], int] | None:
        """The blocks of an element that one stretch of HTML opens and a later one closes, with the
        Markdown between them inside, and the place of its last token; None for any other HTML."""
        token = tokens[at]
        first, _ = self._lines(token)
        opening = unclosed_element(token.content)
        if opening is None:
            return None
        depth, open_elements = 0, 1
        for place in range(at + 1, end):
            depth += tokens[place].nesting
            if depth or tokens[place].type != "html_block":
                continue
            closing, open_elements = closing_tag(tokens[place].content, opening, open_elements)
            if closing is not None:
                break
        else:
            return None
        last = self._lines(tokens[place])[1]
        before, tag, after = opening.split(token.content)
        text = tokens[place].content
        inside = (
            *self._html(after, first),
            *self.blocks(tokens, at + 1, place),
            *self._html(text[: closing.start()], last),
        )
        clean = self._clean(f"{tag}</{opening.name}>", first).removesuffix(f"</{opening.name}>")
        is_kept = clean.startswith(f"<{opening.name}")
        body = (Block("element", first, last, children=inside, html=clean),) if is_kept else inside
        return (
            (*self._html(before, first), *body, *self._html(text[closing.end() :], last)),
            place,
        )

    def _html(self, text: str, line: int) -> Iterator[Block]:
        """A stretch of HTML; none where it is blank."""
        if text.strip():
            clean = self._clean(as_text(text), line)
            yield Block("html", line, line, html=clean, plain=strip_tags(clean))

    def _lines(self, token: Token) -> tuple[int, int]:
        first, last = token.map or (0, 1)
        return first + self.first_line, max(last, first + 1) - 1 + self.first_line

    def _fence(self, token: Token, first: int, last: int) -> Iterator[Block]:
        fence = Fence(token.info.strip(), token.content, first, last)
        writer = Writer(self._inner, lambda source, alt, line: self._picture(source, alt, "", line))
        blocks = read_directive(fence, writer)
        if is_query(fence.info, fence.content):
            self.notes.append(("query", first, fence.info))
        yield from (
            (code_block(token.content, token.info, first, last),) if blocks is None else blocks
        )

    def _inner(self, text: str, line: int) -> tuple[Block, ...]:
        """The blocks of a text inside a fence."""
        inner = self.parse(text, line)
        self.notes.extend(inner.notes)
        return inner.blocks

    def _raw_block(self, token: Token, first: int, last: int) -> Iterator[Block]:
        clean = with_scrolling_tables(self._clean(as_text(token.content), first))
        yield Block("html", first, last, html=clean, plain=strip_tags(clean))

    def _rule(self, _: Token, first: int, last: int) -> Iterator[Block]:
        yield rule_block(first, last)

    def _formula(self, token: Token, first: int, last: int) -> Iterator[Block]:
        yield Block("paragraph", first, last, runs=(math_run(token.content, display=True),))

    def _indented(self, token: Token, first: int, _: int) -> Iterator[Block]:
        """Text indented by four spaces: an accident of lists, not code. It is read as Markdown."""
        content = token.content
        if _LIST_MARK.match(content):
            self.notes.append(("indented-list", first, content.split("\n", 1)[0][:40]))
        yield from self._inner(content, first)

    def _table(self, tokens: Sequence[Token], at: int, close: int, first: int, last: int) -> Block:
        rows: list[list[tuple[Run, ...]]] = []
        for token in tokens[at + 1 : close]:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(self.runs(token, first))
        return table_block(rows, first, last)

    def runs(self, token: Token, line: int) -> tuple[Run, ...]:
        if token.meta.get("long"):
            self.notes.append(("long-paragraph", line, token.content[:40]))
        found: list[Run] = []
        children = token.children or []
        at = 0
        while at < len(children):
            child = children[at]
            if child.type == "html_inline" and is_element(child.content):
                last = max(n for n, t in enumerate(children) if t.type == "html_inline")
                while (
                    sum(t.nesting for t in children[at : last + 1]) > 0
                ):  # never cut emphasis in two
                    last += 1
                found.append(self._raw(children[at : last + 1], line))
                at = last + 1
                continue
            if child.type == "text" and self.abbreviations:
                found += with_abbreviations(child.content, self.abbreviations)
                at += 1
                continue
            close = _closing(children, at) if child.nesting == 1 else at
            run = self._run(children, at, close, line)
            if not run.html:
                at = close + 1
                continue
            if found and run.kind == "text" == found[-1].kind:
                run = Run("text", found[-1].text + run.text, found.pop().html + run.html)
            found.append(run)
            at = close + 1
        return tuple(found)

    def _run(self, children: Sequence[Token], at: int, close: int, line: int) -> Run:
        token = children[at]
        match token.type:
            case "softbreak":
                return LINE_BREAK
            case "hardbreak":
                return HARD_BREAK
            case "image":
                return self._image(token, line)
            case "wikilink":
                link = token.meta["link"]
                if link.is_picture:
                    return self._picture(link.file, link.words, "", line)
                html = f'<a href="{attribute(link.target)}">{escape(link.words)}</a>'
                return Run("link", link.words, html)
            case "myst_role":
                return role_run(token.meta["name"], token.content)
            case "math_inline" | "math_inline_double":
                return math_run(token.content, display=token.type.endswith("double"))
        if token.type in _SIMPLE_RUNS:
            return _SIMPLE_RUNS[token.type](token.content)
        if token.type == "link_open":
            self.in_link = True
            text, html = self._group(children[at + 1 : close], line)
            self.in_link = False
            return link_run(self.link(str(token.attrGet("href") or "")), text, html)
        text, html = self._group(children[at + 1 : close], line)
        if token.type == "sup_open":
            return superscript_run(text)
        if token.type == "sub_open":
            return subscript_run(text)
        tag = token.tag
        return Run(_RUN_KINDS.get(token.type, "text"), text, f"<{tag}>{html}</{tag}>")

    def _group(self, children: Sequence[Token], line: int) -> tuple[str, str]:
        inner = Token("inline", "", 0, children=list(children))
        runs = self.runs(inner, line)
        return inline_text(runs), inline_html(runs)

    def _image(self, token: Token, line: int) -> Run:
        source, title = (str(token.attrGet(name) or "") for name in ("src", "title"))
        return self._picture(source, without_width(token.content), title, line)

    def _picture(self, source: str, alt: str, title: str, line: int) -> Run:
        """A picture; its words where its address can't be that of a picture of this site."""
        picture = picture_run(source, alt, title, self.link, in_link=self.in_link)
        if picture is not None:
            return picture
        self.notes.append(("image", line, source[:40]))
        return Run("image", alt, escape(alt))

    def _raw(self, children: Sequence[Token], line: int) -> Run:
        """A stretch from the first raw tag of a paragraph to its last, as one run."""
        tags: list[str] = []
        text: list[str] = []
        html: list[str] = []
        formulas: list[str] = []
        at = 0
        while at < len(children):
            child = children[at]
            close = _closing(children, at) if child.nesting == 1 else at
            if child.type == "html_inline" and is_element(child.content):
                tags.append(child.content)
                html.append(child.content.replace(_FORMULA, ""))
                text.append("\n" if child.content.lower().startswith("<br") else "")
            else:
                run = self._run(children, at, close, line)
                is_formula = run.kind == "math"
                html.append(_FORMULA if is_formula else run.html.replace(_FORMULA, ""))
                formulas += [run.html] if is_formula else []
                text.append(run.text)
            at = close + 1
        joined = "".join(html)
        if all(map(harmless, tags)) and balanced(tags):
            return Run("raw", "".join(text), _with_formulas(joined, formulas))
        clean = _with_formulas(self._clean(joined, line), formulas)
        return Run("raw", strip_tags(clean), clean)

    def _clean(self, html: str, line: int) -> str:
        html = link_embedded(html)
        clean = sanitise(html)
        before, after = count_tags(html), count_tags(clean)
        if after < before:
            self.notes.append(("removed-html", line, html.strip()[:40]))
        return with_pictures(map_links(clean, self.link), self.link)


_FORMULA = "\U0010fffd"
"""Keeps the place of a formula, which is safe, while the HTML around it is cleaned. A character for
private use, which no text shares between programs."""


def _with_formulas(html: str, formulas: list[str]) -> str:
    """HTML with the formulas in their places."""
    first, *rest = html.split(_FORMULA) if formulas else [html]
    return first + "".join(map("".join, zip(formulas, rest, strict=False)))


_SIMPLE_RUNS: dict[str, Callable[[str], Run]] = {
    "text": text_run,
    "html_inline": text_run,
    "code_inline": code_run,
    "emoji": emoji_run,
    "attributes": lambda _: Run("raw", "", ""),
}
_LEAVES: dict[str, Callable[[Reader, Token, int, int], Iterator[Block]]] = {
    "fence": Reader._fence,
    "html_block": Reader._raw_block,
    "code_block": Reader._indented,
    "hr": Reader._rule,
    "math_block": Reader._formula,
}
_WITH_RUNS: dict[str, Callable[[Reader, Token, Token, int, int], Iterator[Block]]] = {
    "paragraph_open": Reader._paragraph,
    "heading_open": Reader._heading,
    "dt_open": Reader._term,
}


def _is_contents(tokens: Sequence[Token], at: int, close: int) -> bool:
    """Whether a list is one item in whose place kramdown puts a table of contents (`{:toc}`)."""
    return (
        tokens[at].type in ("bullet_list_open", "ordered_list_open")
        and close - at == LIST_OF_ONE
        and _CONTENTS_ITEM.search(tokens[at + 3].content) is not None
    )


def _picture_title(text: Token) -> str:
    """The title of the first picture of a paragraph; '' for none."""
    pictures = (child for child in text.children or () if child.type == "image")
    return next((str(picture.attrGet("title") or "") for picture in pictures), "")


def _closing(tokens: Sequence[Token], at: int) -> int:
    depth = 0
    for n in range(at, len(tokens)):
        depth += tokens[n].nesting
        if depth == 0:
            return n
    return len(tokens) - 1
