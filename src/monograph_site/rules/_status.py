"""What a text itself says of whether its medicine may be sold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from ..loader.draft import Draft

MANY = 50
"""Places of one page that are looked at: what is said of a medicine is said early and often."""
_LONGEST = 400
_ENDS = (". ", "? ", "! ", ": ", ":** ", ";", "\n")
# A ban that is not one on the medicine: in sport, of its use in animals or on farms, of buying it
# without prescription.
_OTHER_BAN = re.compile(
    r"\b(?:athlet\w+|sports?|sporting|doping|olympics?|competitions?|competitive|wada|advertis\w+|livestock|animals?"
    r"|veterinary|poultry|food additive|farm\w*|over-the-counter|otc|access to|smoking|tobacco|pesticides?|pilots?)\b"
)
_DENIED = re.compile(r"\b(?:not|never|no longer)\b")
_NOT = re.compile(
    r"(?:\b(?:not|never|neither|nor|no|may|might|could|if|whether|be)|n['’]t)(?:[ *_]+\w+){0,2}[ *_]*$"
)
_ITSELF = re.compile(
    r"\b(?:it|its|itself|use|sale|marketing|(?:this|the|these) (?:\w+ )?"
    r"(?:medicines?|drugs?|medications?|combinations?|products?|formulations?))\b"
)
_WHICH = re.compile(r"[,(]\s*(?:which|who)\b|\blike\b|\bunlike\b|\bsuch as\b")


class StatusClaim(NamedTuple):
    """One status of a medicine as front matter states it, and where."""

    path: tuple[str | int, ...]
    state: str
    jurisdiction: str
    reason: str


def statuses(page: Draft) -> Iterator[StatusClaim]:
    """Every status that front matter states, in its order; `is_banned: true` is one too."""
    data = page.front.data
    stated = data.get("status")
    why_banned = str(data.get("ban_reason") or "").strip()
    for number, one in enumerate(stated if isinstance(stated, list) else [stated]):
        given = one if isinstance(one, dict) else {"state": one}
        state = re.sub(r"[\s_-]+", "_", str(given.get("state") or "").strip().lower())
        if state:
            reason = str(given.get("reason") or "").strip() or (
                why_banned if state == "banned" else ""
            )
            path = ("status", number) if isinstance(stated, list) else ("status",)
            yield StatusClaim(
                path, state, str(given.get("jurisdiction") or "").strip().upper(), reason
            )
    if page.fields.is_banned:
        yield StatusClaim(("is_banned",), "banned", "", why_banned)


def said_of_itself(page: Draft, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """The first match of a pattern such as `is banned`, in lower case, that is said of the page's
    own medicine."""
    return next(
        (
            match
            for match in islice(pattern.finditer(page.lower), MANY)
            if _about_itself(page, match)
        ),
        None,
    )


def _about_itself(page: Draft, match: re.Match[str]) -> bool:
    """Whether the sentence of a match is about the medicine.

    What stands before the match must name the medicine or an ingredient of it, or speak of `it` or
    `this drug`; or nothing stands there (`A: Banned in two countries.`). In a clause with `which`
    only the words right before it count.
    """
    subject, behind = _sentence(page.lower, match)
    asked = behind.endswith("?") and "why" not in subject  # what is asked is not said
    denied = _NOT.search(subject) or _DENIED.search(match.group())
    if asked or denied or _OTHER_BAN.search(subject + behind):
        return False
    if not re.search(r"[^\W\d_]", subject):
        return True
    clauses = [*_WHICH.finditer(subject)]
    if clauses:
        above, inside = subject[: clauses[-1].start()], subject[clauses[-1].end() :]
        if "," not in inside:
            return any(name in " ".join(above.split()[-4:]) for name in _names(page))
        subject = above + inside.rpartition(",")[2]
    return any(name in subject for name in _names(page)) or _ITSELF.search(subject) is not None


def _sentence(text: str, match: re.Match[str]) -> tuple[str, str]:
    """What stands in a sentence before a match, and the rest from the match on with the sign that
    ends it."""
    before = text[max(0, match.start() - _LONGEST) : match.start()]
    start = max(found + len(end) if (found := before.rfind(end)) >= 0 else 0 for end in _ENDS)
    end = re.compile(r"[.?!](?=\W*\s)|\n").search(text, match.end(), match.end() + _LONGEST)
    return before[start:], text[
        match.start() : end.end() if end else match.end() + _LONGEST
    ].rstrip()


def _names(page: Draft) -> list[str]:
    """The medicine's name, its ingredients' and its other names, in lower case; of each the first
    word is enough."""
    stated = [*page.title.split(" + "), *(name.text for name in page.fields.names)]
    return [words[0] for name in stated if (words := re.findall(r"[^\W\d_]{4,}", name.lower()))]
