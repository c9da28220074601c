"""no-section (E101)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule


@rule("E101", "no-section")
def no_section(page: Draft) -> Iterator[Problem]:
    """A medicine's page without any section a monograph has, and without a question: usually a
    tool's refusal to write.

    Why it matters: published as a monograph, "I cannot provide details" looks like information
    about the medicine. Such a page is shown as a plain notice, outside all lists, until it has a
    section or the editor lets it pass.

    Wrong: a file whose only text is `There is no medicine of this name.`

    Right: a file with `## Usage` and what the medicine is for.

    How to fix: write the sections, or delete the file.
    """
    if not page.is_medicine or page.body.faqs:
        return
    if any(section.key not in ("preamble", "other", "faqs") for section in page.body.sections):
        return
    said = "No section of a monograph is here (uses, dose, side effects, …)."
    yield page.at(
        page.front.body_line,
        f"{said}\nWrite one, or let it pass as it is with `ignore: [no-section]`.",
    )
