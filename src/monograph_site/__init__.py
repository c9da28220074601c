"""monograph-site: publish drug monographs written in Markdown as a static website.

The Python API is `build` and `check`, which do what the commands do, and `load`, which reads one
monograph:

    from pathlib import Path
    from monograph_site import Options, build

    summary = build(Options(as_of="2025-01-31", content=Path("content"), output=Path("build")))
    print(summary.build_line())
    for finding in summary.findings:
        print(finding)
"""

from __future__ import annotations

__version__ = "0.1.0"

from importlib import import_module

TYPE_CHECKING = False  # `typing` takes longer to import than all that a run may need
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from .build.options import Options
    from .build.pipeline import build, check
    from .model.errors import MonographError
    from .model.monograph import Loaded
else:
    # The rooms of these names: imported later, they would take the place of the functions.
    from . import build, check

    del build, check

__all__ = ["MonographError", "Options", "__version__", "build", "check", "load"]
_MODULES = {
    "MonographError": ".model.errors",
    "Options": ".build.options",
    "build": ".build.pipeline",
    "check": ".build.pipeline",
}
"""Where the public names are defined. They are imported when they are first used: `--version` needs
none of them."""


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value = getattr(import_module(_MODULES[name], __name__), name)
    return value


def load(source: Path | str, content: Path | None = None) -> Loaded:
    """The record of one monograph and the findings about it, before any suppression.

    `source` is a file, or the text itself. `content` is the content folder that holds the file: its
    site.yaml applies, and the place of the file in it may say its kind; without it, or for a text,
    the defaults apply. `Loaded.monograph` is None where the text cannot be a page; the findings
    then say why.

    Findings about several files together need `check`. Raises OSError for a file that cannot be
    read, and ValueError for one that is not in `content`.
    """
    # The parsers take longer to import than a build in which nothing changed.
    from .build.load import load_bytes
    from .config import Config, load_config, read_settings

    if isinstance(source, str):
        return load_bytes("text.md", source.encode("utf-8", "surrogatepass"), Config())
    if content is None:
        return load_bytes(source.name, source.read_bytes(), Config())
    path = source.resolve().relative_to(content.resolve()).as_posix()
    config, _ = load_config(read_settings(content))
    return load_bytes(path, source.read_bytes(), config)
