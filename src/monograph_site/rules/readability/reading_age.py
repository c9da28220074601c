"""reading-age (I802)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...model.strings import words
from .. import rule
from ._measures import is_for_patients, paragraphs, reading_age_of, sentences

_OLDEST = 14
_ENOUGH = 10  # sentences; of fewer, one long word more or less changes the age by a year


@rule("I802", "reading-age", optional=True)
def reading_age(page: Draft) -> Iterator[Problem]:
    """A section of a page for patients asks for a reading age over 14.

    The NHS aims at a reading age of 9 to 11, at 11 to 14 where medical words can't be avoided, and
    asks to look first at what scores over 14. The formula is SMOG (McLaughlin 1969, in the NHS's
    way: words of three and more syllables in 30 sentences; headings and bullets are sentences;
    words of the title don't count). Sections of fewer than ten sentences are too short for it.
    Syllables are estimated, so take the age as a hint. Found only when asked for: `severity:
    {reading-age: info}` in site.yaml, or `check --select reading-age`.

    Why it matters: half of all adults can't make use of such a text, and those who take many
    medicines least of all.

    Wrong: `Concomitant administration necessitates periodic monitoring of hepatic function.`

    Right: `If you take both, you need blood tests to check your liver.`

    How to fix: use short, everyday words first and give the medical term behind them. Then test it
    with readers: no formula knows whether a text is understood.
    """
    if not is_for_patients(page):
        return
    names = frozenset(words(page.title))
    for part in page.content:
        text = [one for block in paragraphs(part.blocks) for _, one in sentences(page, block)]
        age = reading_age_of(text, names) if len(text) >= _ENOUGH else 0
        if round(age) > _OLDEST:
            said = f"{(part.heading or page.title)!r} asks for a reading age of about {round(age)}."
            yield page.at(part.line, f"{said}\nUse shorter words, to come to {_OLDEST} or less.")
