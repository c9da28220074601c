"""truncated-text (E201)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ...loader.draft import Draft
from ...markdown.blocks import Block
from ...markdown.limits import is_overlong
from ...model.finding import Problem
from ...regex import regex
from .. import rule
from .._endings import ENDING_LENGTH, STOPS, dangles, ends, last_words

_EMPTY_ITEM = regex(r"\s*(?:[*+-]|\d{1,3}[.)])\s+(?:\*\*|\*|__|\[)\s*$")
_ANNOUNCEMENT = regex(r"(?:\w+\s+\w+\s*:|\.\.\.|…)$")
_ANNOUNCING = (":", "...", "…")
_QUESTION = regex(r"Q(?:uestion)?\s*+\d{0,3}\s*+[:.)]", re.IGNORECASE)

_BULLETS = ("•", "▪", "◦", "●", "‣")
"""Text from a PDF file, which is broken at each end of a line."""
_MIN_SENTENCE = 6
"""Words of a sentence; fewer may be a phrase that needs no full stop."""


@rule("E201", "truncated-text")
def truncated_text(page: Draft) -> Iterator[Problem]:
    """The text breaks off in mid-sentence: a tool stopped writing, often in the middle of the side
    effects.

    Why it matters: a list that stops looks complete. The ends of the sections are checked, above
    all that of the last one before the disclaimer and the note, which an importer adds even if the
    text is cut.

    Wrong: `a rash, especially in those with a history of` as the last words before the note.

    Right: `a rash, especially in those with a history of allergy.`

    How to fix: complete the sentence from a source, or remove it if the page can do without.
    """
    parts = [part for part in page.content if part.blocks] if page.is_medicine else []
    for part in parts:
        for block, following in pairwise(part.blocks if part.key != "faqs" else ()):
            if (
                block.kind in ("paragraph", "item")
                and following.kind in ("paragraph", "heading")
                and not _has_full_stop(block)
                and _is_open(page, block, following)
            ):
                yield _problem(page, last_words(block.text.strip()), block.line)
        for block in part.blocks:
            if block.kind == "list" and part.key != "faqs":
                yield from _open_items(page, block.children)
        last_block = part.blocks[-1]
        leaf, siblings = _leaf(last_block)
        words = _cut_words(page, part is parts[-1], last_block, leaf, siblings)
        if words:
            yield _problem(page, words, leaf.line)


def _problem(page: Draft, words: str, line: int) -> Problem:
    hint = "Complete the sentence, or remove it if the page can do without."
    return page.find(words, f"The text breaks off: {words!r}.\n{hint}", line)


def _is_open(page: Draft, block: Block, following: Block) -> bool:
    """Whether a paragraph in the middle of a section breaks off. One whose sentence goes on in the
    next paragraph, or that introduces a list, does not."""
    text = block.text.strip()
    if not dangles(text) or "**" in text or is_overlong(text) or not _is_english(page):
        return False
    if text.rpartition("\n")[2].lstrip().startswith(_BULLETS):
        return False
    return block.kind == "item" or not following.text.lstrip()[:1].islower()


def _open_items(page: Draft, items: tuple[Block, ...]) -> Iterator[Problem]:
    """Sentences that break off in a list of sentences, above its last item."""
    whole = [_is_whole(item) for item in items]
    if not any(whole) or all(whole):
        return
    for item, is_whole in zip(items[:-1], whole, strict=False):
        if is_whole:
            continue
        text = item.text.strip()
        is_sentence = len(item.children) == 1 and len(text.split()) >= _MIN_SENTENCE
        if is_sentence and not text.endswith((",", "or", "and")) and _is_open(page, item, item):
            yield _problem(page, last_words(text), item.line)


def _has_full_stop(block: Block) -> bool:
    """Whether the last character of a block is one with which a sentence ends, as it mostly is:
    then nothing else of its text matters."""
    while block.children:
        block = block.children[-1]
    return bool(block.runs) and block.runs[-1].text[-1:] in STOPS


def _is_whole(block: Block) -> bool:
    """Whether a block's text ends as a sentence does. Its last character mostly tells, and takes less
    time than its text."""
    leaf = block
    while leaf.children:
        leaf = leaf.children[-1]
    end = leaf.runs[-1].text if leaf.runs else ""
    last = end[-1:]
    if last in STOPS or last.isalnum():
        return last in STOPS
    end = end.rstrip()
    return ends(end if len(end) >= ENDING_LENGTH else block.text.strip())


def _is_english(page: Draft) -> bool:
    """Whether the words with which a sentence cannot end are known for the language of a page."""
    return page.language.startswith("en")


def _cut_words(
    page: Draft, is_last: bool, block: Block, leaf: Block, siblings: tuple[Block, ...]
) -> str:
    """The last words of a section that breaks off, else ''. `block` is its last one and `leaf` the
    last one in that; `is_last`: the section is the page's last one."""
    if not is_last and _has_full_stop(leaf):
        return ""
    text = leaf.text.strip()
    line = page.lines[leaf.line - 1]
    if is_last and leaf.kind in ("rule", "item", "paragraph") and _EMPTY_ITEM.match(line):
        return line.strip()
    if not text or leaf.kind not in ("paragraph", "heading"):
        return ""
    is_paragraph = leaf.kind == "paragraph"
    is_cut = (
        _is_cut(page, block, leaf, siblings)
        if is_last
        else is_paragraph and "**" not in text and _breaks_off(page, text, siblings)
    )
    return last_words(text) if is_cut else ""


def _is_cut(page: Draft, block: Block, leaf: Block, siblings: tuple[Block, ...]) -> bool:
    """Whether the last section of a page breaks off."""
    text = leaf.text.strip()
    if leaf.kind == "heading" and _QUESTION.match(text) and not text.endswith("?"):
        return True
    has_plain_text = any(run.kind == "text" for run in leaf.runs)
    announces = text.endswith(_ANNOUNCING) and _ANNOUNCEMENT.search(text[-60:])
    if announces and leaf.kind == "paragraph" and has_plain_text:
        return True
    if ends(text):
        return False
    if "**" in text or _breaks_off(page, text, siblings) or _differs_from_siblings(text, siblings):
        return True
    is_closed = page.body.note is not None or page.body.disclaimer is not None
    return is_closed and block.kind == "paragraph" and _is_unfinished(text)


def _breaks_off(page: Draft, text: str, siblings: tuple[Block, ...]) -> bool:
    """Whether a text ends with a word that cannot end it. In a list whose items all end without a
    full stop, only a sentence does."""
    if not _is_english(page) or not dangles(text):
        return False
    others = [item.text.strip() for item in siblings[:-1]]
    if others and not any(map(ends, others)):
        is_sentence = len(text.split()) >= _MIN_SENTENCE
        has_same_end = text[-1:] == others[-1][-1:] and not text[-1:].isalnum()
        return is_sentence and not has_same_end
    return True


def _is_unfinished(text: str) -> bool:
    """Whether a paragraph of whole sentences has a last one without an end."""
    *sentences, rest = re.split(r"[.!?][*_\"”’')]*\s+", text)
    return len(sentences) > 0 and len(rest.split()) >= _MIN_SENTENCE


def _leaf(block: Block) -> tuple[Block, tuple[Block, ...]]:
    """The last block without children, and the items of the list it ends."""
    siblings: tuple[Block, ...] = ()
    while block.children:
        siblings = block.children if block.kind == "list" else siblings
        block = block.children[-1]
    return block, siblings


def _differs_from_siblings(text: str, siblings: tuple[Block, ...]) -> bool:
    """Whether only the last item of a list of sentences ends without a full stop."""
    others = [item.text.strip() for item in siblings[:-1] if len(item.text.split()) > 4]
    return len(text.split()) > 4 and len(others) > 0 and all(map(ends, others))
