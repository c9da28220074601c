"""Template code in content, as Hugo, Zola, Jekyll, Quarto and MkDocs write it.

`{{< dose adult="5 mg" >}}`, `{{% note %}} … {{% /note %}}`, `{{ dose(adult="5 mg") }}`,
`{% include dose.html %}` and `--8<-- "file"`: the site says what each name becomes, and of a name
that nothing is known of nothing is shown. What a pair of tags holds always stays.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import quote

from ..config import Shortcode
from ..markdown.repairs import CODE_IN_LINE
from ..regex import regex
from .usual_shortcodes import Shown, usual

_TAG = regex(
    r"(?P<code>^[ \t>]*+(?P<fence>`{3,}+|~{3,}+)[^\n]*\n.*?(?:^[ \t>]*+(?P=fence)|\Z)"
    rf"|{CODE_IN_LINE})"
    r"|\{\{[<%]\s*+(?P<hugo_end>/?)\s*+(?P<hugo>[\w/.-]++)(?P<hugo_args>(?:\s*+[^{}\s])*?)\s*+/?[>%]\}\}"
    r"|\{\{-?\s*(?P<zola>\w+)\((?P<zola_args>(?:[^{}()\"']|\"[^\"]{0,2000}+\"|'[^'\n]*+'|\{[^{}]*+\}|\([^(){}]*+\))*+)\)\s*-?\}\}"
    r"|\{%-?\s*raw\s*-?%\}(?P<raw>(?:[^{]|\{(?!%-?\s*+(?:end)?raw\b))*+)\{%-?\s*endraw\s*-?%\}"
    r"|\{%-?\s*+(?P<liquid_end>end)?(?P<liquid>\w*+(?:-\w++)*+)(?P<liquid_args>(?:\s*+[^{}\s])*?)\s*+-?%\}"
    r"|\{\{-?\s*+(?:site\.(?:baseurl|url)|(?P<quote>['\"])(?P<address>[^'\"{}\n]*)(?P=quote)\s*+"
    r"\|(?=[^{}\n]*(?:relative_url|absolute_url|site\.baseurl))[^{}\n]*+)\s*+-?\}\}"
    r"|\{\{-?\s*+(?P<literal>(?:\"[^\"{}\n]*\"|'[^'{}\n]*'|\d[\d.]*+)(?=\s*+\|\s*+[a-z]))\s*+\|[^{}\n]*+\}\}"
    r"|\{\{-?\s*+(?P<value>[.$][A-Za-z_][\w.]*+|[A-Za-z_]\w*+(?:[.\[][\w.\[\]]++|(?=\s*+\|)))(?:\s*+\|[^{}\n]*+)?\s*+-?\}\}"
    r"|\{\{-?\s*+(?P<variable>[A-Za-z_]\w*+)\s*+-?\}\}"
    r"|^[ \t]*+-{1,9}+(?P<snippet>8<)-{1,9}+[ \t]+(?P<snippet_args>\"[^\"\n]*\"|'[^'\n]*')[ \t]*$"
    r"|^[ \t]*+-{1,9}+(?P<snippets>8<)-{1,9}+[ \t]*\n(?P<snippets_args>(?:[^\n]*\n){1,20}?)"
    r"[ \t]*-{1,9}+8<-{1,9}+[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
_BINDING = regex(
    r"\{%-?\s*+(?:set|assign|for|capture)\s++(\w++)(?:\s*+=\s*+(?:\"([^\"\n{}]*+)\"|'([^'\n{}]*+)')(?=\s*+-?%\}))?"
)
"""What gives a variable its value, with the value where that is a text."""
_ARGUMENT = regex(r"(?:(\w+)\s*[=:]\s*)?(\"[^\"]*\"|'[^']*'|[^\s,=()]+)")
SNIPPET = "--8<--"
"""The name of a snippet of MkDocs."""
_LINKS = {"ref": "", "relref": "", "link": "/", "post_url": "/_posts/"}
"""Shortcodes that every site of Hugo or Jekyll has: the address of a content file, and what leads to
it."""
MAX_HTML_BLOCK = 5_000
"""Characters before a callout in which the start of a block of HTML is looked for."""
MAX_INDENT = 80
"""Blanks before a tag of HTML."""
_FIELD = regex(r"\{(\w+)\}")
_CONTENT = "{content}"


class Tag(NamedTuple):
    """A shortcode's tag in a text."""

    name: str
    arguments: dict[str, str]
    """By name, or by position from `0`."""
    is_end: bool
    start: int
    end: int
    can_open: bool = True
    """Whether the end of a pair may follow."""
    address: str | None = None
    """What stands in its place where site.yaml does not say: an address."""
    is_value: bool = False
    """Whether it is a value of a template: `{{ post.title | upcase }}`. `{{ title }}` may be text."""


def find_tags(text: str, start: int = 0) -> Iterator[Tag]:
    """The tags of a text from an offset on, outside code. The end of a pair in Zola's manner
    (`{% end %}`) has no name."""
    if not may_have_tags(text):
        return
    variables = dict(_variables(text)) if "{%" in text else {}
    for match in _TAG.finditer(text, start):
        if match["code"]:
            continue
        styles = ("hugo", "zola", "snippet", "snippets", "liquid")
        style = next((name for name in styles if match[name] is not None), "")
        if not style:
            yield from _output(match, variables)
            continue
        is_end = bool(match.groupdict().get(f"{style}_end"))
        arguments: dict[str, str] = {}
        for at, (name, value) in enumerate(_ARGUMENT.findall(match[f"{style}_args"])):
            arguments[name or str(at)] = value.strip("\"'")
        name, address = match[style], None
        if style.startswith("snippet"):
            name = SNIPPET
            if style == "snippets":
                lines = match["snippets_args"].split("\n")
                arguments = {"0": next((line.strip() for line in lines if line.strip()), "")}
        if name in _LINKS and arguments and style != "zola":
            words = match[f"{style}_args"].strip().strip("\"'")
            address = _LINKS[name] + quote(words, safe="/#")
        can_open = style != "zola"
        yield Tag(name, arguments, is_end, match.start(), match.end(), can_open, address)


def _output(match: re.Match[str], variables: Mapping[str, str]) -> Iterator[Tag]:
    """The tags of what only puts out a text: a variable, a value, an address, and text that is shown
    as it is."""
    start, end = match.span()
    if name := match["variable"]:
        if name in variables:  # another one may be text: `{{ name }}`
            value = variables[name]
            yield Tag(name, {}, False, start, end, False, value or None, is_value=not value)
    elif match["raw"] is not None:
        yield Tag("", {}, False, start, match.start("raw"), False, "")
        yield Tag("", {}, False, match.end("raw"), end, False, "")
    elif value := match["value"] or match["literal"]:
        yield Tag(value, {}, False, start, end, False, is_value=True)
    else:  # `{{ site.baseurl }}`, `{{ "/a/" | relative_url }}`
        yield Tag("", {}, False, start, end, False, match["address"] or "")


def _variables(text: str) -> Iterator[tuple[str, str]]:
    """The variables that the template code of a text sets, each with its value where that is a
    text."""
    for match in _BINDING.finditer(text):
        yield match[1], match[2] or match[3] or ""


def may_have_tags(text: str) -> bool:
    """Whether a text has the characters of a tag. A single character is found ten times as fast as
    two."""
    return ("{" in text and ("{{" in text or "{%" in text)) or ("<" in text and "-8<-" in text)


def expand_shortcodes(text: str, shortcodes: Mapping[str, Shortcode]) -> str:
    """A text with its shortcodes replaced; its lines stay where they are."""
    tags = list(find_tags(text))
    if not tags:
        return text
    pieces, at = [], 0
    open_pairs: list[Shortcode | Shown | None] = []
    for tag, has_end in zip(tags, _paired(tags), strict=True):
        opening = open_pairs.pop() if tag.is_end and open_pairs else None
        shortcode = opening if tag.is_end else shortcodes.get(tag.name)
        if shortcode is None and not tag.is_end and tag.address is None:
            is_alone = _has_own_line(text, tag) and not _is_in_html(text, tag.start)
            shortcode = usual(tag.name, tag.arguments, is_pair=has_end, is_alone=is_alone)
        if has_end:
            if (
                isinstance(shortcode, Shortcode)
                and shortcode.becomes == "callout"
                and _is_in_html(text, tag.start)
            ):
                label = tag.arguments.get("title") or shortcode.kind.capitalize()
                shortcode = Shortcode(template=f"**{label}:** {_CONTENT}")
            open_pairs.append(shortcode)
        shown = _shown(tag, shortcode, has_end)
        lost_lines = text.count("\n", tag.start, tag.end) - shown.count("\n")
        pieces += [text[at : tag.start], shown, "\n" * max(lost_lines, 0)]
        at = tag.end
    return "".join((*pieces, text[at:]))


def _is_in_html(text: str, offset: int) -> bool:
    """Whether a place is in a line of HTML or below one, where Markdown begins only after a blank
    line."""
    first = max(0, offset - MAX_HTML_BLOCK)
    blank_line = text.rfind("\n\n", first, offset)
    start = blank_line + 2 if blank_line >= 0 else first
    return text[start : start + MAX_INDENT + 1].lstrip().startswith("<")


class WithAddresses(NamedTuple):
    """A text in which addresses stand in place of the tags that make them."""

    text: str
    changes: tuple[tuple[int, int], ...]
    """Where the text of a tag's address ends: in this text, and in the one before; rising."""

    def offset(self, offset: int) -> int:
        """The offset in the text before of an offset in this one."""
        number = bisect_right(self.changes, offset, key=lambda change: change[0])
        if not number:
            return offset
        here, before = self.changes[number - 1]
        return before + offset - here


def fill_addresses(text: str, start: int, shortcodes: Mapping[str, Shortcode]) -> WithAddresses:
    """A text with the addresses that its template code makes (`{% link a.md %}`), from an offset
    on."""
    pieces, changes, at, length = [], [], 0, 0
    for tag in find_tags(text, start):
        if tag.address is not None and tag.name not in shortcodes:
            pieces += [text[at : tag.start], tag.address]
            length += tag.start - at + len(tag.address)
            at = tag.end
            changes.append((length, at))
    return WithAddresses("".join((*pieces, text[at:])), tuple(changes))


def _paired(tags: list[Tag]) -> list[bool]:
    """Whether each tag opens a pair."""
    paired = [False] * len(tags)
    open_tags: list[int] = []
    for at, tag in enumerate(tags):
        if not tag.is_end and not tag.can_open:
            continue
        if not tag.is_end:
            open_tags.append(at)
            continue
        for place in reversed(range(len(open_tags))):
            opening = open_tags[place]
            if not tag.name or tags[opening].name == tag.name:
                paired[opening] = True
                del open_tags[place:]
                break
    return paired


def _has_own_line(text: str, tag: Tag) -> bool:
    """Whether there is nothing else on the lines of a tag."""
    before = text[text.rfind("\n", 0, tag.start) + 1 : tag.start]
    end = text.find("\n", tag.end)
    after = text[tag.end : end if end >= 0 else len(text)]
    return not before.strip(" \t>") and not after.strip()


def _shown(tag: Tag, shortcode: Shortcode | Shown | None, has_end: bool) -> str:
    """What is shown in place of a tag."""
    if isinstance(shortcode, Shown):
        return shortcode.closing if tag.is_end else shortcode.opening
    if shortcode is None and tag.address is not None:
        return tag.address
    if shortcode is None or shortcode.becomes == "nothing":
        return ""
    if shortcode.becomes == "callout" and (has_end or tag.is_end):
        title = tag.arguments.get("title", "")
        opening = f":::{shortcode.kind}" + (f"[{title}]" if title else "")
        return ":::" if tag.is_end else opening
    before, _, after = shortcode.template.partition(_CONTENT)
    template = after if tag.is_end else before if has_end else shortcode.template
    return _FIELD.sub(lambda field: tag.arguments.get(field[1], ""), template).replace("\n", " ")
