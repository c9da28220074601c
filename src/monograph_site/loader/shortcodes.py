"""Template code in content, as Hugo, Zola, Jekyll, Quarto and MkDocs write it.

`{{< dose adult="5 mg" >}}`, `{{% note %}} … {{% /note %}}`, `{{ dose(adult="5 mg") }}`,
`{% include dose.html %}` and `--8<-- "file"`: the site says what each name becomes, and of a name
that it does not know nothing is shown. What a pair of tags holds always stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..config import Shortcode

_TAG = re.compile(
    r"(?P<code>^(?P<fence>`{3,}+|~{3,}+)[^\n]*\n.*?(?:^(?P=fence)|\Z)|(?<!`)`[^`\n]+`)"
    r"|\{\{[<%]\s*+(?P<hugo_end>/?)\s*+(?P<hugo>[\w/.-]++)(?P<hugo_args>(?:\s*+[^{}\s])*?)\s*+/?[>%]\}\}"
    r"|\{\{-?\s*(?P<zola>\w+)\((?P<zola_args>[^{}()]*)\)\s*-?\}\}"
    r"|\{%-?\s*+(?P<liquid_end>end)?(?P<liquid>\w*+)(?P<liquid_args>(?:\s*+[^{}\s])*?)\s*+-?%\}"
    r"|^(?P<snippet>--8<--)[ \t]+(?P<snippet_args>\"[^\"\n]*\")[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
_ARGUMENT = re.compile(r"(?:(\w+)\s*[=:]\s*)?(\"[^\"]*\"|'[^']*'|[^\s,=()]+)")
_FIELD = re.compile(r"\{(\w+)\}")
_CONTENT = "{content}"


class Tag(NamedTuple):
    """A shortcode's tag in a text."""

    name: str
    arguments: dict[str, str]
    """By name, or by position from `0`."""
    is_end: bool
    start: int
    end: int


def find_tags(text: str, start: int = 0) -> Iterator[Tag]:
    """The tags of a text from an offset on, outside code. The end of a pair in Zola's manner
    (`{% end %}`) has no name."""
    if not may_have_tags(text):
        return
    for match in _TAG.finditer(text, start):
        if match["code"]:
            continue
        style = next(
            name for name in ("hugo", "zola", "snippet", "liquid") if match[name] is not None
        )
        is_end = bool(match.groupdict().get(f"{style}_end"))
        arguments: dict[str, str] = {}
        for at, (name, value) in enumerate(_ARGUMENT.findall(match[f"{style}_args"])):
            arguments[name or str(at)] = value.strip("\"'")
        yield Tag(match[style], arguments, is_end, match.start(), match.end())


def may_have_tags(text: str) -> bool:
    """Whether a text has the characters of a tag. A single character is found ten times as fast as
    two."""
    return ("{" in text and ("{{" in text or "{%" in text)) or ("<" in text and "--8<--" in text)


def expand_shortcodes(text: str, shortcodes: Mapping[str, Shortcode]) -> str:
    """A text with its shortcodes replaced; its lines stay where they are."""
    tags = list(find_tags(text))
    if not tags:
        return text
    pieces, at = [], 0
    open_names: list[str] = []
    for tag, has_end in zip(tags, _paired(tags), strict=True):
        name = (open_names.pop() if open_names else "") if tag.is_end else tag.name
        if has_end:
            open_names.append(tag.name)
        shown = _shown(tag, shortcodes.get(name), has_end)
        lost_lines = text.count("\n", tag.start, tag.end) - shown.count("\n")
        pieces += [text[at : tag.start], shown, "\n" * max(lost_lines, 0)]
        at = tag.end
    return "".join((*pieces, text[at:]))


def _paired(tags: list[Tag]) -> list[bool]:
    """Whether each tag opens a pair."""
    paired = [False] * len(tags)
    open_tags: list[int] = []
    for at, tag in enumerate(tags):
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


def _shown(tag: Tag, shortcode: Shortcode | None, has_end: bool) -> str:
    """What is shown in place of a tag."""
    if shortcode is None or shortcode.becomes == "nothing":
        return ""
    if shortcode.becomes == "callout" and (has_end or tag.is_end):
        title = tag.arguments.get("title", "")
        opening = f":::{shortcode.kind}" + (f"[{title}]" if title else "")
        return ":::" if tag.is_end else opening
    before, _, after = shortcode.template.partition(_CONTENT)
    template = after if tag.is_end else before if has_end else shortcode.template
    return _FIELD.sub(lambda field: tag.arguments.get(field[1], ""), template).replace("\n", " ")
