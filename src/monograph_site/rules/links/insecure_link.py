"""insecure-link (I415)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule

_OWN = ("http://localhost", "http://127.0.0.1", "http://[")


@rule("I415", "insecure-link")
def insecure_link(page: Draft) -> Iterator[Problem]:
    """A link to an address that starts with `http://`.

    Why it matters: whoever is between the reader and that site can see and change what is read
    there; almost all sites have answered to `https://` for years.

    Wrong: `[the label](http://example.org/label)`

    Right: `[the label](https://example.org/label)`

    How to fix: write `https://`, and try the link.
    """
    for link in page.links:
        if (
            link.target[:7].lower() == "http://"
            and link.kind != "key"
            and not link.target.startswith(_OWN)
        ):
            message = f"{link.target[:80]!r} is not protected on its way.\nWrite https://, and try the link."
            yield Problem(page.source.span(link.place), message, len(link.target))
    for reference, path in zip(page.fields.references, page.references(), strict=False):
        if reference.url[:7].lower() == "http://":
            message = f"{reference.url[:80]!r} is not protected on its way.\nWrite https://, and try the link."
            yield page.in_front(message, *path, "url")
