"""no-section (E101)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule


@rule("E101", "no-section")
def no_section(page: Draft) -> Iterator[Problem]:
    """A page on a medicine has none of the sections of a monograph, and no question: usually a
    tool's refusal to write.

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
    yield page.at(
        page.front.body_line,
        "No section of a monograph (uses, dose, side effects, …)."
        "\nWrite one, or publish the page as it is with `ignore: [no-section]`.",
    )
