"""unsafe-slug (I118)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from ...loader.draft import Draft
from ...model.finding import Problem
from ...source.schema_errors import shown
from .. import rule

LONGEST = 80
"""Characters of a slug that is still easy to read, to send and to store."""
_SOUND = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ODD = re.compile(r"[^a-z0-9-]")


@rule("I118", "unsafe-slug")
def unsafe_slug(page: Draft) -> Iterator[Problem]:
    """A file name or slug that makes an address which is legal, but breaks easily.

    Why it matters: capitals lead nowhere on some servers, an apostrophe or a comma at the end of an
    address is left out by mail programs, and very long names fit no file system when more is added
    to them.

    Wrong: `drugs/St._John's-wort--tablets.md`

    Right: `drugs/st-johns-wort-tablets.md`

    How to fix: rename the file, or state a `slug` with small letters, digits and single hyphens;
    keep the old address in `aliases`.
    """
    if page.fields.permalink:
        return
    slug = page.fields.slug or PurePosixPath(page.source.path).stem
    if _SOUND.fullmatch(slug) and len(slug) <= LONGEST:
        return
    odd = "".join(dict.fromkeys(_ODD.findall(slug)))
    what = (
        f"{odd!r} in it"
        if odd
        else "a needless hyphen"
        if not _SOUND.fullmatch(slug)
        else f"{len(slug)} characters"
    )
    text = f"The address {shown(slug)} has {what}.\nUse small letters, digits and single hyphens, at most {LONGEST} signs."
    yield page.in_front(text, "slug") if page.fields.slug else page.in_front(text)
