"""Findings about site.yaml (E030 to E032) and templates (E041)."""

from ..model.finding import declare

UNREADABLE = declare(
    "E030",
    "config-unreadable",
    """site.yaml cannot be read, or is not UTF-8.

    Why it matters: the site would be built with default settings instead of yours.

    Wrong: a site.yaml saved as UTF-16.

    Right: the same file saved as UTF-8.

    How to fix: correct the file or its permissions.
    """,
)
WRONG_SETTING = declare(
    "E031",
    "config-wrong-value",
    """Invalid value of a setting.

    Why it matters: the default would be used instead.

    Wrong: `language: english`

    Right: `language: en`

    How to fix: use a value such as the message shows.
    """,
)
UNKNOWN_SETTING = declare(
    "E032",
    "config-unknown-key",
    """Unknown setting.

    Why it matters: a misspelt setting has no effect, and nothing else reports it.

    Wrong: `lnaguage: en`

    Right: `language: en`

    How to fix: correct the key, or remove it.
    """,
)
TEMPLATE_FAULT = declare(
    "E041",
    "template-fault",
    """A template of the theme cannot be read or rendered.

    Why it matters: pages that need it cannot be rendered; the preview shows their last good
    versions.

    Wrong: `{% if page.title %}` without an `{% endif %}`.

    Right: `{% if page.title %}{{ page.title }}{% endif %}`

    How to fix: correct the line that the message names, or remove your own copy of the
    template.
    """,
)
