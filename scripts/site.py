"""Set everything up and build this repository's site: `python3 scripts/site.py`.

Makes .venv where there is none, installs the package, builds content/ into build/ and says how to
look at it. With --open it serves the result and opens the browser. Every further argument goes to
`monograph-site build`, after this repository's own folders, so `--output elsewhere` or
`--keep-going` work as they do there.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import shlex
import subprocess
import sys
import webbrowser
from pathlib import Path

from _venv import ROOT, prepare


def main() -> int:
    """Build, then say or show where the site is. The status is that of the build."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--open", action="store_true", help="serve the built site and open it in the browser"
    )
    parser.add_argument(
        "--output", default=str(ROOT / "build"), help="where to build (default: build/)"
    )
    ours, further = parser.parse_known_args()
    folders = [
        f"--content={ROOT / 'content'}",
        f"--templates={ROOT / 'templates'}",
        f"--cache={ROOT / '.monograph-site'}",
    ]
    command = [
        prepare(),
        "-P",
        "-m",
        "monograph_site",
        "build",
        *folders,
        f"--output={ours.output}",
        *further,
    ]
    status = subprocess.run([str(part) for part in command], check=False).returncode
    if status:
        return status
    output = Path(ours.output).resolve()
    if ours.open:
        return show(output)
    print(f"\nThe site is in {output}. To look at it:\n", file=sys.stderr)
    print(
        f"    python3 -m http.server --bind 127.0.0.1 --directory {shlex.quote(str(output))} 8000\n",
        file=sys.stderr,
    )
    print("and open http://127.0.0.1:8000/, or run this command with --open.", file=sys.stderr)
    return 0


def show(output: Path) -> int:
    """Serve the folder to this machine only, on a free port, until Ctrl-C; open a browser where
    there is one."""
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(output))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        opened = webbrowser.open(address)
        print(
            f"{'Opened' if opened else 'No browser found; open'} {address} (Ctrl-C ends it).",
            file=sys.stderr,
        )
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print(file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
