"""unclosed-html (W230)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...regex import regex
from .. import rule

_NAMES = "div|section|details|table|span|sub|sup|strong|em|b|i|u|ul|ol|blockquote|center"
_MAY_BE_TAG = regex(rf"</?(?:{_NAMES})\b", re.IGNORECASE)
_TAG = regex(rf"<(/?)({_NAMES})(?=[\s>])[^<>]{{0,200}}(?<!/)>", re.IGNORECASE)
_CODE = regex(r"^(```|~~~).*?^\1|`[^`\n]+`|<!--(?:(?!<!--).)*?-->", re.DOTALL | re.MULTILINE)


@rule("W230", "unclosed-html")
def unclosed_html(page: Draft) -> Iterator[Problem]:
    """An HTML element is opened and not closed, or closed and not opened. Each place is reported.

    Why it matters: what follows is small, raised or in a box, up to the end of the section.

    Wrong: `10<sup>6 cells`

    Right: `10<sup>6</sup> cells`

    How to fix: add the missing tag, or remove the other one.
    """
    text = page.source.text
    start = len(text) - len(page.front.body)
    if "<" not in page.front.body or not _MAY_BE_TAG.search(page.front.body):
        return
    body = _CODE.sub(lambda match: " " * len(match.group()), page.front.body)
    opened: list[re.Match[str]] = []
    wrong: list[re.Match[str]] = []
    for match in _TAG.finditer(body):
        if not match[1]:
            opened.append(match)
            continue
        names = [tag[2].lower() for tag in opened]
        if match[2].lower() not in names:
            wrong.append(match)
            continue
        while opened[-1][2].lower() != match[2].lower():
            wrong.append(opened.pop())
        opened.pop()
    for match in sorted([*opened, *wrong], key=lambda tag: tag.start()):
        message = f"{match.group()!r} is not {'opened' if match[1] else 'closed'}."
        hint = "Remove it." if match[1] else f"Add `</{match[2]}>` where the element ends."
        span = page.source.span(start + match.start())
        yield Problem(span, f"{message}\n{hint}", len(match.group()))
