"""Every kind of finding this program can make."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from . import faults, rules, site_rules
from .diagnostics import FINDINGS, Finding, selects
from .registry import discover
from .validation import did_you_mean


@cache
def findings() -> tuple[Finding, ...]:
    """All kinds of finding, by the number of their code."""
    for package in (faults, rules, site_rules):
        discover(import_module(package.__name__))
    return tuple(sorted(FINDINGS.values(), key=lambda finding: finding.code[1:]))


def is_known(word: str) -> bool:
    """Whether a word means any finding (see `diagnostics.selects`)."""
    return any(selects(word, one) for one in findings())


def meant(word: str) -> str:
    """What to say of a word that means none: the nearest, or where all are listed."""
    names = [name for one in findings() for name in (one.name, one.code)]
    return did_you_mean(word, names) or "`monograph-site rules` lists all there are."
