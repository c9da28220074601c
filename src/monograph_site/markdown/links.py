"""Links as a source writes them: where each stands, what it says and where it leads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

from ..regex import regex
from .html import strip_tags
from .repairs import CODE_IN_LINE, PICTURE_SIZE, SPACED_TARGET

_INLINE = regex(
    r"(?<!\\)(!?)\[((?:[^\[\]\n]|\[[^\[\]\n]*+\])*+)\]\([ \t]*+"
    rf"(<[^<>\n]*+>|{SPACED_TARGET.pattern}|(?:[^\s()<>]|\([^\s()<>]*+\))*+)"
    rf"(?:\s++(?:\"[^\"\n]*+\"|'[^'\n]*+'|\([^()\n]*+\))|{PICTURE_SIZE})?[ \t]*+\)"
)
_BY_KEY = regex(r"(?<![\\\]!])\[((?:[^\[\]\n]|\[[^\[\]\n]*+\])++)\]\[([^\[\]\n]{0,200})\]")
_DEFINITION = regex(r"^ {0,3}\[(?!\^)([^\[\]\n]{1,200})\]:[ \t]*+(<[^<>\n]*+>|\S++)", re.MULTILINE)
_RAW = regex(
    r"<a\s[^<>]{0,300}?\bhref\s*=\s*[\"']?([^\s\"'<>]++)[^<>]*+>(?:((?:[^<\n]|<(?!/a>)){0,300}+)</a>)?",
    re.IGNORECASE,
)
_RAW_PICTURE = regex(
    r"<img\s(?:[^<>]{0,300}?\s)?src\s*=\s*[\"']?([^\s\"'<>]++)[^<>]*+>", re.IGNORECASE
)
_ALT = regex(r"\balt\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
PAGE_SCHEME = "page:"
"""Scheme of a link to a page by its name. Authors cannot write it: see `html.safe_url`."""
WIKILINK = regex(
    r"(?P<embed>!?)\[\[(?!\d+\]\])(?P<name>(?:[^\[\]|#\n\\]|\\(?!\|))*+)"
    r"(?:#(?P<heading>(?:[^\[\]|\n\\]|\\(?!\|))*+))?(?:\\?\|(?P<words>[^\[\]\n]*))?\]\](?![(\[])"
)
"""`[[Name#Heading|words]]`, in a table also `[[Name\\|words]]`. `[[1]]` is a citation, and `[[a]](b)`
a link of its own."""
_PICTURE = regex(r"\.(?:png|jpe?g|gif|webp|avif|svg)$", re.IGNORECASE)
_FENCE = regex(r"^[ \t>]*+(`{3,}+|~{3,}+)([^\n]*)$", re.MULTILINE)
_CODE_IN_LINE = regex(CODE_IN_LINE)
_AUTO = regex(r"<(https?://[^\s<>]++)>")


class Hyperlink(NamedTuple):
    """A link or picture. Offsets count in the whole source."""

    text: str
    """As typed, with its markup."""
    target: str
    """As typed, without angle brackets; '' where there is none."""
    start: int
    """Of the whole link."""
    end: int
    place: int
    """Of the target."""
    kind: str
    """`link`, `image`, `definition` (then `text` is its key), `key` (then `target` is it), `html`,
    `html-image` (then `text` is its alternative text), `address`, or `wiki` (then `target` is a
    name, as in `[[name]]`)."""


def page_address(name: str, heading: str) -> str:
    """The address of a wikilink until the pages of the site are known."""
    return f"{PAGE_SCHEME}{quote(name)}#{quote(heading)}"


def is_embedded_picture(wikilink: re.Match[str]) -> bool:
    """Whether a wikilink shows a picture file: `![[pill.png]]`."""
    return bool(wikilink["embed"]) and _PICTURE.search(wikilink["name"].strip()) is not None


def hyperlinks(text: str, prose: str, start: int) -> tuple[Hyperlink, ...]:
    """All links from an offset on, in their order. What stands in code or comments is none: `prose`
    is blank there."""
    typed = text
    # A single character is found ten times as fast as several.
    if "`" in text or ("~" in text and "~~~" in text):
        text = _without_code(text)
    body = text[start:]
    has_brackets = "]" in body and any(mark in body for mark in ("](", "][", "]:", "[["))
    has_tags = "<" in body and any(mark in body for mark in ("<a", "<img", "<http"))
    if not (has_brackets or has_tags):
        return ()
    found = [
        one
        for one in _all(text, typed, start)
        if one.kind in ("definition", "html", "html-image", "address") or prose[one.start] != " "
    ]
    return tuple(sorted(found, key=lambda one: one.start))


def _without_code(text: str) -> str:
    """The text with spaces for code that is certain: blocks that are closed, and code within a
    line."""
    pieces: list[str] = []
    at = 0
    for start, end in _closed_blocks(text):
        pieces += (text[at:start], " " * (end - start))
        at = end
    pieces.append(text[at:])
    return _CODE_IN_LINE.sub(lambda code: " " * len(code[0]), "".join(pieces))


def _closed_blocks(text: str) -> Iterator[tuple[int, int]]:
    """Where each fenced block of code begins and ends."""
    fences = list(_FENCE.finditer(text))
    unclosed: dict[str, int] = {}  # the shortest mark of a kind that is not closed: no search twice
    at = 0
    while at < len(fences):
        opener, mark = fences[at], fences[at][1]
        at += 1
        if len(mark) >= unclosed.get(mark[0], len(mark) + 1):
            continue
        for index in range(at, len(fences)):
            if fences[index][1].startswith(mark) and not fences[index][2].strip(" \t`~"):
                yield opener.start(), fences[index].end()
                at = index + 1
                break
        else:
            unclosed[mark[0]] = len(mark)


def _visible_words(html: str) -> str:
    """The text in HTML, with the alternative texts of its pictures."""
    pictures = (alt[1] or alt[2] or "" for alt in _ALT.finditer(html))
    return " ".join((strip_tags(html), *pictures)).strip()


def _all(text: str, typed: str, start: int) -> Iterator[Hyperlink]:
    """The links in a text whose code is blank; their words are those that are `typed`."""
    for match in _INLINE.finditer(text, start):
        kind = "image" if match[1] else "link"
        yield Hyperlink(
            typed[slice(*match.span(2))],
            match[3].strip("<>"),
            match.start(),
            match.end(),
            match.start(3),
            kind,
        )
    for match in _BY_KEY.finditer(text, start):
        yield Hyperlink(
            typed[slice(*match.span(1))],
            typed[slice(*match.span(2 if match[2] else 1))],
            match.start(),
            match.end(),
            match.start(2),
            "key",
        )
    for match in _DEFINITION.finditer(text, start):
        yield Hyperlink(
            typed[slice(*match.span(1))],
            match[2].strip("<>"),
            match.start(1) - 1,
            match.end(),
            match.start(2),
            "definition",
        )
    for match in _RAW.finditer(text, start):
        words = match[1] if match[2] is None else _visible_words(typed[slice(*match.span(2))])
        yield Hyperlink(words, match[1], match.start(), match.end(), match.start(1), "html")
    for match in _RAW_PICTURE.finditer(text, start):
        alt = _ALT.search(match[0])
        words = (alt[1] or alt[2] or "") if alt else ""
        yield Hyperlink(words, match[1], match.start(), match.end(), match.start(1), "html-image")
    for match in WIKILINK.finditer(text, start) if "[[" in text else ():
        heading = f"#{match['heading']}" if match["heading"] else ""
        target = f"{match['name']}{heading}".strip()
        kind = "image" if is_embedded_picture(match) else "wiki"
        words, place = match["words"] or target, match.start("name")
        yield Hyperlink(words, target, match.start(), match.end(), place, kind)
    for match in _AUTO.finditer(text, start):
        yield Hyperlink("", match[1], match.start(), match.end(), match.start(1), "address")
