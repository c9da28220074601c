"""Every kind of finding this program can make."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from . import faults, rules, site_rules
from .diagnostics import FINDINGS, Finding
from .registry import discover


@cache
def findings() -> tuple[Finding, ...]:
    """All kinds of finding, by the number of their code."""
    for package in (faults, rules, site_rules):
        discover(import_module(package.__name__))
    return tuple(sorted(FINDINGS.values(), key=lambda finding: finding.code[1:]))
