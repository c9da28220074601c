"""`python -m monograph_site` is the same as `monograph-site`."""

import os
import sys
from contextlib import suppress
from typing import NoReturn

from .cli.main import main


def run() -> NoReturn:
    """Run the command in a process of its own, which ends without taking apart what is in memory:
    that would take a tenth of the time of a build in which nothing changed."""
    try:
        main()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    else:
        status = 0
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(status)


if __name__ == "__main__":
    run()
