"""Findings about the values of front matter (E020 to E024, W029)."""

from ..model.finding import declare

WRONG_VALUE = declare(
    "E020",
    "wrong-value",
    """A misspelt word where readers rely on the right one (a ban, a review, the level of an alert,
    the origin of the text), or an `is_banned` that is neither true nor false.

    Why it matters: a page whose ban or approval cannot be read would show neither.

    Wrong: `status: baned`, or `review: aproved`.

    Right: `status: banned`, and `review: approved`.

    How to fix: use one of the values that the message names.
    """,
    blocks_page=True,
)
UNKNOWN_KEY = declare(
    "W021",
    "unknown-key",
    """An unknown key that is similar to a known one, or is beside known keys within `review`,
    `dates`, `status`, `provenance`, `names` or `strength`. Your own keys at the top are shown under
    Details, and not reported.

    Why it matters: a misspelt key has no effect, and nothing else reports it.

    Wrong: `reveiw: approved`

    Right: `review: approved`

    How to fix: correct the key, or give your own key a name that is less similar to a known one.
    """,
)
CONTRADICTION = declare(
    "W022",
    "contradicting-fields",
    """Two keys contradict each other.

    Why it matters: only one can be shown, and readers rely on it.

    Wrong: `is_banned: false` with `status: banned`.

    Right: `status: banned` alone.

    How to fix: remove the wrong one.
    """,
)
PRICE_IN_PART = declare(
    "W023",
    "price-in-part",
    """A price without a currency. It is not shown as a price.

    Why it matters: 120 rupees are not 120 dollars.

    Wrong: `price: 120.50`

    Right: `price: INR 120.50`

    How to fix: add the three-letter code of the currency.
    """,
)
SAME_KEY = declare(
    "E024",
    "duplicate-source-key",
    """Two sources have the same key.

    Why it matters: a citation `[^label]` could mean either.

    Wrong: `sources: [{key: label, title: A}, {key: label, title: B}]`

    Right: `sources: [{key: label-us, title: A}, {key: label-eu, title: B}]`

    How to fix: give one of them another key, and correct the citations.
    """,
    blocks_page=True,
)
FOREIGN_VALUE = declare(
    "W029",
    "foreign-value",
    """A value that this tool does not expect under that key, as in the front matter of other tools.
    The page shows it under its own name.

    Why it matters: the page shows the value, but it has no effect: pages are not sorted by such a
    date, and such a status does not add a banner.

    Wrong: `date: spring 2025`, or `kind: Cardiology`.

    Right: `date: 2025-04-30`, and `kind: drug`.

    How to fix: where the value is meant for this tool, use one that the message names; otherwise
    nothing, or `severity: {foreign-value: off}` in site.yaml.
    """,
)
