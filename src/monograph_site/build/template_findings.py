"""Findings on the templates of a site (E041)."""

from __future__ import annotations

import os

from ..config.findings import TEMPLATE_FAULT
from ..model.excerpt import with_excerpts
from ..model.finding import Finding
from ..model.source import Source, Span
from ..render.theme_faults import template_faults
from .options import Inputs, Options
from .site_plan import SitePlan


def find_template_faults(options: Options, inputs: Inputs, plan: SitePlan) -> tuple[Finding, ...]:
    """A finding for each fault in the site's own templates; its path leads from the content folder to
    the file. Raises what `Loader.record_bytes` raises."""
    theme = inputs.theme
    paths = plan.sources
    faults = template_faults(
        theme,
        plan.config,
        (planned.page for planned in plan.pages),
        lambda record: plan.loader.record_bytes(record, paths[record]),
    )
    texts = {file: theme.templates[name] for name, file in theme.files.items()}
    findings: list[Finding] = []
    for fault in faults:
        path = os.path.relpath(fault.file, options.content).replace(os.sep, "/")
        finding = TEMPLATE_FAULT.at(path, Span(fault.line, 1), fault.text)
        findings += with_excerpts((finding,), Source(path, texts.get(fault.file, "")))
    return tuple(findings)
