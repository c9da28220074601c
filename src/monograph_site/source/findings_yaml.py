"""Findings about YAML, TOML and JSON, in front matter and in site.yaml (E010 to E019)."""

from ..model.finding import declare

SYNTAX = declare(
    "E010",
    "yaml-syntax",
    """YAML syntax error.

    Why it matters: none of the front matter can be read, so the file cannot become a page.

    Wrong: `title: Examplin: a new medicine`

    Right: `title: "Examplin: a new medicine"`

    How to fix: correct the place that the message names. Text that contains `: ` or `#`, or starts
    with `*`, `@`, `%`, `{` or `[`, must be in quotes.
    """,
    blocks_page=True,
)
DUPLICATE_KEY = declare(
    "E011",
    "yaml-duplicate-key",
    """Duplicate key in a mapping.

    Why it matters: YAML parsers silently use one of the two, and not all the same one: the page
    could say `approved` where the author wrote `withdrawn`.

    Wrong: `status: approved` and, some lines below, `status: withdrawn`.

    Right: one of them.

    How to fix: remove the line that is out of date.
    """,
    blocks_page=True,
)
TOO_LARGE = declare(
    "E012",
    "yaml-too-large",
    """More values than front matter may have, counted with every alias (`*name`) expanded.

    Why it matters: a few lines of aliases can expand to a billion values and stop the build
    machine.

    Wrong: lists of aliases of lists of aliases.

    Right: the values themselves.

    How to fix: write the values out, or move long text into the body.
    """,
    blocks_page=True,
)
TOO_DEEP = declare(
    "E013",
    "yaml-too-deep",
    """The YAML is nested more deeply than allowed (32 levels).

    Why it matters: front matter never needs more than five levels; depth alone can stop a parser.

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

    Why it matters: such a value has no end and cannot be shown.

    Wrong: `names: &n [*n]`

    Right: `names: [examplin]`

    How to fix: write the value out.
    """,
    blocks_page=True,
)
UNSUPPORTED = declare(
    "E015",
    "yaml-unsupported",
    """YAML features that front matter may not use: tags (`!thing`), merge keys (`<<`), keys that
    are not text.

    Why it matters: different programs read them differently, and in some of them tags can run code.

    Wrong: `<<: *defaults`

    Right: the keys of `defaults`, written out.

    How to fix: write the keys and values out.
    """,
    blocks_page=True,
)
ESCAPED = declare(
    "E018",
    "yaml-escaped-character",
    """A value contains an invisible control character or a bidirectional control, written as an
    escape.

    Why it matters: such characters can hide words, reverse the order in which a dose is read, and
    make the published page invalid. The page shows \ufffd instead.

    Wrong: `title: "Examplin\\0"`

    Right: `title: Examplin`

    How to fix: delete the escape; the column is that of the value.
    """,
)
NOT_MAPPING = declare(
    "E016",
    "front-matter-not-mapping",
    """The front matter is a list or a text instead of lines of `key: value`.

    Why it matters: without keys there is no title and no address, so the file cannot become a page.

    Wrong: `- Examplin` between the two `---`.

    Right: `title: Examplin`

    How to fix: give each value a key.
    """,
    blocks_page=True,
)
UNCLOSED = declare(
    "E017",
    "front-matter-unclosed",
    """The front matter is not closed.

    Why it matters: all of the text below would be read as YAML.

    Wrong: `---`, `title: Examplin`, and no second `---`.

    Right: a line of three hyphens below the last key (of three plus signs, for TOML).

    How to fix: add the line.
    """,
    blocks_page=True,
)
FORMAT_SYNTAX = declare(
    "E019",
    "front-matter-syntax",
    """Syntax error in TOML front matter (between lines of `+++`), in JSON front matter (an object at
    the top of the file), or in a data file.

    Why it matters: none of the front matter or data can be read, so there is no page.

    Wrong: `title = Examplin` between lines of `+++`.

    Right: `title = "Examplin"`

    How to fix: correct the place that the message names.
    """,
    blocks_page=True,
)
