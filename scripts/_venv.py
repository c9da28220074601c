"""What the two set-up commands share: the virtual environment in .venv, and system packages where
they are missing.

Only the standard library, and readable by any Python 3.8 or later, so that an old one is told what
to do rather than shown a syntax error.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = ROOT / "requirements"
OLDEST = (3, 11)
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def require_python() -> None:
    """Go on with a newer Python from the PATH where this one is too old; exit with status 2 where
    there is none."""
    if sys.version_info >= OLDEST:
        return
    for minor in range(20, OLDEST[1] - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        # A version manager leaves names on the PATH that lead to nothing, so it is tried first.
        if (
            newer
            and subprocess.run([newer, "-c", ""], check=False, stderr=subprocess.DEVNULL).returncode
            == 0
        ):
            os.execv(newer, [newer, *sys.argv])
    sys.exit(
        f"Python {OLDEST[0]}.{OLDEST[1]} or later is needed; this is {sys.version.split()[0]}. Install one, please."
    )


def prepare(tools: str = "site", releases: str = "locked") -> Path:
    """Make a virtual environment with the package installed for editing, and give its Python.

    `tools` is `site` (what a build needs) or `test` (what the tests need too). `releases` says
    which releases of the dependencies: `locked` (those of `requirements/`, with their hashes, in
    `.venv`), `newest` or `lowest` (those that pyproject.toml allows, in environments of their own).

    The second run asks pip nothing: a stamp in the environment remembers pyproject.toml, the lock
    file, the place and this Python. What the tests need contains what a build needs. Only for the
    newest releases it asks every time: there may be newer ones since.
    """
    require_python()
    folder = ROOT / (".venv" if releases == "locked" else f".venv-{releases}")
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    wanted = _digest()
    stamps = folder.glob("stamp-*") if python.exists() else ()
    fresh = {stamp.name for stamp in stamps if stamp.read_text() == wanted}
    if releases != "newest" and fresh & {f"stamp-{tools}", "stamp-test"}:
        return python
    _say(f"Setting up {folder} (a minute or two) ...")
    if not fresh:
        _make(folder)
    pip: list[object] = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if releases == "locked":
        run([*pip, "--require-hashes", "--requirement", REQUIREMENTS / f"{tools}.txt"])
    else:
        extras = "build,test" if tools == "test" else "build"
        limits = folder / "constraints.txt"
        limits.write_text("\n".join(lowest_releases()) if releases == "lowest" else "")
        upgrade = ("--upgrade", "--upgrade-strategy=eager")
        run([*pip, *upgrade, "--constraint", limits, f"{ROOT}[{extras}]"])
    run([*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT])
    (folder / f"stamp-{tools}").write_text(wanted)
    return python


def lowest_releases() -> list[str]:
    """The lowest release of each dependency that pyproject.toml allows, as constraints for pip."""
    import tomllib  # needs Python 3.11, which `require_python` has made sure of by now

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [one.replace(">=", "==") for one in project["dependencies"] if ">=" in one]


def run(command: list[object]) -> None:
    """Run a command in the repository; where it fails, exit and say which."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))} failed with status {done.returncode}.")


def find_chromium() -> str:
    """The Chromium to test with: what CHROMIUM names, else the first of the usual names on the
    PATH, else ''."""
    named = os.environ.get("CHROMIUM", "")
    return named or next((found for found in map(shutil.which, CHROMIUM_NAMES) if found), "")


def install_system_packages(*packages: str) -> bool:
    """Install Debian packages, saying so. False where there is no apt-get, we are not root, or it
    does not succeed."""
    if not shutil.which("apt-get") or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    names = " ".join(packages)
    _say(
        f"Installing {names}: apt-get update && apt-get install -y --no-install-recommends {names}"
    )
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300", *command]
        if subprocess.run(apt, env=environment, check=False, stdout=subprocess.DEVNULL).returncode:
            return False
    return True


def _make(folder: Path) -> None:
    """A fresh environment; Debian keeps the module that brings pip in a package of its own."""
    try:
        import ensurepip  # noqa: F401  only to learn whether it is there
    except ImportError:
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        if not install_system_packages(package):
            sys.exit(
                f"This Python can't make virtual environments. Install {package} (apt-get install {package})."
            )
    venv.EnvBuilder(with_pip=True, clear=True, symlinks=os.name != "nt").create(folder)


def _digest() -> str:
    files = [ROOT / "pyproject.toml", *sorted(REQUIREMENTS.glob("*.txt"))]
    parts = [str(ROOT), sys.version, *(file.read_text(encoding="utf-8") for file in files)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
