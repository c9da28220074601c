"""Lock the dependencies: `python3 scripts/lock.py` writes requirements/site.txt and test.txt anew.

Both hold every package with its release and the hashes of its files, for all systems and Pythons
that pyproject.toml allows, in the form that pip understands. uv resolves them, in an environment of
its own.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from _venv import REQUIREMENTS, ROOT

LOCKS = {"site.txt": ("build",), "test.txt": ("build", "test")}
"""Each lock file, with the extras of pyproject.toml it holds besides the dependencies."""
OPTIONS = (
    "--universal --python-version=3.11 --generate-hashes --no-header --no-annotate --upgrade --quiet"
    " --no-emit-index-url --no-emit-find-links"
)


def main() -> int:
    """Write both files; the status is that of the first command that fails."""
    with tempfile.TemporaryDirectory() as folder:
        venv.EnvBuilder(with_pip=True).create(folder)
        tools = Path(folder) / ("Scripts" if sys.platform == "win32" else "bin")
        subprocess.run([tools / "python", "-m", "pip", "install", "--quiet", "uv"], check=True)
        REQUIREMENTS.mkdir(exist_ok=True)
        for name, extras in LOCKS.items():
            wanted = [f"--extra={extra}" for extra in extras]
            command = [tools / "uv", "pip", "compile", "pyproject.toml", *OPTIONS.split(), *wanted]
            subprocess.run([*command, "--output-file", REQUIREMENTS / name], cwd=ROOT, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
