"""Puts the addresses that only the whole site knows into the HTML of a record."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from ..markdown.html import attribute
from ..model.monograph import Monograph

_Part = TypeVar("_Part")
_HTML_FIELDS = ("html", "answer_html", "question_html")


def with_addresses(monograph: Monograph, addresses: Iterable[tuple[str, str]]) -> Monograph:
    """A record whose links lead to the pages they mean; a link to a page that does not exist is
    left as its words. `addresses` are those of `site.internal_links`."""
    table = {attribute(typed): attribute(address) for typed, address in addresses}
    typed = "|".join(map(re.escape, sorted(table, key=len, reverse=True)))
    link = re.compile(rf'<a href="({typed})(#[^"]*)?"([^>]*)>(.*?)</a>', re.DOTALL)

    def resolved(match: re.Match[str]) -> str:
        address = table[match[1]]
        opening = f'<a href="{address}{match[2] or ""}"{match[3]}>' if address else ""
        return f"{opening}{match[4]}</a>" if opening else match[4]

    def part(whole: _Part) -> _Part:
        changed = {
            name: link.sub(resolved, html)
            for name in _HTML_FIELDS
            if "<a " in (html := getattr(whole, name, ""))
        }
        return replace(whole, **changed) if changed else whole  # type: ignore[type-var]

    return replace(
        monograph,
        sections=tuple(map(part, monograph.sections)),
        faqs=tuple(map(part, monograph.faqs)),
        references=tuple(map(part, monograph.references)),
        disclaimer=part(monograph.disclaimer) if monograph.disclaimer else None,
        note=part(monograph.note) if monograph.note else None,
    )
