"""missing-ingredients (W109)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule


@rule("W109", "missing-ingredients")
def missing_ingredients(page: Draft) -> Iterator[Problem]:
    """A brand or a combination does not say what it contains.

    Why it matters: readers may take the same substance twice, and find no link to its page.

    Wrong: a brand with `title: Examplo` and nothing else.

    Right: the same with `ingredients: [Examplin]`, or with `generic_slug: examplin`.

    How to fix: add `ingredients`, or the slug of the drug or combination. The title `Examplin +
    Samplol` also counts.
    """
    if page.kind not in ("brand", "combination"):
        return
    product, stated = page.fields.product, page.fields.ingredients
    if not (stated or product.generic_slug or product.combination_slug or "+" in page.title):
        message = f"The {page.kind} {page.title!r} does not say what it contains."
        key = next((key for key in ("title", "name") if key in page.front.data), "")
        yield page.in_front(f"{message}\nAdd `ingredients`.", *filter(None, [key]))
