"""no-section (MS101)."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Diagnostic, Finding, Severity
from ..draft import Draft
from . import RULES

NO_SECTION = Finding("MS101", "no-section", Severity.ERROR)


@RULES.named("no-section")
def no_section(page: Draft) -> Iterator[Diagnostic]:
    """A medicine's page without any section a monograph has, and without a question: usually a tool's refusal to write.

    Why it matters: published as a monograph, "I cannot provide details" looks like information about the medicine.
    Such a page is shown as a plain notice, outside all lists, until it has a section or the editor accepts it.

    Example: a file whose only text is `There is no medicine of this name.`
    """
    if not page.is_medicine or page.body.faqs:
        return
    if any(section.key not in ("preamble", "other", "faqs") for section in page.body.sections):
        return
    text = "No section of a monograph is here (uses, dose, side effects, …). Write one, or accept it as a plain notice"
    yield page.at(NO_SECTION, page.front.body_line, f"{text} with `accept: [no-section]`.")
