"""The reference engine: Markdown to blocks with markdown-it-py. It covers everything."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink, normalizeLinkText
from markdown_it.token import Token

from ..regex import regex
from .blocks import MarkdownDocument
from .callouts import read_callouts
from .definitions import read_definitions
from .formulas import read_formulas
from .grid_tables import read_grid_tables
from .html import safe_url
from .html_blocks import end_html_early
from .limits import MAX_NESTING, is_overlong
from .mark_lines import read_mark_lines
from .operators import keep_operators
from .pipe_tables import read_pipe_tables
from .reader import Reader
from .spans import SPECIAL, read_spans

# What can start inline markup, and bold that no rule of CommonMark could read in another way: it
# opens behind a space and before a letter or digit, and closes behind one, or before a space.
# tests/markdown/test_parser.py compares the two.
_SPECIAL = regex(r"[\n!&*<\[\\`_~]")
_BOLD = regex(
    r"(?:(?<=^)|(?<=[\s(]))\*\*([^\W_](?:[^\n!&*<\[\\`_~]*?(?:[^\W_](?=\*\*(?:[\s,.;:)?]|$))|[^\w\s*<&!\[\\`~](?=\*\*(?:\s|$))))?)\*\*(?=[\s,.;:)?]|$)"
)
# Block rules that can only match where one of their marks stands somewhere in the text.
_MARKS_OF_RULE = {
    "table": ("|",),
    "grid_table": ("+-", "+=", "+:"),
    "blockquote": (">",),
    "html_block": ("<",),
    "reference": ("]:",),
    "fence": ("```", "~~~"),
    "deflist": (": ", "~ "),
    "several_terms": (": ", "~ "),
    "table_caption": (": ",),
    "mark_line": (")=", "+++", "\\newpage", "\\pagebreak", "\\clearpage"),
    "indented_callout": ("!!!", "???", "==="),
    "fenced_callout": (":::",),
    "abbreviation": ("*[",),
    "math_block": ("$$", "\\[", "\\begin{"),
}
# The parser fills its tables at their first use, in steps that another thread sees half done. So the
# tables of all engines are filled at the import, and those of one engine before others can use it.
normalizeLink("")
normalizeLinkText("")


def read(
    text: str,
    first_line: int,
    link: Callable[[str], str],
    parse: Callable[[str, int], MarkdownDocument],
) -> MarkdownDocument:
    """The blocks of a prepared text. `parse` reads text that was taken for code."""
    reader = Reader(first_line, link, parse)
    needless = tuple(
        rule for rule, marks in _MARKS_OF_RULE.items() if not any(mark in text for mark in marks)
    )
    environment: dict[str, Any] = {}
    tokens = _engine(needless).parse(text, environment)
    reader.abbreviations = environment.get("abbreviations", {})
    return MarkdownDocument(tuple(reader.blocks(tokens, 0, len(tokens))), tuple(reader.notes))


@cache
def _engine(without: tuple[str, ...]) -> MarkdownIt:
    """The parser, without block rules that have nothing to find: each is asked at every line."""
    engine = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING * 2}).enable(
        ["table", "strikethrough"]
    )
    keep_operators(engine)
    read_definitions(engine)
    read_pipe_tables(engine)
    read_grid_tables(engine)
    read_callouts(engine)
    read_formulas(engine)
    read_spans(engine)
    read_mark_lines(engine)
    end_html_early(engine)
    engine.disable(list(without))
    engine.validateLink = safe_url  # type: ignore[method-assign]  # the parser's own way to set the policy
    inline = engine.core.ruler
    inline.at("inline", _bounded_inline)
    engine.parse("[link](https://example.org)")  # fills its tables
    return engine


def _bounded_inline(state: object) -> None:
    """Read inline markup, except in paragraphs made to be slow: those become plain text."""
    md: MarkdownIt = state.md  # type: ignore[attr-defined]
    for token in state.tokens:  # type: ignore[attr-defined]
        if token.type != "inline":
            continue
        content = token.content
        if (
            SPECIAL.search(content) is None
            and _SPECIAL.search(_BOLD.sub("", content) if "*" in content else content) is None
        ):
            token.children = _plain_and_bold(content)
        elif is_overlong(content):
            token.children = [Token("text", "", 0, content=content)]
            token.meta = {"long": True}
        else:
            token.children = []
            md.inline.parse(content, md, state.env, token.children)  # type: ignore[attr-defined]


def _plain_and_bold(content: str) -> list[Token]:
    """The tokens of a line that has plain text and unmistakable bold only, as most have."""
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
