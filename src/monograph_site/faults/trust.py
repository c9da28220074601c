"""What only all files together show of dates, reviews and disclaimers (I501, W511 to I514)."""

from ..diagnostics import declare

IMPORT_DATES = declare(
    "I501",
    "import-dates",
    """Nearly all files carry the time stamp of one import. It is shown as an import date, never as a date of change.

    Why it matters: "last updated" on ten thousand pages at once says nothing of any of them.

    Wrong: the same `lastModified` in every file.

    Right: `dates: {content_changed: 2025-01-31}` where somebody changed the text that day.

    How to fix: remove `lastModified`, or state real dates.
    """,
)
REVIEW_OVERDUE = declare(
    "W511",
    "review-overdue",
    """The next review of the text was due before today (`--as-of`).

    Why it matters: the page tells readers that its review is overdue.

    Wrong: `review: {status: approved, by: [A. Person], on: 2019-01-31}` and an interval of 36 months.

    Right: the same with the date of a new review.

    How to fix: review the text again and state the date, or retire the page.
    """,
)
SITE_DISCLAIMER = declare(
    "I512",
    "site-disclaimer",
    """How many texts have no disclaimer of their own and show the site's. Said once for the site.

    Why it matters: site policy speaks for them, so look at it: `disclaimers` in site.yaml.

    Wrong: a text without a disclaimer where the site has none either.

    Right: a disclaimer in site.yaml for each kind and audience.

    How to fix: nothing need be done while the site's disclaimer is right for these texts.
    """,
)
REVIEW_NOT_STATED = declare(
    "I513",
    "review-not-stated",
    """How many texts state no review. Their pages say so. Said once for the site.

    Why it matters: readers can't know whether a professional has read the page.

    Wrong: a file without `review`.

    Right: `review: submitted`

    How to fix: state the true state: draft, submitted, in_review, approved or retired.
    """,
)
NOT_APPROVED = declare(
    "I514",
    "not-approved",
    """How many texts are not approved and left out, as `review.approved_only` in site.yaml asks.

    Why it matters: an editor may wait for a page that will not come.

    Wrong: `review: submitted` in a site that publishes approved texts only.

    Right: an approval with reviewer and date.

    How to fix: have the text reviewed, or publish all with a notice: `approved_only: false`.
    """,
)
