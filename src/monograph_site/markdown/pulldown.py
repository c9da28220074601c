"""The fast engine: Markdown to blocks with pulldown-cmark, straight from pyromark's events.

It reads headings, paragraphs, lists, rules, regular tables, emphasis, code spans, links and line
breaks, and makes of them the very blocks of the reference engine. A text with anything else, or
with a detail on which the two parsers differ, is handed back as a whole.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import accumulate, chain
from typing import Any, TypeAlias, cast

from pyromark import Markdown, Options

from ..regex import regex
from .blocks import (
    Block,
    MarkdownDocument,
    Run,
    inline_html,
    inline_text,
)
from .elements import (
    HARD_BREAK,
    LINE_BREAK,
    code_run,
    link_run,
    rule_block,
    table_block,
)
from .html import balanced, escape, safe_url
from .limits import MAX_MARKS

MAX_DEPTH = 40
"""Levels of nesting, of blocks or of emphasis, that are read here; the reference reads more."""

_MARKDOWN = Markdown(options=Options.ENABLE_TABLES)
_UNCOVERED = tuple(
    (character, regex(pattern))
    for character, pattern in (
        # raw HTML: all but `<sub>` and `<sup>`, which chemical formulas and units need
        ("<", r"<(?!/?su[bp]>)[A-Za-z/!?]"),
        # strikethrough, which pulldown-cmark also reads between single tildes
        ("~", r"~~|~[^~\s]+~|(?m:^[ >]*~ )"),
        # characters by their number: one parser replaces those that do not print
        ("&", r"&#"),
        # definitions, whose labels are compared differently; a target with a backslash before the
        # end of its line, which one parser takes for a part of it
        ("]", r"\](?::|\([^\n]{0,1000}\\\n)"),
        # a backslash before the spaces that end a line, where one parser keeps a space; formulas,
        # and ends of printed pages
        (
            "\\",
            r"\\(?: |\((?:[^\n\\]|\\(?![()]))*+\\\)|\[(?:[^\\]|\\(?![\[\]]))*+\\\]"
            r"|begin\{|(?:new|clear)page|pagebreak)",
        ),
        ("[", r"\[(?:[\[!]|[ xX/-]\] |(?i:toc)\])|\*\["),
        ("!", r"!!!"),
        ("^", r"\^[^^\s]+\^|\^\^|(?m:(?:^|[ >])\^[\w-]+ *$)"),
        ("=", r"(?<!=)==(?![=\s])|=== [\"']|(?m:(?<=\))= *$)"),
        ("$", r"\$[^$]*\$"),
        ("{", r"\{[ \t]*+[:.#A-Za-z]|\{(?:\+\+|--|~~|==)"),
        ("+", r"\+(?:[-=:]+\+|\+\+)"),
        ("@", r"\w@\w"),
    )
)
"""Markup beyond CommonMark, which only the reference reads (see `spans`): a character that few pages
have, and a pattern of what may be markup with it."""
_USUAL = b"\n" + bytes(
    code for code in range(ord(" "), 127) if chr(code) not in {"|", "?", *dict(_UNCOVERED)}
)
"""All other ASCII that prints. `bytes.translate` leaves it out of a page in a fraction of the time
in which a pattern reads it, and leaves little of most pages."""
_COLON = regex(r":(?:(?<=[\n> ]:) |:|//|(?:[a-z][\w+-]*|[+-]1):)")
"""Colons that may be such markup, or part of an address."""
_UNCOVERED_WITH_COLON = regex(
    r":::|(?m:^\W{0,9}[A-Za-z][\w -]*[*_]*::[ \t])|[\[(][A-Za-z][\w -]*::[ \t]"
    r"|:(?:[a-z][\w+-]*|[+-]1):|(?m:^[ >]*: )"
)
_LINKED_ADDRESS = regex(r"(?<![\\!])\[[^\[\]\n]*+\]\([A-Za-z]++://[^\s()<>]*+\)")
_REGULAR_TABLE = regex(
    r"(?<![^\n]\n)(?<![^\n])(?:(?:\|(?:[^|\\`\n]|\\(?!\|))++)+\|\n)"  # the header
    r"(?:\| *+:?-++:? *+)+\|(?:\n|\Z)"  # the delimiter row
    r"(?:(?:\|(?:[^|\\`\n]|\\(?!\|))++)+\|(?:\n|\Z))*+(?=\n|\Z)"
)
"""A table between blank lines whose rows begin and end with a bar, without code in it."""
_OPERATOR = regex(r"\*(?<=[\w)]\*)(?:\*?\d|(?<=\d\*)\*?[\w(+−-])")
"""Asterisks that may be part of a number or a name; the pattern begins with one, because a literal
is found faster. See `operators`."""
_LAZY_MARK = regex(
    rb"\n {4,}+(?:[#>=`-]|[+*](?: |$)|\d{1,9}[.)](?: |$)|[*_](?: *[*_]){2})", re.MULTILINE
)
"""A line of a paragraph, deeply indented, that looks like the start of a block. In a list, the
reference engine takes some of them for one, against the specification."""

Event: TypeAlias = Any
"""A word (`SoftBreak`), or a mapping of one key: `{"Text": …}`, `{"Start": …}`, `{"End": …}`."""
Span: TypeAlias = dict[str, int]
"""`start` and `end` of an event, in bytes of UTF-8."""
_LAST: tuple[Event, Span] = ({"End": "Document"}, {"start": 0, "end": 0})


class _NotCovered(Exception):
    """Only the reference engine reads this text."""


def read(text: str, first_line: int, link: Callable[[str], str]) -> MarkdownDocument | None:
    """The blocks of a prepared text; None where the reference engine has to read it."""
    source = text.encode("utf-8", "surrogatepass")
    if not _is_covered(text, source):
        return None
    try:
        reader = _EventReader(text, source, first_line, link)
        return MarkdownDocument(reader.blocks(), (), reader.has_typed_marks)
    except _NotCovered:
        return None
    except BaseException as fault:
        # A panic in Rust is not an Exception. It must cost the time of one text, not the build.
        if type(fault).__name__ != "PanicException":
            raise
        return None


def _is_covered(text: str, source: bytes) -> bool:
    """Whether the characters alone do not send a text to the reference engine. `source` is the text
    in UTF-8."""
    unusual = source.translate(None, _USUAL).decode("utf-8", "surrogatepass")
    return (
        # Not tabs, control characters, spaces other than U+0020 (the engines strip different ones),
        # lone surrogates, and characters that a table of Unicode may not know yet.
        unusual.isprintable()
        and not any(
            character in unusual and pattern.search(text) for character, pattern in _UNCOVERED
        )
        and "www." not in text
        and ("???" not in unusual or "???" not in text)
        and (_COLON.search(text) is None or _has_covered_colons(text))
        and ("*" not in text or _OPERATOR.search(text) is None)
        and not text.startswith(": ")
        and not _ends_in_blank_line(text)
        and ("|" not in unusual or "|" not in _REGULAR_TABLE.sub(_irregular, text))
    )


def _has_covered_colons(text: str) -> bool:
    """Whether the colons of a text are neither markup beyond CommonMark nor part of an address that
    is not the target of a link."""
    addresses = text.count("://")
    return _UNCOVERED_WITH_COLON.search(text) is None and (
        not addresses or addresses == len(_LINKED_ADDRESS.findall(text))
    )


def _ends_in_blank_line(text: str) -> bool:
    """Whether the last line has spaces only and no end. One engine counts it to the list above."""
    return text.endswith(" ") and text[text.rfind("\n") + 1 :].isspace()


def _irregular(table: re.Match[str]) -> str:
    """Nothing of a table whose rows have the same number of cells, all of a table where not."""
    rows = table.group().replace("\\|", "").splitlines()
    return "" if len({row.count("|") for row in rows}) == 1 else table.group()


class _EventReader:
    """Turns the events of one text into blocks, once."""

    def __init__(
        self, text: str, source: bytes, first_line: int, link: Callable[[str], str]
    ) -> None:
        """`source` is the text in UTF-8, in which places are counted."""
        self.source = source
        self.line_starts = list(accumulate(map(len, source.splitlines(True)), initial=0))
        self.has_tags = b"<" in source and (b"<su" in source or b"</su" in source)
        self.needs_escape = b"&" in source or b"<" in source or b">" in source
        self.lines_before = first_line - 1
        self.link = link
        self.events: Iterator[tuple[Event, Span]] = cast(
            Any, _MARKDOWN.events_with_range(text, merge_text=True)
        )
        self.depth = 0
        self.has_typed_marks = False
        """Whether an asterisk or underscore has been read as text or in code."""

    def blocks(self) -> tuple[Block, ...]:
        """The blocks up to the end of the container they are in."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _NotCovered
        events = self.events
        blocks: list[Block] = []
        event, span = next(events, _LAST)
        while "End" not in event:
            start = event["Start"] if "Start" in event else event  # noqa: SIM401  it may be a word
            read_block = _BLOCKS.get(start if start.__class__ is str else next(iter(start)))
            if read_block is None:
                block, event, span = self._tight_paragraph(event, span)
            else:
                block = read_block(self, start, span)
                event, span = next(events, _LAST)
            blocks.append(block)
        self.depth -= 1
        return tuple(blocks)

    def read_paragraph(self, _: Event, span: Span) -> Block:
        first, last = self._lines(span)
        return Block("paragraph", first, last, 0, self._runs(span, last > first))

    def read_heading(self, start: Event, span: Span) -> Block:
        first, last = self._lines(span)
        level = int(start["Heading"]["level"][1])
        return Block("heading", first, last, level, self._runs(span, last > first))

    def read_list(self, start: Event, span: Span) -> Block:
        first, last = self._lines(span)
        number = start["List"]
        self.depth += 1  # which is checked for each item; a list has nothing else
        items: list[Block] = []
        for event, inner in self.events:
            if "End" in event:
                break
            items.append(self._item(inner))
        self.depth -= 1
        level = -1 if number is None else number
        return Block("list", first, last, level, (), tuple(items))

    def _item(self, span: Span) -> Block:
        """An item of a list. The engines disagree on where an item ends that starts empty."""
        first, last = self._lines(span)
        children = self.blocks()
        if not children or children[0].line != first:
            raise _NotCovered
        return Block("item", first, last, 0, (), children)

    def read_rule(self, _: Event, span: Span) -> Block:
        return rule_block(*self._lines(span))

    def read_table(self, _: Event, span: Span) -> Block:
        rows: list[list[tuple[Run, ...]]] = []
        for event, inner in self.events:
            if "End" in event:
                if event["End"] == "Table":
                    break
            elif event["Start"] == "TableCell":
                rows[-1].append(self._runs(inner, False))
            else:
                rows.append([])
        return table_block(rows, *self._lines(span))

    def _lines(self, span: Span) -> tuple[int, int]:
        """The first and last line of a block. The span of a list may end behind the indentation of
        the next block, whose line is not the list's."""
        starts, end = self.line_starts, span["end"]
        first = last = bisect_right(starts, span["start"])
        if end > starts[first]:  # most blocks are one line
            last = bisect_left(starts, end)
            if starts[last] != end and not self.source[starts[last - 1] : end].strip(b" "):
                last -= 1
        return first + self.lines_before, last + self.lines_before

    def _tight_paragraph(self, event: Event, span: Span) -> tuple[Block, Event, Span]:
        """A paragraph of a tight list, which has no start and end of its own, and the event after
        it."""
        start = span["start"]
        runs: list[Run] = []
        event, span, end = self._read_runs(runs, chain(((event, span),), self.events))
        if self.has_tags:
            runs = _with_sub_and_sup(runs)
        if not runs:  # neither a block that is read here nor inline text
            raise _NotCovered
        starts = self.line_starts
        first = bisect_right(starts, start)
        last = bisect_left(starts, end) if end > starts[first] else first
        self._check_paragraph(start, end, last > first)
        before = self.lines_before
        return Block("paragraph", first + before, last + before, 1, tuple(runs)), event, span

    def _runs(self, span: Span, several_lines: bool) -> tuple[Run, ...]:
        """The runs up to the end of the paragraph, heading or cell they are in."""
        runs: list[Run] = []
        if "End" not in self._read_runs(runs, self.events)[0]:
            raise _NotCovered
        self._check_paragraph(span["start"], span["end"], several_lines)
        return tuple(_with_sub_and_sup(runs) if self.has_tags else runs)

    def _check_paragraph(self, start: int, end: int, several_lines: bool) -> None:
        if end - start > MAX_MARKS or (
            several_lines and self.depth > 1 and _LAZY_MARK.search(self.source, start, end)
        ):
            raise _NotCovered

    def _read_runs(
        self, runs: list[Run], events: Iterable[tuple[Event, Span]]
    ) -> tuple[Event, Span, int]:
        """Append runs up to the first event that is not inline text. It is returned with its span,
        and where the inline text before it ended."""
        outer: list[tuple[list[Run], Event]] = []
        inline, needs_escape = _LAST[1], self.needs_escape
        for event, span in events:
            if "Text" in event:
                text = event["Text"]
                if "*" in text or "_" in text:
                    self.has_typed_marks = True
                # `text_run`, with fewer calls
                runs.append(Run("text", text, escape(text) if needs_escape else text))
            elif "Start" in event:
                start = event["Start"]
                if start != "Strong" and start != "Emphasis" and "Link" not in start:
                    return event, span, inline["end"]
                if len(outer) > MAX_DEPTH:
                    raise _NotCovered
                outer.append((runs, start))
                runs = []
            elif "End" in event:
                if not outer:
                    return event, span, inline["end"]
                inner = runs
                runs, start = outer.pop()
                runs.append(self._nested(start, inner, inline["end"]))
            elif event == "SoftBreak" or event == "HardBreak":
                runs.append(LINE_BREAK if event == "SoftBreak" else HARD_BREAK)
            elif "Code" in event:
                runs.append(self._code(event["Code"], span))
            elif "InlineHtml" in event:
                runs.append(Run("raw", "", event["InlineHtml"]))
            else:
                return event, span, inline["end"]
            inline = span
        return *_LAST, inline["end"]

    def _nested(self, start: Event, inner: list[Run], end: int) -> Run:
        """Emphasis or a link around some runs that end at a byte of the source."""
        if self.has_tags:
            inner = _with_sub_and_sup(inner)
        if len(inner) == 1:
            text, html = inner[0].text, inner[0].html
        else:
            text, html = inline_text(inner), inline_html(inner)
        if start == "Strong":
            return Run("strong", text, f"<strong>{html}</strong>")
        if start == "Emphasis":
            return Run("em", text, f"<em>{html}</em>")
        if self.source[end - 1] in b"*_":
            raise _NotCovered  # `[**a**](b)`: one engine takes the bracket for a space
        link = start["Link"]
        address = _normalise_address(link["dest_url"])
        if link["link_type"] != "Inline" or not safe_url(address):
            raise _NotCovered
        return link_run(self.link(address), text, html)

    def _code(self, code: str, span: Span) -> Run:
        """A code span. What is left of the indentation of its second line differs in lists."""
        if self.source.find(b"\n", span["start"], span["end"]) >= 0:
            raise _NotCovered
        self.has_typed_marks = self.has_typed_marks or "*" in code or "_" in code
        return code_run(code)


@lru_cache(maxsize=4_096)  # pages link to the same places
def _normalise_address(url: str) -> str:
    """An address with what must be encoded in one encoded."""
    from markdown_it.common.normalize_url import normalizeLink  # imports the other engine

    return normalizeLink(url)


def _with_sub_and_sup(runs: list[Run]) -> list[Run]:
    """The runs of one level of nesting, with all from the first tag to the last one in a single
    run. A tag inside emphasis is on a deeper level, but counts as the last one here too."""
    tags = [at for at, run in enumerate(runs) if run.kind == "raw" and not run.text]
    if not tags:
        return runs
    if not balanced([runs[at].html for at in tags]):
        raise _NotCovered
    first = tags[0]
    last = max(at for at, run in enumerate(runs) if "<su" in run.html)
    last = max(last, tags[-1])
    raw = runs[first : last + 1]
    return [
        *runs[:first],
        Run("raw", inline_text(raw), inline_html(raw)),
        *runs[last + 1 :],
    ]


_BLOCKS: dict[str, Callable[[_EventReader, Event, Span], Block]] = {
    "Paragraph": _EventReader.read_paragraph,
    "Heading": _EventReader.read_heading,
    "List": _EventReader.read_list,
    "Rule": _EventReader.read_rule,
    "Table": _EventReader.read_table,
}
"""How each block is read, by the name its event starts with. Any other event is inline text, or not
covered."""
