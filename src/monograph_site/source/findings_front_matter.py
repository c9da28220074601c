"""Findings on the values of front matter (E020 to E024)."""

from ..model.finding import declare

WRONG_VALUE = declare(
    "E020",
    "wrong-value",
    """A value that its key cannot have: of the wrong type, not one of the allowed words, not a
    date, not an address.

    Why it matters: pages would show something other than the author meant.

    Wrong: `status: aproved`, or `lastModified: 31/01/2025`.

    Right: `status: approved`, and `lastModified: 2025-01-31`.

    How to fix: write a value of the form that the message names.
    """,
    blocks_page=True,
)
UNKNOWN_KEY = declare(
    "W021",
    "unknown-key",
    """A key that differs from a known one by a letter or two. Keys of your own are shown under
    Details and not reported.

    Why it matters: a misspelt key has no effect, and nothing else would tell you.

    Wrong: `reveiw: approved`

    Right: `review: approved`

    How to fix: correct the key, or give your own key a name that differs more.
    """,
    fixable=True,
)
CONTRADICTION = declare(
    "W022",
    "contradicting-fields",
    """Two keys contradict each other.

    Why it matters: only one can be shown, and a reader relies on it.

    Wrong: `is_banned: false` with `status: banned`.

    Right: `status: banned` alone.

    How to fix: remove the one that is wrong.
    """,
)
PRICE_IN_PART = declare(
    "W023",
    "price-in-part",
    """A price without a currency. It is not shown as a price.

    Why it matters: 120 rupees are not 120 dollars.

    Wrong: `price: 120.50`

    Right: `price: INR 120.50`

    How to fix: add the currency's three letters.
    """,
)
SAME_KEY = declare(
    "E024",
    "duplicate-source-key",
    """Two sources have one key.

    Why it matters: a citation `[^label]` could mean either.

    Wrong: `sources: [{key: label, title: A}, {key: label, title: B}]`

    Right: `sources: [{key: label-us, title: A}, {key: label-eu, title: B}]`

    How to fix: give one of them another key, and correct the citations.
    """,
    blocks_page=True,
)
