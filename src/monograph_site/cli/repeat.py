"""The same `build` again, where nothing changed: it prints what it printed before.

Looking at files takes less time than importing what can build a site. So a build that found nothing
changed, or made all of the site, leaves its command, what is to be printed and what it looked at in
the cache (`remember`), and the next run begins by asking for that (`recall`). Where anything at all
is different, or there is something to say that depends on more than that, the build itself is run.
"""

from __future__ import annotations

import os
import sys
import time
import warnings
from contextlib import suppress

from ..build.watched import encode, installed_packages, read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..build.options import Options

_FILE = "unchanged"
"""Name of the file in the cache folder."""
_DEFAULT_CACHE = ".monograph-site"


def recall(arguments: list[str]) -> int | None:
    """Print what the same command printed when it found nothing changed, if that would happen again.
    Returns its exit status; None where the command has to be run."""
    start = time.perf_counter()
    if arguments[:1] != ["build"] or sys.getfilesystemencoding() != "utf-8":
        return None
    if sys.stdout is None or sys.stderr is None:  # closed by the caller (`2>&-`)
        return None
    kept = read(os.path.join(_cache_folder(arguments), _FILE))
    if kept is None:
        return None
    try:
        (status, messages, line, *command), watched = kept
        if command != _command(arguments) or not watched.is_as_before():
            return None
        sys.stderr.write(messages)
        sys.stderr.flush()
        sys.stdout.write(f"{line} ({time.perf_counter() - start:.2f} s)\n")
        sys.stdout.flush()
        return int(status)
    except (OSError, ValueError):  # the command knows what to do
        return None


def remember(
    arguments: list[str], options: Options, start: int, status: int, messages: str, line: str
) -> None:
    """Keep what a build prints that finds nothing changed: `messages` for standard error, and the
    closing `line` without the time taken. The last build began at `start` (`time.time_ns()`)."""
    # Only for a build that `recall` could not answer.
    from ..build.cache import write_atomically
    from ..build.watch_list import watch_inputs_and_output
    from ..model.errors import CacheWarning

    texts = [str(status), messages, line, *_command(arguments)]
    with suppress(OSError, ValueError), warnings.catch_warnings():
        warnings.simplefilter("ignore", CacheWarning)  # the site is not made without it
        watched = watch_inputs_and_output(options, start)
        if watched is not None and not any("\0" in text for text in texts):
            write_atomically(options.cache / _FILE, encode(texts, watched), has_checksum=True)


def forget(options: Options) -> None:
    """Remove what was kept, so that no run looks at it in vain."""
    with suppress(OSError):
        (options.cache / _FILE).unlink(missing_ok=True)


def _cache_folder(arguments: list[str]) -> str:
    """The cache folder that a command most likely names. Where it names another, nothing is found
    there that was kept for the same command."""
    for number, argument in enumerate(arguments):
        name, separator, value = argument.partition("=")
        if name == "--cache":
            return value if separator else "".join(arguments[number + 1 : number + 2])
    return _DEFAULT_CACHE


def _command(arguments: list[str]) -> list[str]:
    """A command, and all it depends on besides files: where and when it is run, by what, and
    whether its messages have colours."""
    shown = (sys.stderr.isatty(), os.environ.get("NO_COLOR"), os.environ.get("TERM"))
    today = time.strftime("%Y-%m-%d")
    surroundings = [sys.version, __file__, os.getcwd(), today, repr(shown), *installed_packages()]
    return [*surroundings, "", *arguments]
