"""title-differs (MS102), generic-name-differs (MS103), missing-title (MS105): the page and its names."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Diagnostic, Finding, Severity
from ..draft import Draft
from ..names import is_name
from ..text import squash, words
from . import RULES

TITLE_DIFFERS = Finding("MS102", "title-differs", Severity.WARNING)
GENERIC_NAME_DIFFERS = Finding("MS103", "generic-name-differs", Severity.WARNING)
MISSING_TITLE = Finding("MS105", "missing-title", Severity.INFO)


@RULES.named("title-differs")
def title_differs(page: Draft) -> Iterator[Diagnostic]:
    """The first-level heading and the title in front matter are not the same. The heading is shown too.

    Example: `title: L-Methyltetrahydrofolate Clacium` above `# L-Methyltetrahydrofolate Calcium`.
    """
    for text, line in page.outline.titles:
        if page.fields.title and squash(text) != squash(page.title):
            yield page.at(TITLE_DIFFERS, line, f"The heading says {text!r}, the title {page.title!r}. Make them one.")


@RULES.named("generic-name-differs")
def generic_name_differs(page: Draft) -> Iterator[Diagnostic]:
    """The stated generic name and the title have no word in common.

    Why it matters: the text may be about another medicine.

    Example: `title: Adrenaline` with `**Generic Name:** Noradrenaline`.
    """
    for part in page.content:
        if part.key == "names" and part.subject is None and part.blocks and "generic" in part.heading.casefold():
            name = part.blocks[0].text.split("\n")[0].strip()
            if page.is_medicine and is_name(name) and not set(words(name)) & set(words(page.title)):
                message = f"The generic name is {name!r}, the title {page.title!r}: no word in common. Check both."
                yield page.at(GENERIC_NAME_DIFFERS, part.line, message)
            return


@RULES.named("missing-title")
def missing_title(page: Draft) -> Iterator[Diagnostic]:
    """Neither front matter nor a first-level heading gives a title; the file's name serves.

    Example: a file that starts with `## Usage`.
    """
    if not page.fields.title and not page.outline.titles:
        yield page.in_front(
            MISSING_TITLE, f"No title. The file's name serves: {page.title!r}. Add `title:` to be sure."
        )
