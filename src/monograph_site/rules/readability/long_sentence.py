"""long-sentence (I801)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from ._measures import is_for_patients, paragraphs, sentences, words

MAX_WORDS = 25
MAX_LISTED = 20
"""Sentences of one page that are reported individually."""


@rule("I801", "long-sentence", optional=True, languages=("en",))
def long_sentence(page: Draft) -> Iterator[Problem]:
    """A sentence on a page for patients has more than 25 words.

    The limit is that of GOV.UK's style guide (Sentence length: why 25 words is our limit, 2014).
    Reported on request only: `severity: {long-sentence: info}` in site.yaml, or `check --select
    long-sentence`.

    Why it matters: the longer a sentence, the fewer readers understand it, and the most important
    word is often last.

    Wrong: `You should not take this medicine if you have ever had an allergic reaction to it or to
    another medicine of its kind, unless your doctor, who must know of the reaction, tells you to.`

    Right: `Do not take this medicine if you have ever had an allergic reaction to it. Tell your
    doctor about it.`

    How to fix: split it into two sentences, or make it a list.
    """
    if not is_for_patients(page):
        return
    long_sentences = [
        (start, text, len(words(text)))
        for block in paragraphs(page.blocks())
        for start, text in sentences(page, block)
        if len(words(text)) > MAX_WORDS
    ]
    for start, text, count in long_sentences[:MAX_LISTED]:
        beginning = " ".join(text.split()[:5])
        message = f"Sentence of {count} words: {beginning + ' …'!r}.\nSplit it, or make it a list."
        yield Problem(page.source.span(start), message, len(text.split("\n")[0].rstrip()))
    others = long_sentences[MAX_LISTED:]
    if others:
        message = f"{len(others)} more sentences of over {MAX_WORDS} words."
        yield Problem(page.source.span(others[0][0]), f"{message}\nShorten those above first.")
