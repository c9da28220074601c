"""status-conflict (W509)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from .._status import statuses

_COMPATIBLE = ({"approved", "discontinued"}, {"unapproved", "investigational"})
"""States that go together: a medicine may be approved but no longer sold."""


@rule("W509", "status-conflict")
def status_conflict(page: Draft) -> Iterator[Problem]:
    """Two statuses for one country exclude each other, or a `banned` alert is on a medicine without
    a `banned` status.

    Why it matters: the page shows the more serious of the two, and one of them is wrong.

    Wrong: `status: [{jurisdiction: IN, state: approved}, {jurisdiction: IN, state: banned}]`

    Right: one status for each country.

    How to fix: remove the status that is out of date; if an alert reports a ban, add it to
    `status`.
    """
    if "status" not in page.front.data and not page.fields.alerts:
        return
    first_states: dict[str, str] = {}
    states = set()
    for status in statuses(page):
        state, country = status.state, status.jurisdiction
        states.add(state)
        first = first_states.setdefault(country, state)
        if first != state and {first, state} not in _COMPATIBLE:
            where = f" in {country!r}" if country else ""
            message = f"The status{where} is {state!r} here but {first!r} elsewhere."
            yield page.in_front(f"{message}\nRemove the wrong one.", *status.path)
    for number, alert in enumerate(page.fields.alerts):
        if alert.level == "banned" and "banned" not in states:
            message = "The alert says that the medicine is banned; the status does not."
            yield page.in_front(f"{message}\nAdd the ban to `status`.", "alerts", number)
