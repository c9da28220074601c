"""status-without-reason (W510)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from .._status import SERIOUS_STATES, statuses


@rule("W510", "status-without-reason")
def status_without_reason(page: Draft) -> Iterator[Problem]:
    """A medicine is banned, withdrawn or suspended, and the reason is missing.

    Why it matters: somebody who has taken it for years needs to know whether the reason was its
    safety or its price.

    Wrong: `status: {state: withdrawn, jurisdiction: US}`

    Right: `status: {state: withdrawn, jurisdiction: US, reason: It harmed the heart.}`

    How to fix: add `reason`, and `reference` for the order or notice.
    """
    if "status" in page.front.data or page.fields.is_banned:
        for status in statuses(page):
            if status.state in SERIOUS_STATES and not status.reason:
                text = f"No reason for the status {status.state!r}.\nAdd `reason`."
                yield page.in_front(text, *status.path)
