"""Findings about addresses, titles and references between files (E401 and following)."""

from ..model.finding import declare

URL_COLLISION = declare(
    "E401",
    "url-collision",
    """Two files have the same address, or a view of a file has one that the site itself uses.

    Why it matters: one page would overwrite the other, and its readers would read about another
    medicine.

    Wrong: `drugs/examplin.md` and `drugs/old/x.md` with `permalink: /drugs/examplin/`.

    Right: each with an address of its own.

    How to fix: change the `slug`, `permalink` or alias of one. Two formularies in one site need
    `namespaces` in site.yaml.
    """,
    blocks_page=True,
)
DUPLICATE_TITLE = declare(
    "E402",
    "duplicate-title",
    """Two files of one kind have the same title.

    Why it matters: readers and links cannot tell them apart, and their texts will come to differ.

    Wrong: `title: Examplin` in `examplin.md` and in `examplin-2.md`.

    Right: one page, or titles that say how they differ: `Examplin (eye drops)`.

    How to fix: merge the files, or rename one.
    """,
)
UNKNOWN_REFERENCE = declare(
    "W411",
    "unknown-reference",
    """Front matter refers to an ingredient, a drug or a combination by a slug that no page has.

    Why it matters: the link to its page is missing.

    Wrong: `generic_slug: examplinn`

    Right: `generic_slug: examplin`

    How to fix: use the file name of its page without `.md`, or add that page.
    """,
)
UNSAFE_ADDRESS = declare(
    "E412",
    "unsafe-address",
    """The page's address would leave the site, be hidden, deceive readers, or exceed the limits of
    file systems.

    Why it matters: publishing such a page could harm others.

    Wrong: `permalink: /../secret/`

    Right: `permalink: /drugs/examplin/`

    How to fix: use letters, digits and hyphens.
    """,
    blocks_page=True,
)
UNSAFE_ALIAS = declare(
    "E413",
    "unsafe-alias",
    """An alias (a former address of the page) is not a valid address.

    Why it matters: no redirect can be made, so old links stay broken.

    Wrong: `aliases: ["/old?id=3"]`

    Right: `aliases: [/old/]`

    How to fix: use the old path, without a question mark or `#`.
    """,
)
ALIAS_IN_USE = declare(
    "W423",
    "alias-in-use",
    """An alias (a former address of the page) is the address of another page, an alias of another file
    too, or reserved for a page that this tool makes. The alias is left out; all pages are published.

    Why it matters: readers with the old address reach the other page, or none.

    Wrong: `aliases: [/drugs/examplin/]` in `examplin-old.md`, beside `drugs/examplin.md`.

    Right: an alias that only this page once had.

    How to fix: remove the alias.
    """,
)
ADDRESS_MOVED = declare(
    "W431",
    "address-moved",
    """A file asks for the address of a page that this tool makes, such as `/search/`. Its page is
    published at another address.

    Why it matters: the address that its author meant shows something else.

    Wrong: `search.md` in the content folder, whose address would be `/search/`.

    Right: `searching.md`, or `permalink: /how-to-search/` in its front matter.

    How to fix: give the file another name, `slug` or `permalink`. A file that is only the search or
    archive page of another tool can be left out: name it in `exclude` in site.yaml.
    """,
)
UNKNOWN_TRANSLATION = declare(
    "W427",
    "unknown-translation",
    """`translation_of` names no page, or one in the same language.

    Why it matters: the two pages are not linked, and readers do not find the page in their language.

    Wrong: `translation_of: paracetamoll`

    Right: `translation_of: paracetamol`

    How to fix: write the slug of the original, or its file (`drugs/paracetamol.md`).
    """,
)
DUPLICATE_TRANSLATION = declare(
    "W428",
    "duplicate-translation",
    """Two files are the same text in the same language.

    Why it matters: only the first is linked to the other languages, and the two will come to differ.

    Wrong: `drugs/paracetamol.es.md` beside `es/drugs/paracetamol.md`.

    Right: one of them.

    How to fix: remove one file, or correct its `translation_of`.
    """,
)
OUTDATED_TRANSLATION = declare(
    "W429",
    "outdated-translation",
    """The original of a translation was changed or reviewed after the translation. The page carries
    a notice.

    Why it matters: doses and warnings that were corrected in the original may still be wrong in the
    translation.

    Wrong: a translation of March 2024 of a text that was changed in May 2025.

    Right: the change translated, and the new date in `dates.changed`.

    How to fix: compare the translation with the original, translate what has changed, and state the
    date.
    """,
)
WRONG_REDIRECT = declare(
    "W424",
    "wrong-redirect",
    """A redirect of site.yaml is from the address of a page, or to an address that no page has. It is
    left out.

    Why it matters: readers with the old address get an error page, or another page than was meant.

    Wrong: `redirects: {/old/: /drugs/samplool/}`, where the page is `/drugs/samplol/`.

    Right: `redirects: {/old/: /drugs/samplol/}`

    How to fix: correct the address, or remove the redirect.
    """,
)
BROKEN_MENU_ITEM = declare(
    "W425",
    "broken-menu-item",
    """An item of the menu of site.yaml has an address that no page has. It is left out.

    Why it matters: readers do not find that part of the site.

    Wrong: `menu: {Medicines: /drug/}`, where the list is at `/drugs/`.

    Right: `menu: {Medicines: /drugs/}`

    How to fix: correct the address, or remove the item.
    """,
)
