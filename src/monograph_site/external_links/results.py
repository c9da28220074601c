"""What the check of a link can come to."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Verdict(StrEnum):
    """What an outcome means for the link."""

    WORKS = "works"
    MOVED = "moved"
    DEAD = "dead"
    UNAVAILABLE = "unavailable"
    """It does not work now; whether it will is not known."""
    UNCHECKED = "could not be checked"


VERDICTS = {
    "works": Verdict.WORKS,
    "moved": Verdict.MOVED,
    "moved-to-home-page": Verdict.MOVED,
    "http-error": Verdict.DEAD,
    "unknown-host": Verdict.DEAD,
    "bad-certificate": Verdict.DEAD,
    "invalid-address": Verdict.DEAD,
    "server-error": Verdict.UNAVAILABLE,
    "timeout": Verdict.UNAVAILABLE,
    "connection-failed": Verdict.UNAVAILABLE,
    "dns-failure": Verdict.UNAVAILABLE,
    "refused": Verdict.UNCHECKED,
    "rate-limited": Verdict.UNCHECKED,
    "unverified-certificate": Verdict.UNCHECKED,
    "too-many-redirects": Verdict.UNCHECKED,
    "private-address": Verdict.UNCHECKED,
}
"""The verdict of each outcome."""


class LinkResult(Struct, frozen=True):
    """What an address answered."""

    outcome: str
    """A key of `VERDICTS`."""
    detail: str = ""
    """The answer in words, such as `404 Not Found`."""
    status: int = 0
    """HTTP status; 0 where there was no answer."""
    target: str = ""
    """The address that permanent redirects name; '' without any."""
    archived: str | None = None
    """Address of an archived copy; '' where there is none, None where none was looked for."""
    checked: float = 0.0
    """When it was asked, in seconds since 1970; 0 for an address that was not."""

    @property
    def verdict(self) -> Verdict:
        """What the outcome means."""
        return VERDICTS[self.outcome]
