"""Findings on site.yaml (E030 to E032) and on templates (E041)."""

from ..model.finding import declare

UNREADABLE = declare(
    "E030",
    "config-unreadable",
    """site.yaml can't be read, or is not UTF-8.

    Why it matters: the site would be built with other settings than yours.

    Wrong: a site.yaml saved as UTF-16.

    Right: the same file saved as UTF-8.

    How to fix: save the file as UTF-8, or change its permissions.
    """,
)
WRONG_SETTING = declare(
    "E031",
    "config-wrong-value",
    """A setting has a value that it cannot have.

    Why it matters: the default is used instead.

    Wrong: `language: english`

    Right: `language: en`

    How to fix: write a value such as the message shows.
    """,
)
UNKNOWN_SETTING = declare(
    "E032",
    "config-unknown-key",
    """A setting that does not exist.

    Why it matters: a misspelt setting has no effect, and nothing else would tell you.

    Wrong: `lnaguage: en`

    Right: `language: en`

    How to fix: correct the key, or remove it.
    """,
)
TEMPLATE_FAULT = declare(
    "E041",
    "template-fault",
    """A template of the theme can't be read or rendered.

    Why it matters: the pages that need it can't be built; the preview shows the last good ones.

    Wrong: `{% if page.title %}` without an `{% endif %}`.

    Right: `{% if page.title %}{{ page.title }}{% endif %}`

    How to fix: correct the reported line, or remove your own copy of the template.
    """,
)
