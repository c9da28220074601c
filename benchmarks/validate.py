"""What accessibility and HTML checkers say of a built site, as a table in Markdown.

    npm install --prefix ../checkers vnu-jar html-validate lighthouse
    python -m benchmarks.validate build ../formulary [--node ../checkers] [--only axe,nu]

For each folder of a built site: axe on a page of every kind (lists, pagers and the views for one audience
among them), 320, 768 and 1,280 pixels wide, light and dark; the Nu HTML checker (needs Java) and
html-validate on these pages and on `--pages` others, evenly from all; Lighthouse, as on a phone, on one page
of six kinds. `--files` opens the pages from their files, as a site of `build --offline` is. Lighthouse asks
for a site built with `--base-url /`, since it is served without its host. The status is 1 where a checker
reports anything, or Lighthouse less than 99 for speed and 100 for the rest. Needs Chromium (see `CHROMIUM`
in CONTRIBUTING.md).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from .screenshots import SCHEMES, pages_by_kind, served

WIDTHS = (320, 768, 1280)
CHECKS = ("axe", "nu", "html-validate", "lighthouse")
LIGHTHOUSE_KINDS = ("home", "drug", "a-z below", "drugs", "article", "search")
"""Home, monograph, letter, list, article and search."""
MIN_SCORES = {"performance": 99, "accessibility": 100, "best-practices": 100, "seo": 100}
RUNS = 3
"""Runs of Lighthouse on a page, of which the best counts: a busy machine makes each slower, and none
faster."""
_OF_FILES = ("Resource violates Content Security", "Inline script violates Content Security")
"""What the Nu checker warns of where a page is a file, whose host is none, and of data in a script
element, which no browser runs and which the policy does not concern."""
Row = tuple[str, str, int, list[str]]
"""A checker, what it looked at, the number of runs or files, and what it found."""


def run_axe(browser: Browser, start: str, pages: Mapping[str, str]) -> Row:
    """axe on each page at every width, light and dark, and with all that is folded open."""
    problems: list[str] = []
    axe = Axe()
    for scheme in SCHEMES:
        tab = browser.new_page(color_scheme="dark" if scheme == "dark" else "light")
        for url in pages.values():
            tab.goto(start + url)
            for width in WIDTHS:
                tab.set_viewport_size({"width": width, "height": 844})
                problems += _violations(axe, tab, f"{url} {width} {scheme}")
            tab.evaluate(
                "document.querySelectorAll('details').forEach(fold => { fold.open = true })"
            )
            problems += _violations(axe, tab, f"{url} {scheme} unfolded")
        tab.close()
    runs = len(pages) * (len(WIDTHS) + 1) * len(SCHEMES)
    return "axe", f"{len(pages)} page kinds", runs, problems


def _violations(axe: Axe, tab: Page, where: str) -> Iterator[str]:
    for violation in axe.run(tab).response["violations"]:
        yield f"{where}: {violation['id']} {violation['nodes'][0]['target']}"


def run_nu(node: Path, files: Sequence[Path]) -> Row:
    """The Nu HTML checker on files: errors and warnings."""
    jar = node / "node_modules/vnu-jar/build/dist/vnu.jar"
    command = ["java", "-Xss4m", "-jar", str(jar), "--exit-zero-always", "--format", "json"]
    done = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, check=True)
    messages = json.loads(done.stderr)["messages"]
    problems = [
        f"{message['url']}:{message.get('lastLine', 0)}: {message['message']}"
        for message in messages
        if message["type"] == "error" or not message["message"].startswith(_OF_FILES)
    ]
    return "Nu HTML checker", "pages", len(files), problems


def run_html_validate(node: Path, files: Sequence[Path]) -> Row:
    """html-validate with its rules for the HTML standard and for accessibility, on files."""
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder, "htmlvalidate.json")
        rules = {"root": True, "extends": ["html-validate:standard", "html-validate:a11y"]}
        config.write_text(json.dumps(rules), encoding="utf-8")
        report = Path(folder, "report.json")  # what it writes to a pipe is cut off where it ends
        command = [str(node / "node_modules/.bin/html-validate"), f"--formatter=json={report}"]
        subprocess.run(
            [*command, f"--config={config}", *map(str, files)], capture_output=True, check=False
        )
        results = json.loads(report.read_bytes())
    problems = [
        f"{result['filePath']}:{message['line']}: {message['ruleId']} {message['message']}"
        for result in results
        for message in result["messages"]
    ]
    return "html-validate", "pages", len(files), problems


def run_lighthouse(node: Path, origin: str, pages: Mapping[str, str]) -> Iterator[Row]:
    """Lighthouse on one page of each of its kinds that the site has."""
    for kind in LIGHTHOUSE_KINDS:
        if kind in pages:
            scores = max(
                (_scores(node, origin + pages[kind]) for _ in range(RUNS)),
                key=lambda scores: scores["performance"],
            )
            low = [f"{pages[kind]}: {name} {scores[name]}" for name in MIN_SCORES]
            problems = [
                text
                for text, name in zip(low, MIN_SCORES, strict=True)
                if scores[name] < MIN_SCORES[name]
            ]
            shown = "/".join(str(scores[name]) for name in MIN_SCORES)
            yield f"Lighthouse {shown}", f"{kind} {pages[kind]}", RUNS, problems


def _scores(node: Path, address: str) -> dict[str, int]:
    command = [str(node / "node_modules/.bin/lighthouse"), address, "--quiet", "--output=json"]
    command += ["--chrome-flags=--headless=new --no-sandbox", "--max-wait-for-load=60000"]
    environment = dict(os.environ)
    if "CHROMIUM" in environment:
        environment["CHROME_PATH"] = environment["CHROMIUM"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    categories: dict[str, Any] = json.loads(done.stdout)["categories"]
    return {name: round(100 * categories[name]["score"]) for name in MIN_SCORES}


def checked_files(site: Path, pages: Mapping[str, str], count: int) -> list[Path]:
    """The files of some pages, and `count` others of the site, evenly from all."""
    files = [site / f"{url}index.html".lstrip("/") for url in pages.values() if url.endswith("/")]
    files += [site / url[1:] for url in pages.values() if not url.endswith("/")]
    others = sorted({*site.rglob("*.html")} - {*files})
    step = max(1, len(others) // count) if count else len(others) + 1
    return files + others[::step][:count]


def check(site: Path, browser: Browser, arguments: argparse.Namespace) -> Iterator[Row]:
    """What the checkers say of a site."""
    pages = pages_by_kind(site)
    files = checked_files(site, pages, arguments.pages)
    if "axe" in arguments.only:
        with served(site) as origin:
            start = site.resolve().as_uri() if arguments.files else origin
            shown = (
                {kind: f"{url}index.html" for kind, url in pages.items() if url.endswith("/")}
                if arguments.files
                else pages
            )
            yield run_axe(browser, start, shown)
    if "nu" in arguments.only:
        yield run_nu(arguments.node, files)
    if "html-validate" in arguments.only:
        yield run_html_validate(arguments.node, files)
    if "lighthouse" in arguments.only:
        with served(site) as origin:
            yield from run_lighthouse(arguments.node, origin, pages)


def main() -> int:
    """Print the table, and below it every problem."""
    assert __doc__
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("site", type=Path, nargs="+")
    parser.add_argument("--node", type=Path, default=Path("../checkers"))
    parser.add_argument("--pages", type=int, default=250)
    parser.add_argument("--files", action="store_true")
    parser.add_argument("--only", type=lambda text: text.split(","), default=CHECKS)
    arguments = parser.parse_args()
    problems: list[str] = []
    print("| site | checker | of | runs | problems |\n|---|---|---|---:|---:|")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM"), args=["--no-sandbox"]
        )
        for site in arguments.site:
            for checker, what, runs, found in check(site, browser, arguments):
                print(f"| {site} | {checker} | {what} | {runs} | {len(found)} |", flush=True)
                problems += found
        browser.close()
    print("\n".join(["", *problems]))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
