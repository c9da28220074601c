"""unsafe-slug (I118)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...regex import regex
from ...source.schema_errors import describe_value
from .. import rule

MAX_SLUG = 80
"""Characters of a slug that is still easy to read, to send and to store."""
_SAFE = regex(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_UNSAFE_CHARACTER = regex(r"[^a-z0-9-]")


@rule("I118", "unsafe-slug")
def unsafe_slug(page: Draft) -> Iterator[Problem]:
    """A file name or slug makes an address that is legal but breaks easily.

    Why it matters: addresses with capital letters fail on some servers, mail programs cut off an
    apostrophe or a comma at the end of an address, and very long names exceed the limits of file
    systems.

    Wrong: `drugs/St._John's-wort--tablets.md`

    Right: `drugs/st-johns-wort-tablets.md`

    How to fix: rename the file, or set a `slug` of lower-case letters, digits and single hyphens;
    keep the old address in `aliases`.
    """
    if page.fields.permalink or page.fields.slug == "/":
        return
    slug = page.fields.slug or page.slug
    is_safe = _SAFE.fullmatch(slug) is not None
    if is_safe and len(slug) <= MAX_SLUG:
        return
    characters = "".join(dict.fromkeys(_UNSAFE_CHARACTER.findall(slug)))
    if characters:
        problem = f"contains {characters!r}"
    else:
        problem = f"has {len(slug)} characters" if is_safe else "has an unnecessary hyphen"
    text = (
        f"The address {describe_value(slug)} {problem}."
        f"\nUse lower-case letters, digits and single hyphens, at most {MAX_SLUG} characters."
    )
    yield page.in_front(text, "slug") if page.fields.slug else page.in_front(text)
