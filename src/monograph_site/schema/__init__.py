"""Front matter, typed: everything wrong with it at once, each at its place, and one form for everything right."""

from __future__ import annotations

from ..diagnostics import Diagnostic
from ..frontmatter import FrontMatter
from ..text import Source
from .fields import AlertText, FaqText, Fields

__all__ = ["AlertText", "FaqText", "Fields", "typed"]


def typed(front: FrontMatter, source: Source) -> tuple[Fields, tuple[Diagnostic, ...]]:
    """The fields of a file's front matter, and everything wrong with them.

    Where values are wrong the file is withheld; the fields then hold what is right, so that the rest can be checked in
    the same run. What reading the YAML itself found is in `front.diagnostics` and not repeated here.
    """
    from .checking import checked  # pydantic and its forms take a third of a second, too long where nothing changed

    return checked(front, source)
