"""What is reported once for a whole site: import-dates (I501), provenance-unknown (I503),
one-review-date (I506), site-disclaimer (I512), review-not-stated (I513) and not-approved (I514)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...model.finding import Problem
from ...model.source import Span
from .. import SiteContext, site_rule

MAX_APPROVALS_A_DAY = 20
"""Approvals that one person may well give in a day."""


@site_rule("I501", "import-dates")
def import_dates(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """Nearly all files carry the time stamp of one import. It is shown as an import date, never as
    a date of change.

    Why it matters: the same "last updated" on ten thousand pages says nothing about any of them.

    Wrong: the same `lastModified` in every file.

    Right: `dates: {content_changed: 2025-01-31}` where somebody changed the text that day.

    How to fix: remove `lastModified`, or give the actual dates.
    """
    if context.site.import_dates:
        yield _total(
            "Nearly all files carry the time stamp of one import, which is not a date of change."
            "\nAdd `dates: {content_changed: …}` where somebody changed the text."
        )


@site_rule("I503", "provenance-unknown")
def provenance_unknown(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """How many texts do not say where they come from: whether a person, a machine or a crowd wrote
    them. Reported once.

    Why it matters: readers trust a pharmacist's text more than a machine's, and should know which
    of them they read.

    Wrong: a file without `provenance`, in a site whose site.yaml has none either.

    Right: `provenance: {origin: ai_generated, tool: A language model}` in the file, or in site.yaml
    for all of them.

    How to fix: add `provenance` to site.yaml, for the site or for a collection, where it is the
    same for many files.
    """
    texts = context.site.texts
    unknown = sum(entry.origin in ("", "imported") for entry in texts)
    if unknown:
        yield _total(
            f"{unknown} of {len(texts)} texts do not say who or what wrote them."
            "\nAdd `provenance` to the files or to site.yaml."
        )


@site_rule("I506", "one-review-date")
def one_review_date(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """Nearly all approvals of a site carry the same date. Reported once.

    Why it matters: a team cannot review hundreds of medicines in a day, so these dates
    mean little.

    Wrong: `on: 2025-01-31` in the `review` of all four hundred files.

    Right: in each file the day on which its reviewer read it.

    How to fix: give the actual dates; if a tool set them, set the status back to `submitted`.
    """
    days = Counter(
        entry.review.on[:10] for entry in context.site.texts if entry.review.status == "approved"
    )
    day, count = max(days.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    if count > MAX_APPROVALS_A_DAY and count * 10 >= days.total() * 9:
        yield _total(
            f"{count} of {days.total()} approvals have the date {day!r}."
            "\nGive the day on which each text was reviewed."
        )


@site_rule("I512", "site-disclaimer")
def site_disclaimer(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """How many texts have no disclaimer of their own and show the site's. Reported once.

    Why it matters: these pages depend on `disclaimers` in site.yaml, so it must suit them.

    Wrong: a text without a disclaimer where the site has none either.

    Right: a disclaimer in site.yaml for each kind and audience.

    How to fix: no change is needed as long as the site's disclaimer is right for these texts.
    """
    texts = context.site.texts
    without = sum(
        not entry.has_disclaimer and (entry.kind, entry.audience) in context.site.disclaimers
        for entry in texts
    )
    if without:
        yield _total(
            f"{without} of {len(texts)} texts have no disclaimer of their own and show the site's."
            "\nCheck that `disclaimers` in site.yaml suits them."
        )


@site_rule("I513", "review-not-stated")
def review_not_stated(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """How many texts give no review status. Their pages say so. Reported once.

    Why it matters: readers cannot know whether a professional has read the page.

    Wrong: a file without `review`.

    Right: `review: submitted`

    How to fix: give the actual status: draft, submitted, in_review, approved or retired.
    """
    texts = context.site.texts
    without = sum(entry.review.status == "not_stated" for entry in texts)
    if without:
        yield _total(
            f"{without} of {len(texts)} texts give no review status, and their pages say so."
            "\nAdd `review` where a review took place or is requested."
        )


@site_rule("I514", "not-approved")
def not_approved(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """How many texts are not published because they are not approved (`review.approved_only` in
    site.yaml).

    Why it matters: an editor may wait for a page that will not appear.

    Wrong: `review: submitted` in a site that publishes approved texts only.

    Right: an approval with reviewer and date.

    How to fix: have the text reviewed, or publish all texts with a notice: `approved_only: false`.
    """
    if context.site.unapproved:
        yield _total(
            f"{context.site.unapproved} texts are not approved and so not published "
            "(`review.approved_only`).\nHave them reviewed, or publish them with a notice."
        )


@site_rule("I522", "not-for-readers")
def not_for_readers(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """How many files are not published because their front matter says so: drafts, texts with a date
    from which they are published, texts that have expired. Reported once; `serve` shows them.

    Why it matters: an editor may wait for a page that will not appear.

    Wrong: `draft: true` in a text that is finished.

    Right: the text without `draft`.

    How to fix: nothing, or remove `draft`, `published: false`, `publishDate` or `expiryDate`.
    """
    hidden = context.site.hidden
    if hidden:
        path = min(hidden)
        files = "1 file is" if len(hidden) == 1 else f"{len(hidden)} files are"
        yield _total(
            f"{files} not published, as the front matter says; the first, {path!r}, is {hidden[path].reason()}."
            "\nRemove what keeps a finished text from readers."
        )


def _total(text: str) -> tuple[str, Problem]:
    """A problem of the whole site."""
    return "", Problem(Span(), text)
