"""What makes two findings the same although lines moved: the words they are about, not their line number."""

from __future__ import annotations

import re

from .diagnostics import Diagnostic
from .text import collapse, digest

_AROUND = 24
_LONGEST = 100
_NUMBER = re.compile(r"\d[\d,.]*")


def fingerprint(one: Diagnostic) -> str:
    """Ten hex digits of a finding's code, the text it is about and a few signs around that.

    The rest of the line may change (a paragraph is one line), and lines may move. Of a finding about no line (the
    whole site, an unreadable file) the message counts instead, without the numbers in it, which rise with each page.
    """
    text = _NUMBER.sub("#", one.message)
    if one.excerpt:
        at = one.span.column - one.excerpt_from
        text = one.excerpt[max(at - _AROUND, 0) : at + min(one.length, _LONGEST) + _AROUND]
    return digest(one.code, collapse(text))[:10]
