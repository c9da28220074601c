"""reading-age (I802)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...model.strings import words
from .. import rule
from ._measures import is_for_patients, paragraphs, reading_age_of, sentences

MAX_AGE = 14
MIN_SENTENCES = 10
"""Sentences of a section that is measured: in a shorter one, a single long word changes the age by
a year."""


@rule("I802", "reading-age", optional=True, languages=("en",))
def reading_age(page: Draft) -> Iterator[Problem]:
    """A section of a page for patients requires a reading age over 14.

    The NHS aims at a reading age of 9 to 11, at 11 to 14 where medical words cannot be avoided, and
    recommends looking first at what scores over 14. The formula is SMOG (McLaughlin 1969, as the
    NHS uses it: words of three and more syllables in 30 sentences; headings and bullets are
    sentences; words of the title do not count). Sections of fewer than ten sentences are too short
    for it, and pages in another language than English are not measured: the formula is made for
    English. Syllables are estimated, so take the age as a guide. Reported on request only:
    `severity: {reading-age: info}` in site.yaml, or `check --select reading-age`.

    Why it matters: half of all adults cannot use such a text, and those who take many medicines
    least of all.

    Wrong: `Concomitant administration necessitates periodic monitoring of hepatic function.`

    Right: `If you take both, you need blood tests to check your liver.`

    How to fix: use short, everyday words first and give the medical term after them. Then test the
    text with readers: no formula knows whether a text is understood.
    """
    if not is_for_patients(page):
        return
    title_words = frozenset(words(page.title))
    for part in page.content:
        texts = [text for block in paragraphs(part.blocks) for _, text in sentences(page, block)]
        age = round(reading_age_of(texts, title_words)) if len(texts) >= MIN_SENTENCES else 0
        if age > MAX_AGE:
            message = f"{(part.heading or page.title)!r} requires a reading age of about {age}."
            yield page.at(part.line, f"{message}\nUse shorter words, to reach {MAX_AGE} or less.")
