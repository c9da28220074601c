"""undefined-footnote (W418)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...regex import regex
from .. import rule

_FOOTNOTE = regex(r"\[\^([^\]\s^<>=&]{1,80})\](?![:*+?])")


@rule("W418", "undefined-footnote")
def undefined_footnote(page: Draft) -> Iterator[Problem]:
    """A footnote (`[^key]`) in a file that defines no footnotes and has no references. It is shown
    as typed. If there are references, see `unresolved-citation`.

    Why it matters: readers see brackets, and cannot check the statement.

    Wrong: `It is used for pain.[^label]`, and no line that starts with `[^label]:`.

    Right: the same, with `[^label]: The label, 2024.` at the end of the file.

    How to fix: define the footnote, or remove it.
    """
    if page.body.references or "^" not in page.prose:
        return
    if page.references() and not page.fields.references:
        return  # the sources in front matter are invalid, which is reported there
    for match in _FOOTNOTE.finditer(page.prose):
        key = match.group(1)
        message = f"Footnote {key!r} is not defined.\nAdd `[^{key}]: …`, or remove the footnote."
        yield page.match(match, message)
