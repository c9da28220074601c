"""What can be wrong with the orders an editor gives to the check itself (W901, W902)."""

from ..model.finding import declare

UNUSED_IGNORE = declare(
    "W901",
    "unused-ignore",
    """A finding is ignored that is not found.

    Why it matters: the fault was mended, and the order would hide the next one of its kind.

    Wrong: `ignore: [truncated-text]` in a file whose text is whole.

    Right: no such line.

    How to fix: remove it.
    """,
    fixable=True,
)
UNKNOWN_FINDING = declare(
    "W902",
    "unknown-finding",
    """No finding has this code or name.

    Why it matters: the order has no effect.

    Wrong: `ignore: [truncated-txt]`

    Right: `ignore: [truncated-text]`

    How to fix: write a code, a name, or the beginning of a code, as `monograph-site rules` lists
    them. """,
    fixable=True,
)
