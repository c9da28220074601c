"""How hard a text is to read: its sentences, its long words, and the reading age it requires.

The reading age is McLaughlin's SMOG (Journal of Reading, 1969) as the NHS uses it: 8 and the square
root of the number of words of three and more syllables in 30 sentences. As the NHS service manual
recommends, headings and bullets end a sentence, and words of the page's title do not count.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache, lru_cache
from itertools import accumulate
from math import sqrt

from ...loader.draft import Draft
from ...markdown.blocks import Block
from ...regex import regex

_WORD = regex(r"[^\W_][\w'’.,/-]*")
_LETTERS = regex(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SENTENCE_END = regex(
    r"(?:[.!?…][\"')\]*_”’]{0,4}[ \t\n]+(?=[\"'(\[*_“‘]{0,4}[^\Wa-z])|:\*\*[ \t\n]+)"
)
"""After punctuation, or after a label (`**Usage:**`)."""
_ABBREVIATION = regex(r"\b(?:e\.g|i\.e|vs|approx|Dr|Mr|Mrs|No|Fig|St|incl|max|min)\.[ \t\n]+$")
_MARKUP = regex(r"[ \t]*(?:#{1,6}[ \t]+|(?:[-*+>]|[0-9]{1,3}[.)])[ \t]+)*")
_VOWELS = regex(r"[aeiouy]+")
_SILENT = regex(
    r"(?<=[^aeiouyl])e$|(?<=[aeiouy]l)e$|(?<=[^aeiouysxzcgtdh])e[ds]$|(?<=[^aeiouytd])ed$"
)


def is_for_patients(page: Draft) -> bool:
    """Whether everybody must be able to read a page: it is not for professionals only, as articles
    are by default."""
    audience = page.fields.audience or ("professional" if page.kind == "article" else "both")
    return audience != "professional" and page.kind != "page"


def paragraphs(blocks: Iterable[Block]) -> Iterator[Block]:
    """The paragraphs and headings of blocks, including those inside lists and quotes."""
    for block in blocks:
        if block.kind in ("paragraph", "heading"):
            yield block
        else:
            yield from paragraphs(block.children)


def sentences(page: Draft, block: Block) -> Iterator[tuple[int, str]]:
    """The sentences of a paragraph as they are in the source, each with its offset there."""
    starts = _line_starts(page.source.text)
    start, end = starts[block.line - 1], starts[min(block.last, len(starts) - 1)]
    markup = _MARKUP.match(page.prose, start, end)
    first = markup.end() if markup else start
    for match in _SENTENCE_END.finditer(page.prose, first, end):
        if not _ABBREVIATION.search(page.prose, max(first, match.end() - 12), match.end()):
            yield first, page.prose[first : match.end()]
            first = match.end()
    if page.prose[first:end].strip():
        yield first, page.prose[first:end]


@lru_cache(maxsize=1)
def _line_starts(text: str) -> list[int]:
    """The offset of every line, and of the end of the text."""
    return [0, *accumulate(len(line) + 1 for line in text.split("\n"))]


def words(text: str) -> list[str]:
    """The words of a sentence, including numbers."""
    return _WORD.findall(text)


def reading_age_of(texts: Collection[str], known_words: Collection[str] = ()) -> float:
    """The reading age in years of sentences, by SMOG; `known_words` (in lower case) do not count as
    long words."""
    count = _syllable_counter()
    all_words = (word for text in texts for word in _LETTERS.findall(text.lower()))
    long_words = sum(
        1 for word in all_words if len(word) > 4 and word not in known_words and count(word) > 2
    )
    return 8 + sqrt(30 * long_words / len(texts)) if texts else 8


@cache
def _syllable_counter() -> Callable[[str], int]:
    """A function that counts the syllables of a lower-case word.

    Hyphenation knows that `re-ac-tion` has three, but does not divide many words (`medicine`);
    counting groups of vowels is right for those, but takes `ea` for one. The greater of the two
    numbers is right most often.
    """
    import pyphen  # its dictionary takes 0.1 s to read, and the rule is off by default

    divide = pyphen.Pyphen(lang="en_US").positions

    @cache
    def count(word: str) -> int:
        return max(len(divide(word)) + 1, len(_VOWELS.findall(_SILENT.sub("", word))))

    return count
