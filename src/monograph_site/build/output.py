"""The output folder: whether it may be used, one build at a time, and which files in it are ours."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from ..model import files
from ..model.errors import OutputError
from ..model.files import Signature

try:
    import fcntl
except ImportError:  # Windows: two builds at once are the user's own care there
    fcntl = None  # type: ignore[assignment]


MANIFEST = ".monograph-site.json"


TEMPORARY = ".monograph-site.tmp"


def check(output: Path, inputs: Mapping[str, Path]) -> None:
    """Refuse an output folder that is a link, or that holds or lies in a folder we read or keep.

    `inputs` are those folders by the word for them in the message. Only the content may hold the
    output (and is then read without it), so that `--content .` works. Raises `OutputError`.
    """
    if output.is_symlink():
        raise OutputError(
            f"the output {str(output)!r} is a symbolic link; name the folder it leads to instead"
        )
    if output.exists() and not output.is_dir():
        raise OutputError(f"the output {str(output)!r} is no folder; choose another --output")
    place = output.resolve()
    for word, folder in inputs.items():
        other = folder.resolve()
        if (
            place == other
            or place in other.parents
            or (other in place.parents and word != "content")
        ):
            raise OutputError(
                f"the output folder {str(output)!r} and the {word} folder {str(folder)!r} may not lie within one "
                "another; choose another --output"
            )


@contextmanager
def locked(output: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Hold the output folder (made if need be) for one build; a second build calls `on_wait` once
    and waits.

    The lock is on the folder itself, so nothing is left behind in it, and a killed build's lock is
    gone with it.
    """
    made = not output.exists()
    handle = _lock(output, on_wait) if fcntl else None
    try:
        yield
    finally:
        if made:
            with suppress(OSError):
                output.rmdir()  # a build that published nothing leaves nothing
        if handle is not None:
            os.close(handle)


def _lock(output: Path, on_wait: Callable[[], None]) -> int:
    while True:
        output.mkdir(parents=True, exist_ok=True)
        handle = os.open(output, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            on_wait()
            fcntl.flock(handle, fcntl.LOCK_EX)
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(handle), os.stat(output)):
                return handle
        os.close(
            handle
        )  # the other build took the folder away with it: lock the one that is there next


def read_manifest(output: Path) -> dict[str, str]:
    """The files of ours by path, with the digest of their content; empty where there is no
    manifest.

    A path that would leave the folder is passed over: a manifest is only a file, and need not be
    ours. Raises `OutputError` when it can't be read.
    """
    try:
        files = json.loads((output / MANIFEST).read_bytes())["files"]
        return {path: str(value) for path, value in files.items() if is_inside(path)}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        raise OutputError(
            f"the manifest {str(output / MANIFEST)!r} can't be read, so nobody knows which files here are ours; "
            "move the folder away or choose another --output"
        ) from None


def write_manifest(output: Path, files: Mapping[str, str]) -> None:
    """Replace the manifest at once; left alone when it says the same. The same files give the same
    bytes."""
    content = (
        json.dumps({"files": dict(sorted(files.items()))}, ensure_ascii=False, indent=0).encode()
        + b"\n"
    )
    with suppress(OSError):
        if (output / MANIFEST).read_bytes() == content:
            return
    temporary = output / TEMPORARY
    temporary.mkdir(exist_ok=True)
    (temporary / MANIFEST).write_bytes(content)
    os.replace(temporary / MANIFEST, output / MANIFEST)


def is_inside(path: str) -> bool:
    """Whether a relative path names a file below the folder, other than our own two names at its
    top."""
    parts = path.split("/")
    sound = all(part not in ("", ".", "..") for part in parts) and not any(
        sign in path for sign in "\\\0"
    )
    return sound and parts[0] not in (MANIFEST, TEMPORARY)


def signatures(output: Path, paths: Iterable[str]) -> dict[str, Signature]:
    """The signatures of those of the paths that are regular files now."""
    root = f"{output}/"
    return {path: found for path in paths if (found := files.take(root + path)) is not None}
