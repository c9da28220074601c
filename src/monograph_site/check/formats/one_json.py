"""`json`: one object, the numbers of the check and all findings."""

from __future__ import annotations

import json
from collections.abc import Iterator

from .style import as_json
from .view import View


def write(view: View) -> Iterator[str]:
    """The object on one line."""
    found = [as_json(one, view.folder) for one in view.found]
    yield json.dumps({**view.about, "diagnostics": found}, ensure_ascii=False) + "\n"
