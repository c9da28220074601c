"""What a reader meets on every page of a medicine of a built site, on a phone, as a table in Markdown.

    python -m benchmarks.reading build [--every 10]

For each folder of a built site and each `--every`th of its medicines and articles, 390 x 844 pixels: does the
first clinical sentence start on the first screen; does a link to the last answer arrive at once (the page is
where it stays when it has loaded, and the answer is open); how long are lists of links and contents; is a
word broken in a table at 320 pixels. Of each `--every`th other page the height in screens is measured, by kind. Needs
Chromium (see `CHROMIUM` in CONTRIBUTING.md).
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from .screenshots import REDIRECT, kind_of, served

WIDTH, NARROW, HEIGHT = 390, 320, 844
MEDICINES = ("drug", "combination", "brand", "article")
PAGE = """() => {
  const text = document.querySelector(".body .part[data-key] .prose :is(p, li, td)");
  const range = document.createRange();
  if (text) range.selectNodeContents(text);
  const line = text && range.getClientRects()[0];
  const lists = [...document.querySelectorAll(".related .links")];
  const contents = document.querySelector(".toc > ol");
  const answers = document.querySelectorAll(".answer[id]");
  return {
    first: line ? line.bottom + scrollY : null,
    links: Math.max(0, ...lists.map((list) => list.children.length)),
    contents: contents ? contents.children.length : 0,
    answer: answers.length ? answers[answers.length - 1].id : "",
    tables: document.querySelectorAll("table").length,
  };
}"""
ARRIVAL = """async (id) => {
  const place = document.getElementById(id), before = scrollY;
  await new Promise((resolve) => setTimeout(resolve, 150));
  const box = place.getBoundingClientRect();
  return scrollY === before && box.height > 0 && box.top >= 0 && box.top < innerHeight;
}"""
BROKEN = r"""() => {
  const broken = [];
  for (const table of document.querySelectorAll("table")) {
    const texts = document.createTreeWalker(table, NodeFilter.SHOW_TEXT);
    for (let text; (text = texts.nextNode()); ) {
      for (const word of text.data.matchAll(/[^\s\u200b\u00ad-]+/g)) {
        const range = document.createRange();
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        const lines = [...range.getClientRects()].filter((box) => box.width);
        if (new Set(lines.map((box) => Math.round(box.top))).size > 1) broken.push(word[0]);
      }
    }
  }
  return broken;
}"""


def medicines(site: Path) -> Iterator[str]:
    """The site paths of the pages of medicines and articles that have a text."""
    for file in sorted(site.rglob("index.json")):
        record = json.loads(file.read_bytes())
        if record["kind"] in MEDICINES and record["sections"] and not record["rejected"]:
            yield str(record["url"])


def read(page: Page, origin: str, urls: Iterable[str]) -> list[dict[str, Any]]:
    """What each page shows on a phone; `arrived` and `broken` are there where they were looked at."""
    results = []
    for url in urls:
        page.goto(origin + url)
        result = {"url": url, **page.evaluate(PAGE)}
        if result["answer"]:
            page.goto("about:blank")
            page.goto(f"{origin}{url}#{result['answer']}")
            result["arrived"] = page.evaluate(ARRIVAL, result["answer"])
        if result["tables"]:
            page.set_viewport_size({"width": NARROW, "height": HEIGHT})
            result["broken"] = page.evaluate(BROKEN)
            page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        results.append(result)
    return results


def heights(page: Page, origin: str, site: Path, every: int) -> dict[str, list[float]]:
    """The heights of the pages that belong to no content file, in screens, by kind."""
    by_kind: dict[str, list[float]] = {}
    files = [
        file
        for file in sorted(site.rglob("index.html"))
        if not file.with_name("index.json").is_file() and REDIRECT not in file.read_bytes()
    ]
    for file in files[::every]:
        url = f"/{file.parent.relative_to(site).as_posix()}/".replace("/./", "/")
        page.goto(origin + url)
        height = page.evaluate("document.documentElement.scrollHeight")
        by_kind.setdefault(kind_of(file, url), []).append(height / HEIGHT)
    return by_kind


def table(results: list[dict[str, Any]], by_kind: dict[str, list[float]]) -> Iterator[str]:
    """The lines of the table."""
    starts = [result["first"] for result in results if result["first"] is not None]
    early = sum(start <= HEIGHT for start in starts)
    links = [result["arrived"] for result in results if "arrived" in result]
    tables = [result["broken"] for result in results if "broken" in result]
    yield "| what | figure |\n|---|---|"
    yield f"| first clinical sentence on the first screen | {early} of {len(starts)} pages |"
    yield f"| a link to an answer arrives at once | {sum(links)} of {len(links)} pages |"
    yield f"| words broken in tables | {sum(map(len, tables))} on {len(tables)} pages with a table |"
    yield f"| longest list of links | {max(result['links'] for result in results)} |"
    yield f"| longest contents | {max(result['contents'] for result in results)} |"
    for kind, screens in sorted(by_kind.items()):
        middle = statistics.median(screens)
        yield f"| {kind}, screens | {middle:.1f}, at most {max(screens):.1f}; {len(screens)} pages |"


def main() -> int:
    """Print the table of each site, and the pages that fall short."""
    assert __doc__
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("site", type=Path, nargs="+")
    parser.add_argument("--every", type=int, default=1)
    arguments = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        for site in arguments.site:
            urls = [*medicines(site)][:: arguments.every]
            with served(site) as origin:
                results = read(page, origin, urls)
                print(
                    f"{site}\n",
                    *table(results, heights(page, origin, site, arguments.every)),
                    sep="\n",
                )
            for result in results:
                is_late = (result["first"] or 0) > HEIGHT
                if is_late or not result.get("arrived", True) or result.get("broken"):
                    print(result)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
