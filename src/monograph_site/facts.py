"""What the rules over several files need of one file besides its record."""

from __future__ import annotations

from .claims import claims
from .draft import Draft
from .model import Facts


def gather(page: Draft) -> Facts:
    """The facts of a file."""
    return Facts(claims=claims(page))
