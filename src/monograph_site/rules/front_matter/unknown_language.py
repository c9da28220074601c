"""unknown-language (W033)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...model.strings import is_known_language
from .. import rule


@rule("W033", "unknown-language")
def unknown_language(page: Draft) -> Iterator[Problem]:
    """`lang` is not the tag of a language (BCP 47, with the codes of ISO 639).

    Why it matters: screen readers use the voice of another language, and the page is not among
    those of its language.

    Wrong: `lang: spanish`

    Right: `lang: es`

    How to fix: write the code of two or three letters, with a region where it matters: `pt-BR`.
    """
    stated = page.front.data.get("lang")
    if isinstance(stated, str) and stated.strip() and not is_known_language(stated.strip()):
        message = f"lang: {stated.strip()!r} is not a language."
        yield page.in_front(f"{message}\nWrite a tag such as 'es' or 'pt-BR'.", "lang")
