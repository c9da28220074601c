"""What a page says about whether its medicine may be sold, in front matter and in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from ..regex import regex

if TYPE_CHECKING:
    from ..loader.draft import Draft

SERIOUS_STATES = ("banned", "withdrawn", "suspended")
"""States of which readers must be warned."""
MAX_MATCHES = 50
"""Matches of one page that are examined; a page says early and often that its medicine is banned.
"""
_MAX_SENTENCE = 400
"""Characters of a sentence that are examined before and after a match."""
_SENTENCE_STARTS = (". ", "? ", "! ", ": ", ":** ", ";", "\n")
_SENTENCE_END = regex(r"[.?!](?=\W*\s)|\n")
_OTHER_BAN = regex(
    r"\b(?:athlet\w+|sports?|sporting|doping|olympics?|competitions?|competitive|wada|advertis\w+"
    r"|livestock|animals?|veterinary|poultry|food additive|farm\w*|over-the-counter|otc|access to"
    r"|smoking|tobacco|pesticides?|pilots?|environment\w*|ozone|propellants?|cfcs?"
    r"|chlorofluorocarbons?|cosmetics?|foods?|foodstuffs?|feed|crops?|agricultur\w*|aquaculture"
    r"|pollut\w*|waterways?|wetlands|insecticides?|herbicides?|fungicides?|detergents?|soaps?"
    r"|sunscreens?|reefs?|preservatives?|public places)\b"
)
"""Words of a ban that does not concern the medicine itself: in sport, in animals or on farms, on
sale without prescription, for the sake of the environment."""
_SOME_PEOPLE = regex(
    r"\b(?:child\w*|infants?|newborns?|minors|adolescents?|teenagers?|under[- ](?:the age of )?\d+"
    r"|pregnan\w+|breast-?feeding|women of|older (?:people|adults)|elderly|drivers?)\b"
)
"""People to whom a ban is limited."""
_SOME_PRODUCTS = regex(
    r"\b(?:(?:one|two|an?|this|that|some|certain|the (?:\w+ )?|\d[\d.,]{0,12} ?m?c?g )"
    r"(?: ?(?:high|higher|low|lower)(?:[- ]dose)?)? ?"
    r"(?:strengths?|batch(?:es)?|lots?|brands?|brand names?|versions?|manufacturers?|dose forms?)"
    r"|(?:the )?\d[\d.,]{0,12} ?m?c?g(?: (?:tablets?|capsules?|strengths?|dose|injection))?"
    r"|\d[\d.,]{0,12} ?% of|(?:oral|intravenous|iv|injectable|topical|systemic|parenteral|ophthalmic)"
    r" (?:formulations?|forms?|preparations?|products?|tablets?))"
    r"(?:\b|(?<=%))"
    r"[^.;]{0,60}$"
)
"""Words before a match of which only some products are the subject."""
_DENIED = regex(r"\b(?:not|never|no longer)\b")
_DENIED_BEFORE = regex(
    r"(?:\b(?:not|never|neither|nor|no|may|might|could|if|whether|be)|n['’]t)"
    r"(?:[ *_]+\w+){0,2}[ *_]*$"
)
_ITSELF = regex(
    r"\b(?:it|its|itself|use|sale|marketing|(?:this|the|these) (?:\w+ )?"
    r"(?:medicines?|drugs?|medications?|combinations?|products?|formulations?))\b"
)
_RELATIVE_CLAUSE = regex(r"[,(]\s*(?:which|who)\b|\blike\b|\bunlike\b|\bsuch as\b")
_OTHERS = regex(r"\b(?:analogues?|drugs|substances|compounds)\b[^,.;]{0,30}\b(?:which|that) $")
"""Words before a match in a clause about other medicines: `drugs which are banned`."""


class StatusClaim(NamedTuple):
    """One status of a medicine in front matter, and its path there."""

    path: tuple[str | int, ...]
    state: str
    jurisdiction: str
    reason: str


def statuses(page: Draft) -> Iterator[StatusClaim]:
    """Every status in front matter, in its order; `is_banned: true` is one too.

    They are taken from the front matter itself: `Fields` has only the worst of them, and none where
    one is invalid.
    """
    data = page.front.data
    stated = data.get("status")
    ban_reason = str(data.get("ban_reason") or "").strip()
    for number, value in enumerate(stated if isinstance(stated, list) else [stated]):
        status = value if isinstance(value, dict) else {"state": value}
        state = re.sub(r"[\s_-]+", "_", str(status.get("state") or "").strip().lower())
        if state:
            default = ban_reason if state == "banned" else ""
            yield StatusClaim(
                path=("status", number) if isinstance(stated, list) else ("status",),
                state=state,
                jurisdiction=str(status.get("jurisdiction") or "").strip().upper(),
                reason=str(status.get("reason") or "").strip() or default,
            )
    if page.fields.is_banned:
        yield StatusClaim(("is_banned",), "banned", "", ban_reason)


def match_about_itself(page: Draft, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """The first match of a pattern, in lower case, that is about the page's own medicine: `is
    banned` and not `is banned in sport`."""
    matches = islice(pattern.finditer(page.lower), MAX_MATCHES)
    return next((match for match in matches if _is_about_itself(page, match)), None)


def _is_about_itself(page: Draft, match: re.Match[str]) -> bool:
    """Whether the sentence of a match is about the medicine.

    The words before the match must name the medicine or one of its ingredients, or say `it` or
    `this drug`; or there are none (`A: Banned in two countries.`). In a clause with `which`, only
    the words right before it count.
    """
    subject, rest = _sentence(page.lower, match)
    is_question = rest.endswith("?") and "why" not in subject
    is_denied = _DENIED_BEFORE.search(subject) or _DENIED.search(match.group())
    if is_question or is_denied or _is_limited(subject, rest) or _OTHERS.search(subject):
        return False
    if not re.search(r"[^\W\d_]", subject):
        return True
    clauses = [*_RELATIVE_CLAUSE.finditer(subject)]
    if clauses:
        main, clause = subject[: clauses[-1].start()], subject[clauses[-1].end() :]
        if "," not in clause:
            return any(name in " ".join(main.split()[-4:]) for name in _names(page))
        subject = main + clause.rpartition(",")[2]
    return any(name in subject for name in _names(page)) or _ITSELF.search(subject) is not None


def _is_limited(subject: str, rest: str) -> bool:
    """Whether a sentence is about a ban of something else than the medicine, or of only some
    products or for only some people."""
    sentence = subject + rest
    return any(
        (_OTHER_BAN.search(sentence), _SOME_PEOPLE.search(rest), _SOME_PRODUCTS.search(subject))
    )


def _sentence(text: str, match: re.Match[str]) -> tuple[str, str]:
    """The words of a sentence before a match, and the rest from the match on with its full stop."""
    before = text[max(0, match.start() - _MAX_SENTENCE) : match.start()]
    start = max(
        place + len(words) if (place := before.rfind(words)) >= 0 else 0
        for words in _SENTENCE_STARTS
    )
    end = _SENTENCE_END.search(text, match.end(), match.end() + _MAX_SENTENCE)
    rest = text[match.start() : end.end() if end else match.end() + _MAX_SENTENCE]
    return before[start:], rest.rstrip()


def _names(page: Draft) -> list[str]:
    """The first word of each name of the medicine and of its ingredients, in lower case."""
    stated = [*page.title.split(" + "), *(name.text for name in page.fields.names)]
    return [words[0] for name in stated if (words := re.findall(r"[^\W\d_]{4,}", name.lower()))]
