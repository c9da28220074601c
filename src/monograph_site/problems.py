"""What keeps a command from its work although no content is at fault."""

from __future__ import annotations


class Refusal(Exception):
    """What was asked for can't be done as it was asked; the message says why and what to do. Exit status 2."""
