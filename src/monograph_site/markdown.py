"""Markdown to neutral blocks. The only module that knows a parser, so that a faster engine can take its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from .blocks import Block, Document, Run, inline_html, inline_text
from .html import attribute, balanced, count_tags, escape, harmless, is_element, safe_url, sanitise, strip_tags

MAX_NESTING = 60
"""Lists and quotes deeper than this are shown as plain text: no monograph needs them, and an attack lives on them."""
MAX_INLINE = 20_000
"""Characters of one paragraph that are still read for inline markup; the longest in 2,054 real files has 1,022."""
MAX_MARKS = 2_000
"""Brackets, asterisks, underscores, backticks and angles of one paragraph that are still read for inline markup."""

# A rule is no nesting, however long: `----------`, `* * * * *`.
_DEEP = re.compile(
    r"^(?![ \t]*([*-])(?:[ \t]*\1)*[ \t]*$)(?:[ \t]*(?:>|(?:[*+-]|\d{1,9}[.)])(?=[ \t]))){%d}|^[ \t]{%d}"
    % (MAX_NESTING // 2, MAX_NESTING * 4),
    re.MULTILINE,
)
_MARKS = re.compile(r"[\[\]*_`<&!]")
# `HLA-B*5701`, `CYP2D6*4`: an asterisk between a capital or digit and a digit is part of a name, not emphasis.
_ALLELE = re.compile(r"(?<=[A-Z0-9])(?<!\*)\*(?=\d)")
# What can start inline markup, and bold that no rule of CommonMark could read in another way: it opens behind a space and
# before a letter or digit, and closes behind one, or before a space. See tests/test_markdown.py for the comparison.
_SPECIAL = re.compile(r"[\n!&*<\[\\`_~]")
_BOLD = re.compile(
    r"(?:(?<=^)|(?<=[\s(]))\*\*([^\W_](?:[^\n!&*<\[\\`_~]*?(?:[^\W_](?=\*\*(?:[\s,.;:)?]|$))|[^\w\s*<&!\[\\`~](?=\*\*(?:\s|$))))?)\*\*(?=[\s,.;:)?]|$)"
)
_LIST_MARK = re.compile(r"(?:[*+-]|\d{1,9}[.)])[ \t]+\S")


def parse(text: str, first_line: int = 1, link: Callable[[str], str] = str) -> Document:
    """Parse Markdown (CommonMark with tables and strikethrough).

    `first_line` is the line of the file the text starts at; `link` turns a link's address into the one to publish.
    """
    if _DEEP.search(text):
        lines = text.split("\n")
        deep = next(n for n, line in enumerate(lines) if _DEEP.match(line))
        body = Block("code", first_line, first_line + len(lines) - 1, html=f"<pre>{escape(text)}</pre>\n", plain=text)
        return Document((body,), (("deep-nesting", first_line + deep, lines[deep][:40]),))
    reader = _Reader(first_line, link)
    tokens = _engine().parse(_ALLELE.sub(r"\\*", text) if "*" in text else text)
    return Document(tuple(reader.blocks(tokens, 0, len(tokens))), tuple(reader.notes))


@cache
def _engine() -> MarkdownIt:
    engine = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING * 2}).enable(["table", "strikethrough"])
    engine.validateLink = safe_url  # type: ignore[method-assign]  # the parser's own way to set the policy
    inline = engine.core.ruler
    inline.at("inline", _bounded_inline)
    return engine


def _bounded_inline(state: object) -> None:
    """Read inline markup, except in paragraphs made to be slow: those become plain text."""
    md: MarkdownIt = state.md  # type: ignore[attr-defined]
    for token in state.tokens:  # type: ignore[attr-defined]
        if token.type != "inline":
            continue
        content = token.content
        if _SPECIAL.search(_BOLD.sub("", content)) is None:
            token.children = _plain_and_bold(content)
        elif len(content) > MAX_INLINE or (len(content) > MAX_MARKS and len(_MARKS.findall(content)) > MAX_MARKS):
            token.children = [Token("text", "", 0, content=content)]
            token.meta = {"long": True}
        else:
            token.children = []
            md.inline.parse(content, md, state.env, token.children)  # type: ignore[attr-defined]


def _plain_and_bold(content: str) -> list[Token]:
    """The tokens of a line that has plain text and unmistakable bold only: most of them, in a third of the time."""
    tokens: list[Token] = []
    for at, text in enumerate(_BOLD.split(content)):
        if at % 2:
            tokens += (
                Token("strong_open", "strong", 1),
                Token("text", "", 0, content=text),
                Token("strong_close", "strong", -1),
            )
        elif text:
            tokens.append(Token("text", "", 0, content=text))
    return tokens


_RUN_KINDS = {"strong_open": "strong", "em_open": "em", "link_open": "link", "s_open": "strike"}


class _Reader:
    """Turns a parser's tokens into blocks, once."""

    def __init__(self, first_line: int, link: Callable[[str], str]) -> None:
        self.first_line = first_line
        self.link = link
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
                    yield Block("heading", first, last, int(token.tag[1]), self.runs(tokens[at + 1], first))
                case "bullet_list_open" | "ordered_list_open":
                    number = -1 if token.type[0] == "b" else int(token.attrGet("start") or 1)
                    if token.type[0] == "o" and token.attrGet("start") == 0:
                        number = 0
                    yield Block("list", first, last, number, children=tuple(self.blocks(tokens, at + 1, close)))
                case "list_item_open":
                    yield Block("item", first, last, children=tuple(self.blocks(tokens, at + 1, close)))
                case "blockquote_open":
                    yield Block("quote", first, last, children=tuple(self.blocks(tokens, at + 1, close)))
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
            body = f"<pre><code>{escape(token.content)}</code></pre>\n"
            return Block(
                "code", first, last, html=body, plain=f"{token.info}\n{token.content}" if token.info else token.content
            )
        if token.type == "html_block":
            clean = self._clean(token.content, first)
            return Block("html", first, last, html=clean, plain=strip_tags(clean))
        return Block("rule", first, last, html="<hr>\n")

    def _indented(self, content: str, first: int) -> Iterator[Block]:
        """Text indented by four spaces: an accident of lists, not code. It is read as what it says."""
        if _LIST_MARK.match(content):
            self.notes.append(("indented-list", first, content.split("\n", 1)[0][:40]))
        inner = parse(content, first, self.link)
        self.notes.extend(inner.notes)
        yield from inner.blocks

    def _table(self, tokens: Sequence[Token], at: int, close: int, first: int, last: int) -> Block:
        out = ['<div class="table-scroll" role="region" aria-label="Table" tabindex="0">\n<table>\n']
        text: list[str] = []
        for token in tokens[at + 1 : close]:
            if token.type == "inline":
                runs = self.runs(token, first)
                out.append(inline_html(runs))
                text.append(inline_text(runs))
            elif token.type == "th_open":
                out.append('<th scope="col">')
            else:
                out.append(f"</{token.tag}>" if token.nesting < 0 else f"<{token.tag}>")
        out.append("</table>\n</div>\n")
        return Block("table", first, last, html="".join(out), plain="\n".join(text))

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
                while sum(t.nesting for t in children[at : last + 1]) > 0:  # never cut emphasis in two
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
                return Run("text", token.content, escape(token.content))
            case "softbreak":
                return Run("break", "\n", "\n")
            case "hardbreak":
                return Run("break", "\n", "<br>\n")
            case "code_inline":
                return Run("code", token.content, f"<code>{escape(token.content)}</code>")
            case "image":
                return self._image(token)
            case "html_inline":
                return Run("text", token.content, escape(token.content))
        text, html = self._group(children[at + 1 : close], line)
        if token.type == "link_open":
            href = attribute(self.link(str(token.attrGet("href") or "")))
            return Run("link", text, f'<a href="{href}"{_rel(href)}>{html}</a>')
        tag = token.tag
        return Run(_RUN_KINDS.get(token.type, "text"), text, f"<{tag}>{html}</{tag}>")

    def _group(self, children: Sequence[Token], line: int) -> tuple[str, str]:
        inner = Token("inline", "", 0, children=list(children))
        runs = self.runs(inner, line)
        return inline_text(runs), inline_html(runs)

    def _image(self, token: Token) -> Run:
        source, text = str(token.attrGet("src") or ""), token.content
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", source):  # a published page asks nothing of another host
            href = attribute(source)
            return Run("link", text, f'<a href="{href}"{_rel(href)}>{escape(text or source)}</a>')
        return Run("image", text, f'<img src="{attribute(self.link(source))}" alt="{attribute(text)}" loading="lazy">')

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


def _rel(href: str) -> str:
    return ' rel="nofollow noopener noreferrer"' if re.match(r"[a-z]+:|//", href, re.I) else ""
