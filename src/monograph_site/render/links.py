"""A record whose links lead to the addresses that the site has given its pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import unquote

from ..markdown.html import map_links
from ..model.monograph import Monograph, Statement


def relinked(monograph: Monograph, changes: Iterable[tuple[str, str]]) -> Monograph:
    """The record with other addresses for some of its links (see `site.links.find_relinks`)."""
    # A Markdown engine encodes what an author typed.
    addresses = {unquote(written): address for written, address in changes}
    if not addresses:
        return monograph

    def mapped(html: str) -> str:
        return map_links(html, lambda address: addresses.get(unquote(address), address))

    def stated(statement: Statement | None) -> Statement | None:
        return statement and replace(statement, html=mapped(statement.html))

    return replace(
        monograph,
        sections=tuple(replace(part, html=mapped(part.html)) for part in monograph.sections),
        faqs=tuple(
            replace(
                faq, question_html=mapped(faq.question_html), answer_html=mapped(faq.answer_html)
            )
            for faq in monograph.faqs
        ),
        references=tuple(replace(item, html=mapped(item.html)) for item in monograph.references),
        alerts=tuple(replace(alert, html=mapped(alert.html)) for alert in monograph.alerts),
        disclaimer=stated(monograph.disclaimer),
        note=stated(monograph.note),
    )
