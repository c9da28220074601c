"""undefined-footnote (W418)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule

_FOOTNOTE = re.compile(r"\[\^([^\]\s^]{1,80})\](?!:)")


@rule("W418", "undefined-footnote")
def undefined_footnote(page: Draft) -> Iterator[Problem]:
    """A footnote mark (`[^key]`) in a file without any footnote or reference. It is shown as it is
    typed. Where there are references see `unresolved-citation`.

    Why it matters: readers meet brackets, and can't check the statement.

    Wrong: `It is used for pain.[^label]`, and no line that starts with `[^label]:`.

    Right: the same, with `[^label]: The label, 2024.` at the end of the file.

    How to fix: add the footnote, or remove its mark.
    """
    if page.body.references or "[^" not in page.prose:
        return
    for match in _FOOTNOTE.finditer(page.prose):
        message = f"No line defines the footnote {match.group(1)!r}.\nAdd `[^{match.group(1)}]: …`, or remove the mark."
        yield page.match(match, message)
