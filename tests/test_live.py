"""What is shown while one writes is, at every moment, what a clean build of the same files would publish."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from formularies import OWN
from helpers import differences, tree
from monograph_site.build import build
from monograph_site.diagnostics import Diagnostic
from monograph_site.inputs import Options
from monograph_site.live import Change, Live
from writing import Draft, formulary, invented

WRONG = "wrong: [yaml\n"
DEFAULT = Path(__file__).resolve().parents[1] / "templates"


def options(root: Path, **given: Any) -> Options:
    return Options("2025-06-30", root / "content", root / "templates", root / "build", root / "cache", **given)


def published(root: Path) -> tuple[dict[str, bytes], tuple[Diagnostic, ...]]:
    """The site that a build from nothing publishes, and what it finds."""
    other = root / "clean"
    shutil.rmtree(other, ignore_errors=True)
    done = build(replace(options(root), output=other / "build", cache=other / "cache", keep_going=True))
    made = tree(other / "build")
    shutil.rmtree(other)
    return {path: content for path, content in made.items() if not path.startswith(".monograph-site")}, done.diagnostics


def shown(live: Live, paths: dict[str, bytes]) -> dict[str, bytes]:
    answers = {path: live.answer(path) for path in paths}
    return {path: answer.content for path, answer in answers.items() if answer}


@contextmanager
def living(root: Path, on_change: Callable[[Change], None] = lambda _: None) -> Iterator[Live]:
    live = Live(options(root), on_change)
    live.start()
    try:
        yield live
    finally:
        live.close()


@pytest.mark.parametrize("name", ["bold", "headed", "loose"])
def test_every_page_is_the_published_one(tmp_path: Path, name: str) -> None:
    shutil.copytree(OWN / name, tmp_path / "content")
    with living(tmp_path) as live:
        expected, found = published(tmp_path)
        assert len(expected) > 10
        assert differences(shown(live, expected), expected) == []
        assert live.findings() == found
        assert live.answer("drugs/no-such-thing/index.html") is None
        assert live.answer("drugs/../../secret") is None


# a site that never rests


class Editor:
    """Somebody who does one thing after the other to a site, the same things for the same seed.

    What is good of it, the last that could be published of each file, is kept beside it in `good`.
    """

    def __init__(self, root: Path, seed: int) -> None:
        self.root, self.content, self.good = root, root / "content", root / "good"
        self.chance = random.Random(seed)
        self.broken: set[Path] = set()
        self.changed: set[Path] = set()
        formulary(self.content, 36, seed)
        self.settings_text = {"title": "A site"}
        self.css = self.template_fault = self.settings_fault = False
        (root / "templates/assets").mkdir(parents=True)
        self.settings()
        self.keep()

    def act(self) -> str:
        """Do something; its name."""
        often = [self.new_dose] * 6 + [self.new_title] * 2 + [self.new_file, self.deleted, self.renamed, self.moved]
        rare = [
            self.damaged, self.damaged, self.mended, self.alias, self.slug, self.description, self.question,
            self.review, self.template, self.style, self.settings, self.twin, self.touched, self.checkout,
            self.faulty_template, self.faulty_settings, self.brand, self.folder_moved,
        ]  # fmt: skip
        action = self.chance.choice(often + rare)
        action()
        return action.__name__

    def keep(self) -> None:
        """Copy what is good."""
        for folder in ("content", "templates"):
            now = {path.relative_to(self.root) for path in (self.root / folder).rglob("*") if path.is_file()}
            kept = {path.relative_to(self.good) for path in (self.good / folder).rglob("*") if path.is_file()}
            for path in kept - now:
                (self.good / path).unlink()
            for path in now:
                if self.root / path not in self.broken:
                    (self.good / path).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(self.root / path, self.good / path)

    def mend_all(self) -> None:
        while any(path.suffix == ".md" for path in self.broken):
            self.mended()
        if self.template_fault:
            self.faulty_template()
        if self.settings_fault:
            self.faulty_settings()

    def texts(self) -> list[str]:
        return [path.relative_to(self.content).as_posix() for path in self.content.rglob("*.m*") if path.is_file()]

    def broken_texts(self) -> set[str]:
        return {
            path.relative_to(self.content).as_posix() for path in self.broken if path.suffix in (".md", ".markdown")
        }

    # tools

    def file(self) -> Path:
        return self.chance.choice(sorted(self.content.rglob("*.md")) or [self.new_file()])

    def put(self, path: Path, text: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self.changed.add(path)

    def replaced(self, old: str, new: str, path: Path | None = None) -> None:
        path = path or self.file()
        self.put(path, path.read_text(encoding="utf-8").replace(old, new, 1))

    def to(self, path: Path, there: Path) -> None:
        if path == there:
            return
        there.parent.mkdir(parents=True, exist_ok=True)
        path.replace(there)
        self.changed |= {path, there}
        if there in self.broken:
            self.broken.remove(there)
        if path in self.broken:
            self.broken ^= {path, there}

    def front(self, key: str, value: str) -> None:
        """Set a key of the front matter."""
        path = self.file()
        text = path.read_text(encoding="utf-8")
        line = f"{key}: {value}\n"
        here = re.compile(rf"^{key}:.*\n", re.M)
        self.put(path, here.sub(line, text, 1) if here.search(text) else text.replace("title:", f"{line}title:", 1))

    # what an editor does

    def new_dose(self) -> None:
        self.replaced("## Dosage\n\n", f"## Dosage\n\nNow {self.chance.randint(10, 99)} mg. ")

    def new_title(self) -> None:
        self.replaced("title: ", f"title: {self.chance.choice(['New ', 'Old ', 'Banned + ', 'É'])}")

    def new_file(self) -> Path:
        name = invented(self.chance)
        path = self.content / self.chance.choice(["drugs", "combinations", "articles", "pages", "."]) / f"{name}.md"
        self.put(path, Draft(self.chance.choice([name, f"{name} + {invented(self.chance)}"]), uses=f"For {name}.").text)
        return path

    def deleted(self) -> None:
        path = self.file()
        path.unlink()
        self.broken.discard(path)
        self.changed.add(path)

    def renamed(self) -> None:
        path = self.file()
        self.to(path, path.with_name(f"{invented(self.chance).lower()}.md"))

    def moved(self) -> None:
        path = self.file()
        self.to(path, self.content / self.chance.choice(["drugs", "articles", "brands/deep"]) / path.name)

    def folder_moved(self) -> None:
        """The watcher names the folders only."""
        one, other = self.content / "articles", self.content / "articles-2"
        one, other = (one, other) if one.exists() else (other, one)
        if one.exists() and not other.exists():
            before = {path for path in self.changed if one in path.parents}
            inside = {path for path in self.broken if one in path.parents}
            one.rename(other)
            self.broken = self.broken - inside | {other / path.relative_to(one) for path in inside}
            self.changed = self.changed - before | {one, other}

    def damaged(self) -> None:
        path = self.file()
        if path not in self.broken:
            self.replaced("---\n", f"---\n{WRONG}", path)
            self.broken.add(path)

    def mended(self) -> None:
        path = self.chance.choice(sorted(path for path in self.broken if path.suffix == ".md") or [None])
        if path:
            self.replaced(WRONG, "", path)
            self.broken.remove(path)

    def alias(self) -> None:
        self.front("aliases", f"[/old/{self.chance.choice('abc')}]")

    def slug(self) -> None:
        self.front("slug", self.chance.choice(["one", "two", "three"]))

    def description(self) -> None:
        self.replaced("## Uses\n\n", f"## Uses\n\nFor the {self.chance.choice(['first', 'second'])} of all. ")

    def question(self) -> None:
        self.replaced("### Is it", "### Is it still there?\n\nYes.\n\n### Is it")

    def review(self) -> None:
        day = self.chance.choice(["2020-01-01", "2025-01-01"])
        self.front("review", f"{{status: approved, by: [Dr Example], on: {day}}}")

    def brand(self) -> None:
        self.front("genericSlug", self.file().stem)

    def twin(self) -> None:
        """Two files for one address, and one title."""
        path = self.file()
        if path not in self.broken:
            self.put(path.with_suffix(".markdown"), path.read_text(encoding="utf-8"))

    def touched(self) -> None:
        path = self.file()
        path.touch()
        self.changed.add(path)

    def checkout(self) -> None:
        """Many files at once."""
        for _ in range(self.chance.randint(5, 20)):
            self.new_dose()

    def template(self) -> None:
        if not self.template_fault:
            text = (DEFAULT / "monograph.html").read_text(encoding="utf-8")
            self.put(self.root / "templates/monograph.html", f"{text}<!-- {self.chance.randint(1, 9)} -->\n")

    def faulty_template(self) -> None:
        path = self.root / "templates/letters.html"
        wrong = self.chance.choice(["{% if %}", "{{ nobody.knows.this }}"])
        self.put(path, (DEFAULT / "letters.html").read_text(encoding="utf-8") + wrong * (not self.template_fault))
        self.broken ^= {path}
        self.template_fault = not self.template_fault

    def style(self) -> None:
        if not self.template_fault:  # the theme before stands in for it as a whole
            self.put(self.root / "templates/assets/theme.css", f"p {{ margin: {self.chance.randint(1, 9)}px }}\n")

    def settings(self) -> None:
        if self.settings_fault:
            return
        while any(path.suffix == ".md" for path in self.broken):  # the last good of a file was read with old settings
            self.mended()
        key, value = self.chance.choice([
            ("title", "Another site"), ("title", "A third"), ("base_url", "https://example.org/under/"),
            ("base_url", "/"), ("disclaimers", "[{text: Ask somebody.}]"), ("severity", "{faq-unanswered: error}"),
            ("collections", "{articles: {kind: page}}"), ("collections", "{drugs: {permalink: '/m/{slug}/'}}"),
            ("review", "{approved_only: true}"), ("review", "6 months"), ("search", "false"), ("search", "true"),
        ])  # fmt: skip
        self.settings_text[key] = value
        self.put(self.content / "site.yaml", "".join(f"{k}: {v}\n" for k, v in self.settings_text.items()))

    def faulty_settings(self) -> None:
        path = self.content / "site.yaml"
        text = "".join(f"{key}: {value}\n" for key, value in self.settings_text.items())
        self.put(
            path,
            text + self.chance.choice(["titel: x\n", "{[ no: yaml\n", "review: never\n"]) * (not self.settings_fault),
        )
        self.broken ^= {path}
        self.settings_fault = not self.settings_fault


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_five_hundred_edits_in_a_row(tmp_path: Path, seed: int) -> None:
    editor = Editor(tmp_path, seed)
    done: list[str] = []
    with living(tmp_path) as live:
        for step in range(1, 501):
            done.append(editor.act())
            if editor.chance.random() < 0.2:
                continue  # two saves are one
            live.refresh(editor.changed if editor.chance.random() < 0.8 else None)
            live.settle()
            editor.keep()
            editor.changed.clear()
            assert {path for path in editor.texts() if live.broken(path)} == editor.broken_texts(), done[-3:]
            if step % 25 == 0:
                expected, _ = published(editor.good)
                assert differences(shown(live, expected), expected) == [], done[-25:]
        editor.mend_all()
        live.refresh()
        expected, found = published(tmp_path)
        assert differences(shown(live, expected), expected) == []
        assert live.findings() == found
        assert not live.theme_fault
