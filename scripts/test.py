"""Set everything up and run every test: `python3 scripts/test.py`.

Makes .venv where there is none, installs the package with its test tools, makes sure that there is
a Chromium for the browser tests (installing Debian's when run as root there), and runs pytest on
all cores. Every further argument goes to pytest, for instance `-k loader` or
`tests/test_browser.py`.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

from _venv import ROOT, find_chromium, install_system_packages, prepare

NO_CHROMIUM = """\
The browser tests need Chromium, and none was found. Do one of these and run the command again:

    apt-get install chromium fonts-liberation            (Debian; as root this command does it by itself)
    snap install chromium                                (Ubuntu)
    CHROMIUM=/path/to/chrome python3 scripts/test.py     (any Chromium or Chrome that is already there)
    python3 scripts/test.py --no-browser                 (leaves the browser tests out, and says so)
"""


def main() -> int:
    """Run pytest; the status is pytest's, or 2 where no browser can be had."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--no-browser", action="store_true", help="leave the browser tests out")
    parser.add_argument(
        "--nightly", action="store_true", help="with the long runs: more edits, more random files"
    )
    releases = parser.add_mutually_exclusive_group()
    for name in ("newest", "lowest"):
        releases.add_argument(
            f"--{name}",
            dest="releases",
            action="store_const",
            const=name,
            default="locked",
            help=f"with the {name} releases of the dependencies that pyproject.toml allows",
        )
    ours, further = parser.parse_known_args()
    python = prepare("test", ours.releases)
    environment = dict(os.environ)
    # Without .pyc files, each command that a test starts would compile the package again.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    if ours.nightly:
        environment["MONOGRAPH_NIGHTLY"] = "1"
    if ours.no_browser:
        environment["MONOGRAPH_NO_BROWSER"] = "1"
    else:
        # Chromium comes without a single font, and a page without one has no measurable text.
        packages = ("chromium", "fonts-liberation")
        chromium = find_chromium() or (install_system_packages(*packages) and find_chromium())
        if not chromium:
            print(NO_CHROMIUM, file=sys.stderr)
            return 2
        environment["CHROMIUM"] = chromium
    command = [str(python), "-m", "pytest", *further]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
