"""missing-translation (I712)."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.finding import Problem
from ...site.translations import missing_translations
from .. import SiteContext, site_rule


@site_rule("I712", "missing-translation", optional=True)
def missing_translation(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """A page is not in every language of the site. Reported on request only:
    `severity: {missing-translation: info}` in site.yaml, or `check --select missing-translation`.

    Why it matters: readers of that language come to its home page in place of the text.

    Wrong: `languages: [es]` in site.yaml, and `drugs/examplin.md` without a Spanish file.

    Right: `drugs/examplin.md` and `es/drugs/examplin.md`.

    How to fix: translate the page, or state with `translation_of` which file is its translation.
    """
    site = context.site
    for entry, languages in missing_translations(site.entries, site.translations, site.config):
        message = f"{entry.title!r} is not translated to {', '.join(languages)}."
        hint = "Translate it, or state `translation_of` in its translation."
        yield entry.path, Problem(entry.at("title"), f"{message}\n{hint}", len(entry.title))
