"""misspelt-name (I234)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...model.strings import words
from ...site.look_alikes import look_alikes
from .. import rule
from .._names import are_spellings_of_one, is_typing_error

MIN_LETTERS = 7
"""Letters of a name that is looked for: shorter ones are near to other words."""


@rule("I234", "misspelt-name", optional=True, languages=("en",))
def misspelt_name(page: Draft) -> Iterator[Problem]:
    """A word of the text is nearly the name of the page's medicine, of one of its ingredients, or a
    name in front matter: a vowel is wrong, two letters are swapped, or one is doubled. One finding
    per word.

    Spellings of one name (`sulfate`, `sulphate`), names for which mix-ups have been reported, and
    stated `misspellings` are not reported.

    Why it matters: readers may take it for another medicine, and do not find it by its name.

    Wrong: `Take examplan at night.` on a page with `title: Examplin`.

    Right: `Take examplin at night.`

    How to fix: correct the word, or add it to `names` if it is a name of this medicine.
    """
    if not page.is_medicine:
        return
    stated = [page.title, *(name.text for name in page.fields.names)]
    stated += [ingredient.name for ingredient in page.fields.ingredients]
    known = {word for text in stated for word in words(text)}
    names = {word for word in known if len(word) >= MIN_LETTERS and word.isascii()}
    for word in sorted(page.words - known):
        if len(word) < MIN_LETTERS - 1:
            continue
        near = next((name for name in names if _is_misspelt(word, name)), "")
        if near:
            match = re.search(rf"(?<![^\W\d_]){word}(?![^\W\d_])", page.lower)
            if match:
                message = f"{page.prose[match.start() : match.end()]!r} is nearly {near!r}."
                yield page.match(match, f"{message}\nCorrect it, or add it to `names`.")


def _is_misspelt(word: str, name: str) -> bool:
    """Whether a word is a name with a typing error."""
    if word[0] != name[0] or abs(len(word) - len(name)) > 1 or word == f"{name}s":
        return False
    if word in look_alikes().get(name, ()) or are_spellings_of_one(word, name):
        return False
    return is_typing_error(word, name)
