"""How fast the language server answers in a site: `python benchmarks/language_server.py FOLDER`.

FOLDER has `content` with any number of files. Each request is sent once for each of the first files,
at places spread over the file, after an edit; the slowest answers are named by milliseconds.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "language_server")]

from editor import Editor  # noqa: E402  the path above

MAX_FILES = 40
"""Files that are opened."""
REQUESTS = ("hover", "completion", "definition", "prepareRename")
TYPED = ("\nSee [it](", "\nSee [[", "\nSee [^", "\n## ")


def main() -> int:
    """Measure, and print a line for each kind of request."""
    root = Path(sys.argv[1]).resolve()
    paths = sorted((root / "content").rglob("*.md"))
    chosen = paths[:: max(1, len(paths) // MAX_FILES)][:MAX_FILES]
    editor = Editor(root)
    first = editor.open(str(chosen[0].relative_to(root)))
    start = time.perf_counter()
    loading = measure(editor, chosen, root)
    report("while the site is read", loading)
    seconds = wait_for_pages(editor, first, paths[-1], start)
    print(f"{len(paths)} files; all pages known after {seconds:.1f} s")
    report("afterwards", measure(editor, chosen, root))
    editor.tell("textDocument/didSave", textDocument={"uri": first})
    report("while a save is read", measure(editor, chosen, root))
    editor.close()
    return 0


def wait_for_pages(editor: Editor, uri: str, last: Path, start: float) -> float:
    """Wait until the last page is suggested; the seconds since the start."""
    typed = f"[[{last.stem}"
    editor.type(uri, f"---\ntitle: X\n---\n{typed}", 99)
    while not editor.at("completion", uri, 3, len(typed))["items"]:
        time.sleep(0.2)
    return time.perf_counter() - start


def measure(editor: Editor, paths: list[Path], root: Path) -> dict[str, list[float]]:
    """The milliseconds of each answer, by request."""
    times: dict[str, list[float]] = {}
    for path in paths:
        text = path.read_text("utf-8", errors="replace")
        uri = editor.open(str(path.relative_to(root)), text)
        editor.diagnostics.clear()
        start = time.perf_counter()
        editor.type(uri, f"{text} ", 2)
        editor.findings(uri, 2)
        times.setdefault("findings, 150 ms after typing", []).append(since(start))
        lines = text.split("\n")
        for line in range(0, len(lines), max(1, len(lines) // 8)):
            for method in REQUESTS:
                start = time.perf_counter()
                editor.at(method, uri, line, 3)
                times.setdefault(method, []).append(since(start))
        for method, more in (("documentSymbol", {}), ("codeAction", whole(len(lines)))):
            start = time.perf_counter()
            editor.ask(f"textDocument/{method}", textDocument={"uri": uri}, **more)
            times.setdefault(method, []).append(since(start))
        for version, typed in enumerate(TYPED, 3):
            start = time.perf_counter()
            editor.type(uri, text + typed, version)
            editor.at("completion", uri, len(lines), len(typed) - 1)
            times.setdefault("an edit and completion", []).append(since(start))
    return times


def since(start: float) -> float:
    """The milliseconds since a time."""
    return 1000 * (time.perf_counter() - start)


def whole(lines: int) -> dict[str, object]:
    """The parameters of a request for the actions in a whole file."""
    span = {"start": {"line": 0, "character": 0}, "end": {"line": lines, "character": 0}}
    return {"range": span, "context": {"diagnostics": []}}


def report(when: str, times: dict[str, list[float]]) -> None:
    """Print the median, the 95th percentile and the slowest answer of each request."""
    print(f"{when}:")
    for name, values in times.items():
        ordered = sorted(values)
        late = ordered[int(len(ordered) * 0.95)]
        print(
            f"  {name:<32} median {median(ordered):7.1f}  95% {late:7.1f}  max {ordered[-1]:7.1f}"
        )


if __name__ == "__main__":
    sys.exit(main())
