"""template-leak (E219)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule

_CODE = re.compile(
    r"\{\{[^{}\n]{0,120}\}\}|\{\{<|\{%[^%\n]{0,120}%\}|\$\{[\w.\[\]() ]{1,60}\}|<%[^%\n]{0,120}%>|%\([a-z_]\w{0,30}\)s"
)
_SHORTCODE = re.compile(
    r"\[(?:gallery|caption|shortcode|embed)(?: [^\]\n]{0,120})?\](?!\()|\[object Object\]"
)
_NOTHING = r"(?:undefined|NaN|null|nan)"
_VALUE = re.compile(
    rf"(?:(?<=:\*\* )|(?<=: )|(?<=^)){_NOTHING}[ \t.]*$"
    rf"|\b(?:{_NOTHING}|None) ?(?:mg|mcg|µg|ml|mL|IU|tablets?|times|hours|days)\b",
    re.MULTILINE,
)
_SHEET = re.compile(r"#(?:REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)")
_SHORTCODES = frozenset({"gallery", "caption", "shortcode", "embed", "object"})
_VALUES = frozenset({"undefined", "nan", "null"})
_TITLE = re.compile(rf"\s*(?:{_NOTHING}|None|\[object Object\])\s*|.*(?:{_CODE.pattern}).*")


@rule("E219", "template-leak")
def template_leak(page: Draft) -> Iterator[Problem]:
    """A piece of a template or program stands where a value should: `{{ title }}`, `${dose}`,
    `undefined`, `NaN mg`. Each place is reported.

    Why it matters: the value is missing, and it may be the dose.

    Wrong: `Take {{ dose }} once a day.`

    Right: `Take 5 mg once a day.`

    How to fix: write the value that belongs there, and look whether the program that made the page
    lost others.
    """
    if page.kind == "page":
        return
    for pattern in _patterns(page):
        for found in pattern.finditer(page.prose):
            text = f"{found.group().strip()!r} stands where a program was to put a value.\nWrite what belongs there."
            yield page.match(found, text)
    title = page.fields.title
    if _TITLE.fullmatch(title[:300]):
        yield page.in_front(
            f"The title is {title!r}: a value is missing.\nWrite the medicine's name.", "title"
        )


def _patterns(page: Draft) -> Iterator[re.Pattern[str]]:
    """The patterns that are worth looking for on this page."""
    text, words = page.prose, page.words
    if "{" in text or "%" in text:
        yield _CODE
    if "[" in text and not words.isdisjoint(_SHORTCODES):
        yield _SHORTCODE
    if not words.isdisjoint(_VALUES) or "None mg" in text:
        yield _VALUE
    if "!" in text or "NAME?" in text:
        yield _SHEET
