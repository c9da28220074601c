"""unknown-shortcode (W233)."""

from __future__ import annotations

from collections.abc import Iterator

from ...config import Config
from ...config.settings_file import FRAGMENT_FOLDERS
from ...loader.draft import Draft
from ...loader.includes import included
from ...loader.mdx import is_mdx, unknown_parts
from ...loader.shortcodes import Tag, find_tags, may_have_tags
from ...loader.usual_shortcodes import is_usual
from ...model.finding import Problem
from .. import rule


@rule("W233", "unknown-shortcode")
def unknown_shortcode(page: Draft) -> Iterator[Problem]:
    """A shortcode, template tag, include or MDX component of another tool that is not known. One
    finding for each name in a file, with its number.

    Why it matters: nothing is shown in its place, and it may have held a dose. The text between a
    pair of tags is shown.

    Wrong: `Take {{< dose adult="5 mg" >}} once a day.`

    Right: `Take 5 mg once a day.`

    How to fix: write what belongs there, or say in site.yaml what the name becomes, for all files:
    `shortcodes: {dose: {as: text, template: "{adult}"}}`. `as` is `text`, `callout` or `nothing`.
    Markdown files that others include belong in `_includes`, `_snippets` or `_partials`.
    """
    for line, name in page.notes("query"):
        message = f"Nothing is shown for a query of {name!r}, which only Obsidian can answer."
        yield page.at(line, f"{message}\nWrite the list that belongs there.")
    text = page.source.text
    if "{" not in text and "<" not in text:  # as on most pages
        return
    has_components = is_mdx(page.source.path, text)
    if not has_components and not may_have_tags(text):
        return
    by_message: dict[str, list[Tag]] = {}
    for tag in find_tags(page.visible, page.body_start):
        if tag.is_value and page.kind != "page":  # see template-leak
            continue
        if message := _message(tag, page.config):
            by_message.setdefault(message, []).append(tag)
    for part in unknown_parts(page.visible, page.body_start) if has_components else ():
        message = f"MDX's {part.name!r} is not known; only what is inside it is shown"
        by_message.setdefault(f"{message}{{times}}.\nWrite it as Markdown.", []).append(part)
    for message, tags in by_message.items():
        first, count = tags[0], len(tags)
        times = f" ({count} times)" if count > 1 else ""
        text = message.replace("{times}", times)
        yield Problem(page.source.span(first.start), text, first.end - first.start)


def _message(tag: Tag, config: Config) -> str:
    """What is wrong with a tag; '' for one that is shown."""
    is_known = tag.name in config.shortcodes or tag.address is not None
    if not tag.name or tag.is_end or is_known or is_usual(tag.name, tag.arguments):
        return ""
    fragment = included(tag, config.fragments)
    if fragment:
        return ""
    if fragment == "" and tag.arguments.get("0"):
        folders = ", ".join((*FRAGMENT_FOLDERS, *config.includes))
        return (
            f"Nothing is shown for {tag.name!r}{{times}}: no file {tag.arguments['0']!r} in {folders}.\n"
            "Put the Markdown file into one of these folders, name its own in `includes` of site.yaml, or "
            "write what belongs there."
        )
    return (
        f"Nothing is shown for the shortcode {tag.name!r}{{times}}.\n"
        "Write what belongs there, or add the name to `shortcodes` in site.yaml."
    )
