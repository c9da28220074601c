"""Where a medicine is banned or withdrawn, and where it is approved."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.claims import Claim
from ...regex import regex
from .sentences import Text

COUNTRIES = {
    "australia": "AU", "canada": "CA", "china": "CN", "european union": "EU", "eu": "EU",
    "europe": "EU", "france": "FR", "germany": "DE", "india": "IN", "japan": "JP", "uk": "GB",
    "united kingdom": "GB", "united states": "US", "us": "US", "usa": "US",
}  # fmt: skip
"""Names of countries in texts -> the codes that `jurisdiction` has."""
_IN_COUNTRY = r"\s+in\s+(?:the\s+)?(" + "|".join(sorted(COUNTRIES, key=len, reverse=True)) + r")\b"
_MARKET = r"(?:\s+(?:from|off)\s+(?:the\s+)?market)?"
_PATTERNS = (
    ("banned", "banned", regex("banned" + _IN_COUNTRY)),
    ("banned", "withdrawn", regex("withdrawn" + _MARKET + _IN_COUNTRY)),
    ("approved", "approved", regex(r"approved(?:\s+for\s+use)?" + _IN_COUNTRY)),
)
_NEGATED = regex(
    r"\b(?:not|never|no|nor|once|was|were|may|might|if|previously|formerly|until|some|longer)\b"
    r"|n['’]t\b"
)


def status(text: Text) -> Iterator[Claim | None]:
    """Statements without a condition that a medicine is banned or withdrawn (side `banned`), or
    approved (`approved`); the country is the value."""
    for side, word, pattern in _PATTERNS:
        for sentence in text.find(word, pattern):
            before = sentence.before
            if side == "banned":  # "was banned" is true today, "was approved" may not be
                before = before.replace("was ", "")
            if not _NEGATED.search(before):
                yield sentence.claim("status", side, COUNTRIES[sentence.match.group(1)])
