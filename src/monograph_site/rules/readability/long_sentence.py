"""long-sentence (I801)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from ._measures import is_for_patients, paragraphs, sentences, words

_LONGEST = 25
_MANY = 20  # of a page full of long sentences nobody wants each one


@rule("I801", "long-sentence", optional=True)
def long_sentence(page: Draft) -> Iterator[Problem]:
    """A sentence of a page for patients has more than 25 words.

    The limit is that of GOV.UK's style guide (Sentence length: why 25 words is our limit, 2014).
    Found only when asked for: `severity: {long-sentence: info}` in site.yaml, or `check --select
    long-sentence`.

    Why it matters: the longer a sentence, the fewer readers understand it, and the most important
    word is often last.

    Wrong: `You should not take this medicine if you have ever had an allergic reaction to it or to
    another medicine of its kind, unless your doctor, who must know of the reaction, tells you to.`

    Right: `Do not take this medicine if you have ever had an allergic reaction to it. Tell your
    doctor about it.`

    How to fix: make two sentences of it, or a list.
    """
    if not is_for_patients(page):
        return
    long = [
        (start, text, len(words(text)))
        for block in paragraphs(page.blocks())
        for start, text in sentences(page, block)
        if len(words(text)) > _LONGEST
    ]
    for start, text, count in long[:_MANY]:
        begin = " ".join(text.split()[:5])
        said = f"A sentence of {count} words: {begin + ' …'!r}."
        yield Problem(
            page.source.span(start),
            f"{said}\nMake two of it, or a list.",
            len(text.split("\n")[0].rstrip()),
        )
    if len(long) > _MANY:
        rest = f"{len(long) - _MANY} more sentences have over {_LONGEST} words."
        yield Problem(page.source.span(long[_MANY][0]), f"{rest}\nShorten those above first.")
