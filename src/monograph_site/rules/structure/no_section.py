"""no-section (E101)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ...loader.draft import Draft
from ...markdown.blocks import Block
from ...model.finding import Problem
from ...regex import regex
from .. import rule

_REFUSAL = regex(
    r"\b(?:it['’]s|is) (?:impossible|not possible)\b|\bin the requested format\b"
    r"|\b(?:cannot|can['’]?t|could not|couldn['’]t|unable to|not able to)"
    r" (?:provide|give|offer|find|create|generate|write|locate|describe|answer)\b"
    r"|\bthere (?:is|are)(?: currently| presently)?(?: no|n['’]t an?y?| not an?y?)\b"
    r"|\bdo(?:es)?(?: not|n['’]t) (?:appear to )?exist\b"
    r"|\bplease (?:specify|clarify|provide|double-check|verify|check)\b"
    r"|\bI(?:['’]m| am) (?:sorry|unable)\b",
    re.IGNORECASE,
)
"""What a tool says that was asked for a monograph and did not write one."""


@rule("E101", "no-section")
def no_section(page: Draft) -> Iterator[Problem]:
    """The file of a medicine is empty, or holds a tool's refusal to write about it: no section of a
    monograph, no heading, no question, but words such as "it is impossible to" or a note that it is
    AI-generated. A text under headings of its own is not reported.

    Why it matters: published as a monograph, "I cannot provide details" looks like information
    about the medicine. Such a page is shown as a plain notice, outside all lists, until it has a
    section or an editor suppresses this finding.

    Wrong: a file whose only text is `There is no medicine of this name.`

    Right: a file with `## Usage` and what the medicine is for.

    How to fix: write the sections, or delete the file.
    """
    if not page.is_medicine or page.body.faqs:
        return
    if any(section.key not in ("preamble", "other", "faqs") for section in page.body.sections):
        return
    has_headings = any(part.level for part in page.content) or _has_heading(page.blocks())
    text = "\n".join(section.text for section in page.body.sections)
    is_refusal = page.body.note is not None or _REFUSAL.search(text)
    if text.strip() and (has_headings or not is_refusal):
        return
    what = (
        "no text" if not text.strip() else "no section of a monograph (uses, dose, side effects, …)"
    )
    yield page.at(
        page.front.body_line,
        f"The file has {what}."
        "\nWrite one, or publish the page as it is with `ignore: [no-section]`.",
    )


def _has_heading(blocks: Iterable[Block]) -> bool:
    """Whether a heading is among blocks or inside one, such as a `div`."""
    return any(block.kind == "heading" or _has_heading(block.children) for block in blocks)
