"""A parser's tokens as neutral blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from markdown_it.token import Token

from .blocks import Block, MarkdownDocument, Run, inline_html, inline_text, text_run
from .elements import (
    HARD_BREAK,
    LINE_BREAK,
    code_block,
    code_run,
    link_run,
    rule_block,
    table_block,
)
from .html import (
    as_text,
    balanced,
    count_tags,
    escape,
    harmless,
    is_element,
    leads_away,
    sanitise,
    strip_tags,
)

_LIST_MARK = re.compile(r"(?:[*+-]|\d{1,9}[.)])[ \t]+\S")
_RUN_KINDS = {"strong_open": "strong", "em_open": "em", "link_open": "link", "s_open": "strike"}


class Reader:
    """Turns a parser's tokens into blocks, once. `parse` reads text that was taken for code."""

    def __init__(
        self,
        first_line: int,
        link: Callable[[str], str],
        parse: Callable[[str, int], MarkdownDocument],
    ) -> None:
        self.first_line = first_line
        self.link = link
        self.parse = parse
        self.notes: list[tuple[str, int, str]] = []

    def blocks(self, tokens: Sequence[Token], start: int, end: int) -> Iterator[Block]:
        at = start
        while at < end:
            token = tokens[at]
            close = _closing(tokens, at) if token.nesting == 1 else at
            first, last = self._lines(token)
            match token.type:
                case "paragraph_open":
                    runs = self.runs(tokens[at + 1], first)
                    yield Block("paragraph", first, last, 1 if token.hidden else 0, runs)
                case "heading_open":
                    yield Block(
                        "heading", first, last, int(token.tag[1]), self.runs(tokens[at + 1], first)
                    )
                case "bullet_list_open" | "ordered_list_open":
                    number = -1 if token.type[0] == "b" else int(token.attrGet("start") or 1)
                    if token.type[0] == "o" and token.attrGet("start") == 0:
                        number = 0
                    yield Block(
                        "list",
                        first,
                        last,
                        number,
                        children=tuple(self.blocks(tokens, at + 1, close)),
                    )
                case "list_item_open":
                    yield Block(
                        "item", first, last, children=tuple(self.blocks(tokens, at + 1, close))
                    )
                case "blockquote_open":
                    yield Block(
                        "quote", first, last, children=tuple(self.blocks(tokens, at + 1, close))
                    )
                case "code_block":
                    yield from self._indented(token.content, first)
                case "table_open":
                    yield self._table(tokens, at, close, first, last)
                case _:
                    yield self._leaf(token, first, last)
            at = close + 1

    def _lines(self, token: Token) -> tuple[int, int]:
        first, last = token.map or (0, 1)
        return first + self.first_line, max(last, first + 1) - 1 + self.first_line

    def _leaf(self, token: Token, first: int, last: int) -> Block:
        if token.type == "fence":
            return code_block(token.content, token.info, first, last)
        if token.type == "html_block":
            clean = self._clean(as_text(token.content), first)
            return Block("html", first, last, html=clean, plain=strip_tags(clean))
        return rule_block(first, last)

    def _indented(self, content: str, first: int) -> Iterator[Block]:
        """Text indented by four spaces: an accident of lists, not code. It is read as Markdown."""
        if _LIST_MARK.match(content):
            self.notes.append(("indented-list", first, content.split("\n", 1)[0][:40]))
        inner = self.parse(content, first)
        self.notes.extend(inner.notes)
        yield from inner.blocks

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
            case "text":
                return text_run(token.content)
            case "softbreak":
                return LINE_BREAK
            case "hardbreak":
                return HARD_BREAK
            case "code_inline":
                return code_run(token.content)
            case "image":
                return self._image(token, line)
            case "html_inline":
                return text_run(token.content)
        text, html = self._group(children[at + 1 : close], line)
        if token.type == "link_open":
            return link_run(self.link(str(token.attrGet("href") or "")), text, html)
        tag = token.tag
        return Run(_RUN_KINDS.get(token.type, "text"), text, f"<{tag}>{html}</{tag}>")

    def _group(self, children: Sequence[Token], line: int) -> tuple[str, str]:
        inner = Token("inline", "", 0, children=list(children))
        runs = self.runs(inner, line)
        return inline_text(runs), inline_html(runs)

    def _image(self, token: Token, line: int) -> Run:
        """An image as its words: pictures are not published yet, and a page asks nothing of another
        host."""
        source, text = str(token.attrGet("src") or ""), token.content
        if leads_away(source):
            return link_run(source, text, escape(text or source))
        self.notes.append(("image", line, source[:40]))
        return Run("image", text, escape(text))

    def _raw(self, children: Sequence[Token], line: int) -> Run:
        """A stretch from the first raw tag of a paragraph to its last, as one run."""
        tags: list[str] = []
        text: list[str] = []
        html: list[str] = []
        at = 0
        while at < len(children):
            child = children[at]
            close = _closing(children, at) if child.nesting == 1 else at
            if child.type == "html_inline" and is_element(child.content):
                tags.append(child.content)
                html.append(child.content)
                text.append("\n" if child.content.lower().startswith("<br") else "")
            else:
                run = self._run(children, at, close, line)
                html.append(run.html)
                text.append(run.text)
            at = close + 1
        joined = "".join(html)
        if all(map(harmless, tags)) and balanced(tags):
            return Run("raw", "".join(text), joined)
        clean = self._clean(joined, line)
        return Run("raw", strip_tags(clean), clean)

    def _clean(self, html: str, line: int) -> str:
        clean = sanitise(html)
        before, after = count_tags(html), count_tags(clean)
        if after < before:
            self.notes.append(("removed-html", line, html.strip()[:40]))
        return clean


def _closing(tokens: Sequence[Token], at: int) -> int:
    depth = 0
    for n in range(at, len(tokens)):
        depth += tokens[n].nesting
        if depth == 0:
            return n
    return len(tokens) - 1
