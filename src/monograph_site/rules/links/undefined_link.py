"""undefined-link (W409)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...model.strings import collapse, fold
from ...model.suggest import did_you_mean
from .. import rule


@rule("W409", "undefined-link")
def undefined_link(page: Draft) -> Iterator[Problem]:
    """A link by a key (`[words][key]`) that no line of the file defines (`[key]: address`). It is
    shown as it is typed.

    Why it matters: readers meet brackets, and can't follow the link.

    Wrong: `See [the label][lable].` above `[label]: https://example.org/`

    Right: `See [the label][label].` above the same line.

    How to fix: correct the key, or add the line that defines it.
    """
    defined = {
        fold(collapse(link.text)): link.text for link in page.links if link.kind == "definition"
    }
    for link in page.links:
        # `[1][2]` are two citations.
        if (
            link.kind == "key"
            and fold(collapse(link.target)) not in defined
            and not link.target[:1].isdigit()
        ):
            if link.target.startswith(("^", "@")):
                continue
            near = (
                did_you_mean(link.target, defined.values())
                or f"Add a line `[{link.target}]: https://…`."
            )
            message = (
                f"No line defines the link {link.target!r}, so it is shown as it is typed.\n{near}"
            )
            yield Problem(page.source.span(link.start), message, link.end - link.start)
