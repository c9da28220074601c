"""Where a medicine is banned or withdrawn, and where it is approved."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.claims import Claim
from .sentences import Text

PLACES = {
    "australia": "AU", "canada": "CA", "china": "CN", "european union": "EU", "eu": "EU", "europe": "EU",
    "france": "FR", "germany": "DE", "india": "IN", "japan": "JP", "uk": "GB", "united kingdom": "GB",
    "united states": "US", "us": "US", "usa": "US",
}  # fmt: skip
"""Countries by their names in texts, as the codes that `jurisdiction` has."""
_PLACE = r"\s+in\s+(?:the\s+)?(" + "|".join(sorted(PLACES, key=len, reverse=True)) + r")\b"
_MARKET = r"(?:\s+(?:from|off)\s+(?:the\s+)?market)?"
_WAYS = (
    ("banned", "banned", re.compile("banned" + _PLACE)),
    ("banned", "withdrawn", re.compile("withdrawn" + _MARKET + _PLACE)),
    ("approved", "approved", re.compile(r"approved(?:\s+for\s+use)?" + _PLACE)),
)
_NEGATED = re.compile(
    r"\b(?:not|never|no|nor|once|was|were|may|might|if|previously|formerly|until|some|longer)\b|n['’]t\b"
)


def status(text: Text) -> Iterator[Claim | None]:
    """Statements without conditions; the country is the value."""
    for side, word, pattern in _WAYS:
        for found in text.find(word, pattern):
            before = found.before if side == "approved" else found.before.replace("was ", "")
            if not _NEGATED.search(before):
                yield found.claim("status", side, PLACES[found.match.group(1)])
