"""Labels: the words at the head of a heading, paragraph or list item that may name a section."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from ..markdown.blocks import Block, Run, inline_text, text_run, trim
from ..markdown.inline import slice_runs
from ..model.strings import collapse
from ..regex import regex
from .parts import is_ai_note
from .sections import is_clear, key_for

HEADING, LABEL, BULLET = 1, 2, 3
"""What marks a label, outermost first."""

_COLON = regex(r"\s*:\s*")
_PLAIN_LABEL = regex(r"([A-Za-z][A-Za-z '/&-]{2,40}(?:\([^()\n]{1,80}\))?)\s*:(?:\s+|$)")
_DASH = regex(r"\s*(?:[–—-]\s+(?!\d)|(?=[–—-]\s+\d))")
"""A dash in place of a colon; one before a digit may be a minus, and stays."""
_RATIO = regex(r"\d:\d")
_STATEMENT = regex(r"(disclaimer|note)\s*:\s+(?=\S)", re.IGNORECASE)
_BOLD = regex(r"<em><strong>|<(b|strong)>[^<]*</\1>$")
_BRACKET = regex(r"\([^()]{1,60}\)\s*:?")
_REMARK = regex(r"\W*(?:see|note|this|as above|refer|information|not |none|no )", re.IGNORECASE)


class Label(Struct, frozen=True, gc=False):
    """The words at the head of a block that may start a section, and the rest of the block."""

    text: str
    rest: tuple[Run, ...]
    tier: int
    """What marks it: HEADING, LABEL or BULLET."""
    closed: bool
    """Whether it looks like a label: it ends in a colon, or is alone on its line."""
    id: str = ""
    """The id that its heading asks for."""
    audience: str = ""
    """The audience that its heading names."""


def label_of(block: Block) -> Label | None:
    """The label at the head of a heading, paragraph or list item, if there is one."""
    if block.kind == "heading":
        heading = _of_heading(block.runs)
        if not (block.html or block.plain):
            return heading
        return replace(heading, id=block.html, audience=block.plain)
    if block.kind == "item":
        first = block.children[0] if block.children else None
        label = label_of(first) if first and first.kind == "paragraph" else None
        return replace(label, tier=BULLET) if label else None
    runs = trim(block.runs) if block.kind == "paragraph" else ()
    if not runs:
        return None
    if runs[0].kind in ("strong", "em", "raw"):
        return _of_marked(runs)
    lead = runs[0].text.strip() if runs[0].kind == "text" else ""
    alone = len(runs) == 1 or runs[1].kind == "break"
    if alone and lead.isupper() and is_clear(lead):  # `SIDE EFFECTS`, on a line of its own
        return Label(lead.rstrip(": "), trim(runs[1:]), LABEL, True)
    match = _PLAIN_LABEL.match(runs[0].text) if ":" in lead else None
    if match and (
        is_clear(match.group(1), marked=alone and lead.endswith(":"))
        or _is_note(match.group(1), block)
    ):
        return Label(
            match.group(1).strip(), trim((_run_from(runs[0], match.end()), *runs[1:])), LABEL, True
        )
    return None


def usual_level(
    blocks: Sequence[Block], labels: Sequence[Label | None], section_keys: Sequence[str | None]
) -> tuple[int, frozenset[str]]:
    """The heading level of a document's sections, and the keys of the sections on it or above it.
    `labels` are those of the blocks, `section_keys` the sections that those of headings name.

    It is the outermost level that names at least two sections, and at least half as many as the
    level that names most. Deeper headings then belong to a section, and on a page of several drugs
    two closing sections do not outweigh the drugs' own.
    """
    headings = [
        (block.level, key)
        for block, label, key in zip(blocks, labels, section_keys, strict=True)
        if block.kind == "heading" and label
    ]
    levels = [level for level, _ in headings]
    keys: dict[int, set[str]] = {}
    for level, key in headings:
        if key:
            keys.setdefault(level, set()).add(key)
    most = max(map(len, keys.values()), default=0)
    outer = [level for level in keys if len(keys[level]) >= 2 and len(keys[level]) * 2 >= most]
    fullest = [level for level in keys if len(keys[level]) == most]
    below_title = levels[1:] or levels
    usual = min(outer or fullest or below_title, default=2)
    return usual, frozenset(key for level, key in headings if level <= usual and key)


def split_labels(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with each paragraph divided where a line starts with a label of the
    vocabulary."""
    return [
        piece for block in blocks for piece in (_split(block) if len(block.runs) > 2 else (block,))
    ]


def _split(block: Block) -> Iterator[Block]:
    if block.kind != "paragraph":
        yield block
        return
    start = 0
    for at, run in enumerate(block.runs):
        if run.kind == "break" and at + 1 < len(block.runs):
            label = label_of(replace(block, runs=block.runs[at + 1 :]))
            starts = (
                label and label.closed and (is_clear(label.text) or _is_note(label.text, block))
            )
            if starts or _is_name(block.runs[at + 1 :]):
                yield replace(block, runs=trim(block.runs[start:at]))
                start = at + 1
    yield replace(block, runs=block.runs[start:]) if start else block


def _is_note(text: str, block: Block) -> bool:
    return text.strip().casefold() == "note" and is_ai_note(block.text)


def _is_name(runs: tuple[Run, ...]) -> bool:
    """Whether a line has only bold words and the next one starts with a label of the vocabulary:
    then the words name a drug."""
    if len(runs) < 3 or runs[0].kind != "strong" or runs[1].kind != "break":
        return False
    below = label_of(Block("paragraph", 0, 0, runs=runs[2:]))
    return below is not None and below.closed and is_clear(below.text)


def _of_marked(runs: tuple[Run, ...]) -> Label | None:
    """The label of a paragraph that starts in bold. In italics only a section's name with a colon
    is a label."""
    statement = _STATEMENT.match(runs[0].text) if len(runs) == 1 else None
    if statement:  # `*Disclaimer: Ask first.*`, all of it in italics or bold
        return Label(statement.group(1), slice_runs(runs, statement.end(), None), LABEL, True)
    text, after = runs[0].text.strip(), runs[1:]
    bare = text.rstrip(": ").strip()
    if _is_ratio(runs):
        return None
    if is_clear(bare) and after and after[0].kind == "text":
        dash = _DASH.match(after[0].text)
        after = (text_run(":" + after[0].text[dash.end() :]), *after[1:]) if dash else after
    rest = _without_colon(after)
    if runs[0].kind == "strong" or _BOLD.match(runs[0].html):
        return Label(bare, rest, LABEL, text.endswith(":") or _colon(after) or not rest)
    names_section = (text.endswith(":") or _colon(after)) and is_clear(bare, marked=False)
    return Label(bare, rest, LABEL, True) if names_section else None


def _of_heading(runs: tuple[Run, ...]) -> Label:
    if len(runs) == 1 and (runs[0].kind != "text" or ":" not in runs[0].text):  # as most are
        return _of_words(runs[0].text)
    runs = trim(runs)
    whole = collapse(inline_text(runs))
    if len(runs) > 1 and runs[0].kind == "strong" and not _is_ratio(runs):
        rest = _without_colon(runs[1:])
        if rest and _is_body(
            runs[0].text.strip(), inline_text(rest).strip(), whole, _colon(runs[1:])
        ):
            return Label(runs[0].text.strip().rstrip(": ").strip(), rest, HEADING, True)
    elif runs and runs[0].kind == "text" and ":" in runs[0].text:
        head = runs[0].text.partition(":")[0]
        rest = trim((_run_from(runs[0], len(head) + 1), *runs[1:]))
        if rest and is_clear(head):
            return Label(head.strip(), rest, HEADING, True)
    return _of_words(whole)


@lru_cache(maxsize=4_096)  # pages have the same headings, and each is asked for several times
def _of_words(heading: str) -> Label:
    return Label(collapse(heading).rstrip(": "), (), HEADING, True)


def _is_body(lead: str, rest: str, whole: str, colon: bool) -> bool:
    """Whether the text after a heading's bold lead is the section's text, written on the heading's
    line by mistake."""
    if _BRACKET.fullmatch(rest) and not _REMARK.match(rest):
        return False
    if lead.endswith(":") or colon:
        return True
    return (
        (key_for(lead) is not None and key_for(whole) is None)
        or len(rest.split()) > 5
        or rest.endswith(".")
    )


def _is_ratio(runs: Sequence[Run]) -> bool:
    """Whether the first run ends in a number that is the first part of a ratio (`**40**:1`)."""
    return (
        len(runs) > 1
        and runs[0].text[-1:].isdigit()
        and _RATIO.fullmatch(runs[0].text[-1:] + runs[1].text[:2]) is not None
    )


def _colon(runs: Sequence[Run]) -> bool:
    return bool(runs) and runs[0].kind == "text" and runs[0].text.lstrip().startswith(":")


def _without_colon(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    match = _COLON.match(runs[0].text) if _colon(runs) else None
    return trim((_run_from(runs[0], match.end()), *runs[1:]) if match else runs)


def _run_from(run: Run, at: int) -> Run:
    return text_run(run.text[at:])
