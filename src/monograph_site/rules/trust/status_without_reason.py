"""status-without-reason (W510)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from .._status import statuses

_GRAVE = ("banned", "withdrawn", "suspended")


@rule("W510", "status-without-reason")
def status_without_reason(page: Draft) -> Iterator[Problem]:
    """A medicine that is banned, withdrawn or suspended, and no word why.

    Why it matters: somebody who has taken it for years must know whether to worry about the liver
    or about the price.

    Wrong: `status: {state: withdrawn, jurisdiction: US}`

    Right: `status: {state: withdrawn, jurisdiction: US, reason: It harmed the heart.}`

    How to fix: add `reason`, and `reference` for the order or notice.
    """
    if "status" in page.front.data or page.fields.is_banned:
        for one in statuses(page):
            if one.state in _GRAVE and not one.reason:
                text = f"The status is {one.state!r}, and no reason is given.\nAdd `reason`."
                yield page.in_front(text, *one.path)
