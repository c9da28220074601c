"""template-leak (E219)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...loader.shortcodes import find_tags
from ...model.finding import Problem
from ...regex import regex
from .. import rule

_CODE = regex(
    r"\{\{[^{}\n]{0,120}\}\}|\{\{<|\{%[^%\n]{0,120}%\}|\$\{[\w.\[\]() ]{1,60}\}"
    r"|<%[^%\n]{0,120}%>|%\([a-z_]\w{0,30}\)s"
)
_PERCENT_CODE = regex(r"%(?:\(|(?<=<%))")
_SHORTCODE = regex(
    r"\[(?:gallery|caption|shortcode|embed)(?: [^\]\n]{0,120})?\](?!\()|\[object Object\]"
)
_NOTHING = r"(?:undefined|NaN|null|nan)"
_NO_VALUE = regex(
    rf"(?:(?<=:\*\* )|(?<=: )|(?<=^)){_NOTHING}[ \t.]*$"
    rf"|\b(?:{_NOTHING}|None) ?(?:mg|mcg|µg|ml|mL|IU|tablets?|times|hours|days)\b",
    re.MULTILINE,
)
_SPREADSHEET_ERROR = regex(r"#(?:REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)")
_SHORTCODE_TRIGGERS = frozenset({"gallery", "caption", "shortcode", "embed", "object"})
_ERROR_TRIGGERS = frozenset({"ref", "value", "name", "div", "null", "num"})
_NO_VALUE_TRIGGERS = frozenset({"undefined", "nan", "null"})
_TITLE = regex(rf"\s*(?:{_NOTHING}|None|\[object Object\])\s*")


@rule("E219", "template-leak")
def template_leak(page: Draft) -> Iterator[Problem]:
    """The text contains template or program code instead of a value: `{{ title }}`, `${dose}`,
    `undefined`, `NaN mg`. Each place is reported.

    Why it matters: the value is missing, and it may be the dose.

    Wrong: `Take {{ dose }} once a day.`

    Right: `Take 5 mg once a day.`

    How to fix: write the value that belongs there, and check whether the program that made the page
    lost others.
    """
    if page.kind == "page":
        return
    matches = [match for pattern in _patterns(page) for match in pattern.finditer(page.prose)]
    tags = find_tags(page.source.text, page.body_start) if matches else ()
    known = {tag.start for tag in tags if not tag.is_value}  # see unknown-shortcode
    for match in matches:
        if match.start() not in known:
            message = f"Template code instead of a value: {match.group().strip()!r}."
            yield page.match(match, f"{message}\nWrite what belongs there.")
    title = page.fields.title
    has_code = ("{" in title or "%" in title) and _CODE.search(title[:300])
    if has_code or _TITLE.fullmatch(title):
        message = f"Template code instead of a title: {title!r}."
        yield page.in_front(f"{message}\nWrite the medicine's name.", "title")


def _patterns(page: Draft) -> Iterator[re.Pattern[str]]:
    """The patterns for which the page has a word or character."""
    text, words = page.prose, page.words
    if "{" in text or ("%" in text and _PERCENT_CODE.search(text)):
        yield _CODE
    if "[" in text and not words.isdisjoint(_SHORTCODE_TRIGGERS):
        yield _SHORTCODE
    if not words.isdisjoint(_NO_VALUE_TRIGGERS) or ("none" in words and "None mg" in text):
        yield _NO_VALUE
    if not words.isdisjoint(_ERROR_TRIGGERS) and ("!" in text or "NAME?" in text):
        yield _SPREADSHEET_ERROR
