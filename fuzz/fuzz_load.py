"""Look for a file that the loader does badly with, guided by what of the program each attempt
reaches.

    pip install -e .[test,fuzz]
    python fuzz/fuzz_load.py -max_total_time=600 -dict=fuzz/markdown.dict fuzz/found fuzz/seeds

New files that reach something new are kept in the first folder; a file that breaks a promise of
`tests/contract.py` is written to the current folder as `crash-…`, and `python fuzz/fuzz_load.py
crash-…` tries it again. Further arguments are libFuzzer's. The first line written says what is
wrong; make a test of it, then mend the program.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
with atheris.instrument_imports(include=["monograph_site", "markdown_it", "yaml"]):
    from contract import read
    from monograph_site.rules import rules

    rules()  # imports every rule, which instruments it


class BrokenPromise(Exception):
    """What the contract says of a file."""


def one(content: bytes) -> None:
    """Read one file and judge it."""
    wrong = read(content).wrong
    if wrong:
        raise BrokenPromise("; ".join(wrong))


def main() -> None:
    """Run until told to stop, or until something is found. Files of real sizes say more than long
    ones."""
    (Path(__file__).parent / "found").mkdir(exist_ok=True)
    arguments = [sys.argv[0], "-max_len=4096", "-timeout=20", *sys.argv[1:]]
    atheris.Setup(arguments, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
