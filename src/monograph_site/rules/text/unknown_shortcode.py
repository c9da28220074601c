"""unknown-shortcode (W233)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...loader.shortcodes import Tag, find_tags, may_have_tags
from ...model.finding import Problem
from .. import rule


@rule("W233", "unknown-shortcode")
def unknown_shortcode(page: Draft) -> Iterator[Problem]:
    """A shortcode, template tag or include of another tool that site.yaml does not know. One finding
    for each name in a file, with its number.

    Why it matters: nothing is shown in its place, and it may have held a dose. What stands between
    the tags of a pair is shown.

    Wrong: `Take {{< dose adult="5 mg" >}} once a day.`

    Right: `Take 5 mg once a day.`

    How to fix: write what belongs there, or say in site.yaml what the name becomes, for all files:
    `shortcodes: {dose: {as: text, template: "{adult}"}}`. `as` is `text`, `callout` or `nothing`.
    """
    if not may_have_tags(page.source.text):
        return
    by_name: dict[str, list[Tag]] = {}
    for tag in find_tags(page.visible, page.body_start):
        if tag.name and not tag.is_end and tag.name not in page.config.shortcodes:
            by_name.setdefault(tag.name, []).append(tag)
    for name, tags in by_name.items():
        first, count = tags[0], len(tags)
        times = f" ({count} times)" if count > 1 else ""
        yield Problem(
            page.source.span(first.start),
            f"Nothing is shown for the shortcode {name!r}{times}.\n"
            "Write what belongs there, or add the name to `shortcodes` in site.yaml.",
            first.end - first.start,
        )
