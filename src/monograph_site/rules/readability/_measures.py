"""How hard a text is to read: its sentences, its long words, and the age at which readers can
follow.

The reading age is McLaughlin's SMOG (Journal of Reading, 1969) as the NHS uses it: 8 and the square
root of the number of words of three and more syllables in 30 sentences. As the NHS service manual
asks, headings and bullets end a sentence, and the words of the page's title are not counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache, lru_cache
from itertools import accumulate
from math import sqrt

from ...loader.draft import Draft
from ...markdown.blocks import Block

_WORD = re.compile(r"[^\W_][\w'’.,/-]*")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# A sentence ends with its sign, a label (`**Usage:**`) with its asterisks.
_BREAK = re.compile(
    r"(?:[.!?…][\"')\]*_”’]{0,4}[ \t\n]+(?=[\"'(\[*_“‘]{0,4}[^\Wa-z])|:\*\*[ \t\n]+)"
)
_NO_END = re.compile(r"\b(?:e\.g|i\.e|vs|approx|Dr|Mr|Mrs|No|Fig|St|incl|max|min)\.[ \t\n]+$")
_MARKER = re.compile(r"[ \t]*(?:#{1,6}[ \t]+|(?:[-*+>]|[0-9]{1,3}[.)])[ \t]+)*")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(
    r"(?<=[^aeiouyl])e$|(?<=[aeiouy]l)e$|(?<=[^aeiouysxzcgtdh])e[ds]$|(?<=[^aeiouytd])ed$"
)


def is_for_patients(page: Draft) -> bool:
    """Whether a page has to be readable for everybody: not written for professionals, as articles
    are by default."""
    audience = page.fields.audience or ("professional" if page.kind == "article" else "both")
    return audience != "professional" and page.kind != "page"


def paragraphs(blocks: Iterable[Block]) -> Iterator[Block]:
    """The paragraphs and headings of some blocks, those inside lists and quotes too."""
    for block in blocks:
        if block.kind in ("paragraph", "heading"):
            yield block
        else:
            yield from paragraphs(block.children)


def sentences(page: Draft, block: Block) -> Iterator[tuple[int, str]]:
    """The sentences of a paragraph as the source has them, each with its offset there."""
    starts = _line_starts(page.source.text)
    start, end = starts[block.line - 1], starts[min(block.last, len(starts) - 1)]
    marker = _MARKER.match(page.prose, start, end)
    first = marker.end() if marker else start
    for found in _BREAK.finditer(page.prose, first, end):
        if not _NO_END.search(page.prose, max(first, found.end() - 12), found.end()):
            yield first, page.prose[first : found.end()]
            first = found.end()
    if page.prose[first:end].strip():
        yield first, page.prose[first:end]


@lru_cache(maxsize=1)
def _line_starts(text: str) -> list[int]:
    """The offset of every line, and that of the text's end."""
    return [0, *accumulate(len(line) + 1 for line in text.split("\n"))]


def words(text: str) -> list[str]:
    """The words of a sentence, numbers among them."""
    return _WORD.findall(text)


def reading_age_of(text: Collection[str], apart: Collection[str] = ()) -> float:
    """The age in years from which readers can follow some sentences; words of `apart` (lower case)
    are not counted."""
    count = _syllables()
    found = (word for one in text for word in _LETTERS.findall(one.lower()))
    long = sum(1 for word in found if len(word) > 4 and word not in apart and count(word) > 2)
    return 8 + sqrt(30 * long / len(text)) if text else 8


@cache
def _syllables() -> Callable[[str], int]:
    """A function that counts the syllables of a lower-case word.

    Hyphenation knows that `re-ac-tion` has three, but never divides many words (`medicine`);
    counting groups of vowels is right for those, and takes `ea` for one. The greater number of the
    two is right most often.
    """
    import pyphen  # its dictionary takes a tenth of a second to read, and this rule is off by default

    divide = pyphen.Pyphen(lang="en_US").positions

    @cache
    def count(word: str) -> int:
        return max(len(divide(word)) + 1, len(_VOWELS.findall(_SILENT.sub("", word))))

    return count
