"""status-conflict (W509)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from .._status import statuses

_TOGETHER = ({"approved", "discontinued"}, {"unapproved", "investigational"})
"""States that go together: a medicine may be approved and no longer be sold."""


@rule("W509", "status-conflict")
def status_conflict(page: Draft) -> Iterator[Problem]:
    """Two statuses of one country that exclude each other, or a `banned` alert on a medicine that
    no status bans.

    Why it matters: the page shows the graver of the two, and one of them is wrong.

    Wrong: `status: [{jurisdiction: IN, state: approved}, {jurisdiction: IN, state: banned}]`

    Right: one status for each country.

    How to fix: remove the status that is out of date; state the ban that an alert speaks of in
    `status` too.
    """
    if "status" not in page.front.data and not page.fields.alerts:
        return
    known: dict[str, str] = {}
    states = set()
    for one in statuses(page):
        states.add(one.state)
        first = known.setdefault(one.jurisdiction, one.state)
        if first != one.state and {first, one.state} not in _TOGETHER:
            where = f" in {one.jurisdiction!r}" if one.jurisdiction else ""
            text = f"The status{where} is {one.state!r} here and {first!r} elsewhere.\nRemove the one that is wrong."
            yield page.in_front(text, *one.path)
    for number, alert in enumerate(page.fields.alerts):
        if alert.level == "banned" and "banned" not in states:
            said = "The alert says that the medicine is banned, no status does."
            yield page.in_front(f"{said}\nState the ban in `status`.", "alerts", number)
