"""Findings about suppressions, in front matter and site.yaml (W901, W902)."""

from ..model.finding import declare

UNUSED_IGNORE = declare(
    "W901",
    "unused-ignore",
    """An unused suppression: the finding it ignores does not occur.

    Why it matters: the problem was fixed, and the suppression would hide the next one of its kind.

    Wrong: `ignore: [truncated-text]` in a file whose text is complete.

    Right: no such line.

    How to fix: remove it.
    """,
    fixable=True,
)
UNKNOWN_FINDING = declare(
    "W902",
    "unknown-finding",
    """A suppression names an unknown code or name.

    Why it matters: it has no effect.

    Wrong: `ignore: [truncated-txt]`

    Right: `ignore: [truncated-text]`

    How to fix: use a code, a name or a code prefix; `monograph-site rules` lists them.
    """,
)
