"""A change of a page, as a reviewer judges it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from msgspec import Struct


class ChangeKind(NamedTuple):
    """A kind of change."""

    name: str
    title: str
    """What it is called in reports."""
    rank: int
    """Its place in reports: what may harm most comes first."""


_KINDS = (
    ("safety-removed", "Safety statement removed"),
    ("page-removed", "Page removed"),
    ("negation", "Negation changed"),
    ("alert", "Alert changed"),
    ("status", "Legal status changed"),
    ("advice", "Strength of advice changed"),
    ("dose", "Dose changed"),
    ("ingredient", "Active ingredient or product changed"),
    ("contraindication", "Contraindication changed"),
    ("interaction", "Interaction changed"),
    ("warning", "Warning changed"),
    ("seriousness", "Seriousness changed"),
    ("frequency", "Frequency changed"),
    ("opposite", "Turned into its opposite"),
    ("number", "Number changed"),
    ("section", "Section moved, added or removed"),
    ("statement", "Statement changed"),
    ("question", "Question or answer changed"),
    ("identity", "Name or kind changed"),
    ("review", "Review or origin changed"),
    ("source", "Sources changed"),
    ("page-added", "Page added"),
    ("detail", "Other details changed"),
    ("wording", "Wording only"),
)
KINDS = {name: ChangeKind(name, title, rank) for rank, (name, title) in enumerate(_KINDS)}
"""All kinds of changes, the one that may harm most first."""
WORDING = KINDS["wording"]


class Change(Struct, frozen=True):
    """One change."""

    kind: ChangeKind
    action: str
    """`added`, `removed`, `changed` or `moved`."""
    where: str = ""
    """The heading of the section, the question, or the name of the field."""
    before: str = ""
    """The statement before, '' where it is new."""
    after: str = ""
    """The statement after, '' where it is gone."""
    details: tuple[str, ...] = ()
    """What exactly differs, such as `500 mg → 250 mg`."""
    also: tuple[str, ...] = ()
    """The names of the other kinds that it belongs to."""
    subject: str = ""
    """The medicine it is about, on a page of several."""

    @property
    def is_wording(self) -> bool:
        """Whether nothing of clinical meaning differs."""
        return self.kind is WORDING


class PageChanges(Struct, frozen=True):
    """All changes of one page."""

    path: str
    """Its path in the content folder, after the change where it still exists."""
    title: str
    changes: tuple[Change, ...]
    former_path: str = ""
    """Its path before, where the file was renamed."""

    @property
    def clinical(self) -> tuple[Change, ...]:
        """The changes that are more than wording."""
        return tuple(change for change in self.changes if not change.is_wording)

    @property
    def wording(self) -> tuple[Change, ...]:
        """The changes of wording."""
        return tuple(change for change in self.changes if change.is_wording)

    @property
    def rank(self) -> int:
        """The rank of its first change."""
        return min((change.kind.rank for change in self.changes), default=len(KINDS))


def ranked(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes in the order of reports: by what may harm most, otherwise as they are found."""
    return tuple(sorted(changes, key=lambda change: change.kind.rank))
