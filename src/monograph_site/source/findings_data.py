"""Findings about data files (E060 to W065)."""

from ..model.finding import declare

MISSING_DATA_FILE = declare(
    "E060",
    "missing-data-file",
    """site.yaml names a data file that is not in the content folder, or cannot be read.

    Why it matters: none of its entries is published.

    Wrong: `collections: {medications: {data: med.toml}}` where the file is `meds.toml`.

    Right: `collections: {medications: {data: meds.toml}}`

    How to fix: write the path of the file from the content folder.
    """,
)
UNNAMED_ENTRY = declare(
    "E061",
    "unnamed-entry",
    """An entry of a data file does not say what it is about. It is not published.

    Why it matters: without a title there is no page, and without the name of a monograph a row
    belongs to none.

    Wrong: `- {dose: 5 mg}`

    Right: `- {title: Examplin, dose: 5 mg}`

    How to fix: add `title`. Where a column has another name, say in site.yaml which it is:
    `columns: {Medicine: title}`.
    """,
)
NOT_ENTRIES = declare(
    "E062",
    "no-entries",
    """A data file has no list of entries: it is not a list of mappings, a mapping with one such list,
    or a mapping of mappings.

    Why it matters: nothing of the file is published.

    Wrong: a file that says only `Examplin`.

    Right: `- title: Examplin`, or `examplin: {title: Examplin}`.

    How to fix: write the entries as a list, each as a mapping.
    """,
)
RAGGED_ROW = declare(
    "W063",
    "ragged-row",
    """A row of a CSV file has more or fewer cells than its first row. Cells without a column are shown
    as `Column 5`.

    Why it matters: the cells behind a missing one are in wrong columns: a dose may be shown as a
    price.

    Wrong: `Examplin,5,mg` below `title,dose`.

    Right: `Examplin,5 mg`, or `"Examplin, forte",5 mg`.

    How to fix: add the missing cells, and put quotes around a cell that has a comma in it.
    """,
)
UNKNOWN_COLUMN = declare(
    "W064",
    "unknown-column",
    """`columns` in site.yaml names a column that the CSV file does not have.

    Why it matters: the field that it is for stays empty.

    Wrong: `columns: {Medcine: title}` for a file whose first row is `Medicine,Dose`.

    Right: `columns: {Medicine: title}`

    How to fix: write the column as in the first row of the file.
    """,
)
UNCLOSED_CELL = declare(
    "E067",
    "unclosed-cell",
    """A cell of a CSV file starts with a quotation mark that is not closed.

    Why it matters: all rows below it become one cell.

    Wrong: `"Examplin,5 mg`

    Right: `"Examplin",5 mg`

    How to fix: close the quotation mark; a quotation mark inside such a cell is written twice.
    """,
)
UNMATCHED_ROW = declare(
    "W065",
    "unmatched-row",
    """A row of a data file names a monograph that the site does not have. The row is not shown.

    Why it matters: a dose or a price is missing on the page that it is meant for.

    Wrong: `Examplinn,INR,12.50` where the page has the title Examplin.

    Right: `Examplin,INR,12.50`

    How to fix: write the title of the page, or its slug (the name of its file without `.md`).
    """,
)
