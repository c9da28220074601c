"""description-markup (I226)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Fault
from .. import rule
from .description import described

_MARKUP = re.compile(
    r"\*\*|(?<!\w)__(?=\w)|`|\]\(|^#{1,6} |(?<![\w*])\*(?=\w[^*\n]{0,80}\*)|</?[a-z]{1,6}>", re.MULTILINE
)


@rule("I226", "description-markup")
def description_markup(page: Draft) -> Iterator[Fault]:
    """The description has Markdown or HTML in it.

    Why it matters: a description is plain text: search engines and lists show the signs (`**`) as they are.

    Wrong: `description: Examplin treats **pain**.`

    Right: `description: Examplin treats pain.`

    How to fix: remove the signs.
    """
    found = _MARKUP.search(page.fields.description)
    if found:
        said = f"The description has markup in it: {found.group()!r}."
        yield described(
            page,
            found.string[found.start() :].split()[0],
            f"{said}\nA description is plain text: remove the signs.",
        )
