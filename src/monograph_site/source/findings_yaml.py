"""Findings on YAML, in front matter and in site.yaml (E010 to E018)."""

from ..model.finding import declare

SYNTAX = declare(
    "E010",
    "yaml-syntax",
    """The YAML cannot be read.

    Why it matters: the front matter cannot be used, so the file can't become a page.

    Wrong: `title: Examplin: a new medicine`

    Right: `title: "Examplin: a new medicine"`

    How to fix: correct the reported place. Text needs quotes if it has `: ` or ` #` in it, or
    starts with `*`, `@`, `%`, `{` or `[`. """,
    blocks_page=True,
)
DUPLICATE_KEY = declare(
    "E011",
    "yaml-duplicate-key",
    """A mapping has the same key twice.

    Why it matters: YAML readers silently use one of the two, and not all use the same: the page
    could say `approved` where the author wrote `withdrawn`.

    Wrong: `status: approved` and, lines below, `status: withdrawn`.

    Right: one of them.

    How to fix: remove the line that is out of date.
    """,
    blocks_page=True,
)
TOO_LARGE = declare(
    "E012",
    "yaml-too-large",
    """More values than front matter may have, counted as if every alias (`*name`) were written out.

    Why it matters: a few lines of aliases can mean a billion values and exhaust the machine that
    builds the site.

    Wrong: lists of aliases of lists of aliases.

    Right: the values themselves.

    How to fix: write the values out, or move long text into the body.
    """,
    blocks_page=True,
)
TOO_DEEP = declare(
    "E013",
    "yaml-too-deep",
    """The YAML is nested deeper than it may be (32 levels).

    Why it matters: front matter needs five levels at most, and depth alone can stop a parser.

    Wrong: `x: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]`

    Right: `x: []`

    How to fix: remove the brackets or the indentation.
    """,
    blocks_page=True,
)
RECURSIVE = declare(
    "E014",
    "yaml-recursive-alias",
    """A value contains itself through an alias.

    Why it matters: such a value has no end and can't be shown.

    Wrong: `names: &n [*n]`

    Right: `names: [examplin]`

    How to fix: write the value out.
    """,
    blocks_page=True,
)
UNSUPPORTED = declare(
    "E015",
    "yaml-unsupported",
    """YAML that front matter may not use: tags (`!thing`), merge keys (`<<`), keys that are not
    words.

    Why it matters: it means different things to different YAML readers, and tags can run code in
    some of them.

    Wrong: `<<: *defaults`

    Right: the keys of `defaults`, written out.

    How to fix: write the keys and values plainly.
    """,
    blocks_page=True,
)
ESCAPED = declare(
    "E018",
    "yaml-escaped-character",
    """A value writes an invisible control character or a change of writing direction as an escape.

    Why it matters: such characters are refused in text. They can hide words, reverse the order in
    which a dose is read, and make the published page invalid. The page shows \ufffd in their place.

    Wrong: `title: "Examplin\\0"`

    Right: `title: Examplin`

    How to fix: delete the escape in the value that starts at the reported column.
    """,
)
NOT_MAPPING = declare(
    "E016",
    "front-matter-not-mapping",
    """The front matter is a list or a text, not lines of `key: value`.

    Why it matters: without keys there is no title and no address, so the file can't become a page.

    Wrong: `- Examplin` between the two `---`.

    Right: `title: Examplin`

    How to fix: give each value its key.
    """,
    blocks_page=True,
)
UNCLOSED = declare(
    "E017",
    "front-matter-unclosed",
    """The front matter has no end.

    Why it matters: the whole text below it would be read as YAML.

    Wrong: `---`, `title: Examplin`, and no second `---`.

    Right: a line of three hyphens below the last key.

    How to fix: add the line.
    """,
    blocks_page=True,
)
