"""What can be wrong with addresses, titles and references between files (E401 and on)."""

from ..model.finding import declare

URL_COLLISION = declare(
    "E401",
    "url-collision",
    """Two files want one address, or a file wants one that the site itself needs.

    Why it matters: one page would overwrite the other, and readers of the lost one would read about
    another medicine.

    Wrong: `drugs/examplin.md` and `drugs/old/x.md` with `permalink: /drugs/examplin/`.

    Right: each with an address of its own.

    How to fix: change the `slug`, `permalink` or alias of one. Two formularies side by side need
    `namespaces` in site.yaml. """,
    blocks_page=True,
)
DUPLICATE_TITLE = declare(
    "E402",
    "duplicate-title",
    """Two files of one kind have the same title.

    Why it matters: readers and links can't tell them apart, and the two texts will say different
    things.

    Wrong: `title: Examplin` in `examplin.md` and in `examplin-2.md`.

    Right: one page, or titles that say how they differ: `Examplin (eye drops)`.

    How to fix: merge the files, or rename one.
    """,
)
UNKNOWN_REFERENCE = declare(
    "W411",
    "unknown-reference",
    """Front matter names an ingredient, a drug or a combination by a slug that no page has.

    Why it matters: the link to its page is missing.

    Wrong: `generic_slug: examplinn`

    Right: `generic_slug: examplin`

    How to fix: write the file name of its page without `.md`, or write that page.
    """,
)
UNSAFE_ADDRESS = declare(
    "E412",
    "unsafe-address",
    """The page's address would leave the site, hide, deceive, or fit no file system.

    Why it matters: such a page can't be published without harm to others.

    Wrong: `permalink: /../secret/`

    Right: `permalink: /drugs/examplin/`

    How to fix: use letters, digits and hyphens.
    """,
    blocks_page=True,
)
UNSAFE_ALIAS = declare(
    "E413",
    "unsafe-alias",
    """An alias (an address the page had before) that can't be an address.

    Why it matters: no redirect can be made, so old links stay broken.

    Wrong: `aliases: ["/old?id=3"]`

    Right: `aliases: [/old/]`

    How to fix: write the old path, without a question mark or `#`.
    """,
)
