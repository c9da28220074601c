"""What a build in which nothing changed has looked at, so that the same command need not look for
itself again (see `watched`)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from ..config import read_settings
from ..render.theme import default_folder
from .options import PACKAGE, Options, code_digest, scope
from .scan import paths_inside, static_folders, static_names
from .state import load_build_state
from .watched import Watched, watch


def watch_inputs_and_output(options: Options, before: int) -> Watched | None:
    """All that the build with these options depends on, and the site that it made, if none of it has
    changed since `before` (`time.time_ns()`), and all of it can be watched. Raises OSError."""
    settings = read_settings(options.content)
    if settings.states_includes:  # they may be anywhere
        return None
    excluded, static = scope(options, settings, code_digest(options.cache / "code"))
    content = options.content
    static_trees = [content / name for name in static_folders(content, excluded, static)]
    own_trees = [options.templates] if options.templates.is_dir() else []
    possible = [options.templates, *(content / name for name in static_names(static))]
    left_out = {path for path in possible if os.path.lexists(path)}.difference(
        own_trees, static_trees
    )
    published = load_build_state(options.cache / "state", options.output).files
    return watch(
        map(str, (content, *static_trees, *own_trees, default_folder(), PACKAGE)),
        [
            *map(str, (options.output, *left_out)),
            *(f"{options.output}/{path}" for path in published),
        ],
        map(str, (*possible, *_repositories(content))),
        frozenset(f"{content}/{path}" for path in paths_inside(content, excluded)),
        before,
    )


def _repositories(content: Path) -> Iterator[Path]:
    """Where the folder of a repository may be that holds the content: it says how far static folders
    may lie away."""
    root = content.resolve()
    for folder in (root, *root.parents):
        yield folder / ".git"
