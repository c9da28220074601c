"""What rules are about. Most pages have few of these, and a rule about something that a page does
not have is not asked."""

from __future__ import annotations

from ..loader.draft import Draft
from ..model.tables import NO_ROWS


def description(page: Draft) -> bool:
    """The description in front matter."""
    return bool(page.fields.description)


def front_faqs(page: Draft) -> bool:
    """The questions in front matter."""
    return bool(page.fields.faqs)


def links(page: Draft) -> bool:
    """Links and pictures in the text."""
    return bool(page.links)


def non_ascii(page: Draft) -> bool:
    """Characters that are not ASCII."""
    return bool(page.non_ascii)


def notes(page: Draft) -> bool:
    """What the Markdown engine had to change."""
    return bool(page.document.notes)


def questions(page: Draft) -> bool:
    """The questions that the page shows."""
    return bool(page.body.faqs)


def review(page: Draft) -> bool:
    """The review that front matter states."""
    return page.fields.review is not None


def rows(page: Draft) -> bool:
    """Doses, side effects, interactions and prices that front matter states as data."""
    return page.rows != NO_ROWS


def typed_marks(page: Draft) -> bool:
    """Asterisks and underscores that are shown as they were typed."""
    return bool(page.typed_marks)
