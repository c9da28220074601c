"""insecure-link (I415)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule

_LOCAL = ("http://localhost", "http://127.0.0.1", "http://[")


@rule("I415", "insecure-link")
def insecure_link(page: Draft) -> Iterator[Problem]:
    """The address of a link starts with `http://`.

    Why it matters: anyone between the reader and that site can see and change what is read there;
    almost all sites have supported `https://` for years.

    Wrong: `[the label](http://example.org/label)`

    Right: `[the label](https://example.org/label)`

    How to fix: write `https://`, and check that the link works.
    """
    for link in page.links:
        if _is_insecure(link.target) and link.kind != "key" and not link.target.startswith(_LOCAL):
            span = page.source.span(link.place)
            yield Problem(span, _message(link.target), len(link.target))
    for reference, path in zip(page.fields.references, page.references(), strict=False):
        if _is_insecure(reference.url):
            yield page.in_front(_message(reference.url), *path, "url")


def _is_insecure(url: str) -> bool:
    return url[:7].lower() == "http://"


def _message(url: str) -> str:
    return f"Insecure link (http): {url[:80]!r}.\nWrite https://, and check that the link works."
