"""`jsonl`: one object a finding, one a line, for programs that read a stream."""

from __future__ import annotations

import json
from collections.abc import Iterator

from .style import as_json
from .view import View


def write(view: View) -> Iterator[str]:
    """The findings by place."""
    for one in view.found:
        yield json.dumps(as_json(one, view.folder), ensure_ascii=False) + "\n"
