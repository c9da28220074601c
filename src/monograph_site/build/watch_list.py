"""What a build in which nothing changed has looked at, so that the same command need not look for
itself again (see `watched`)."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from ..config import read_settings
from ..model.files import signature_from_stat
from ..render.theme import default_folder
from .options import PACKAGE, Options, code_digest, scope
from .scan import paths_inside, static_folders, static_names
from .state import changed_files, load_build_state
from .watched import Watched, watch


def watch_inputs_and_output(options: Options, before: int) -> Watched | None:
    """All that the build with these options depends on, and the site that it made, if all of it can
    be watched, and what it depends on has not changed since `before` (`time.time_ns()`). Raises
    OSError."""
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
    state, compared = load_build_state(options.cache / "state", options.output), time.time_ns()
    if not state.files or changed_files(state, options.output):
        return None
    made = {str(options.output): signature_from_stat(os.lstat(options.output))}
    made |= {f"{options.output}/{path}": file.signature for path, file in state.files.items()}
    return watch(
        map(str, (content, *static_trees, *own_trees, default_folder(), PACKAGE)),
        map(str, left_out),
        map(str, (*possible, *_repositories(content))),
        frozenset(f"{content}/{path}" for path in paths_inside(content, excluded)),
        before,
        made,
        compared,
    )


def _repositories(content: Path) -> Iterator[Path]:
    """Where the folder of a repository may be that holds the content: it says how far static folders
    may lie away."""
    root = content.resolve()
    for folder in (root, *root.parents):
        yield folder / ".git"
