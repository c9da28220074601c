"""A session shows at every moment what a clean build of the same files would publish."""

from __future__ import annotations

import random
import re
import shutil
import textwrap
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from formularies import OWN
from helpers import differences, tree, usually
from monograph_site.build import scan
from monograph_site.build.options import Options
from monograph_site.build.pipeline import build
from monograph_site.build.scan import Scan
from monograph_site.model.finding import Finding
from monograph_site.preview.session import Change, Session
from writing import Draft, formulary, invented

WRONG = "wrong: [yaml\n"
DEFAULT = Path(__file__).resolve().parents[2] / "templates"


def options(root: Path, **given: Any) -> Options:
    return Options(
        "2025-06-30", root / "content", root / "templates", root / "build", root / "cache", **given
    )


def published(root: Path) -> tuple[dict[str, bytes], tuple[Finding, ...]]:
    """The site that a build from nothing publishes, and what it finds."""
    other = root / "clean"
    shutil.rmtree(other, ignore_errors=True)
    done = build(
        replace(options(root), output=other / "build", cache=other / "cache", keep_going=True)
    )
    files = tree(other / "build")
    shutil.rmtree(other)
    return {
        path: content for path, content in files.items() if not path.startswith(".monograph-site")
    }, done.findings


def shown(session: Session, paths: dict[str, bytes]) -> dict[str, bytes]:
    answers = {path: session.answer(path) for path in paths}
    return {path: answer.content for path, answer in answers.items() if answer}


@contextmanager
def running_session(
    root: Path, on_change: Callable[[Change], None] = lambda _: None
) -> Iterator[Session]:
    session = Session(options(root), on_change)
    session.start()
    try:
        yield session
    finally:
        session.close()


@pytest.mark.parametrize("name", ["bold", "headed", "loose"])
def test_every_page_is_the_published_one(tmp_path: Path, name: str) -> None:
    shutil.copytree(OWN / name, tmp_path / "content")
    with running_session(tmp_path) as session:
        expected, findings = published(tmp_path)
        assert len(expected) > 10
        assert differences(shown(session, expected), expected) == []
        assert session.findings() == findings
        assert session.answer("drugs/no-such-thing/index.html") is None
        assert session.answer("drugs/../../secret") is None


def is_blocked(session: Session, source: str) -> bool:
    """Whether a file as it is now can't be a page."""
    entry = session.entry(source)
    return entry is not None and entry.blocks_page


# a site that changes all the time


class Editor:
    """An editor who makes one change after the other to a site, the same ones for the same seed.

    The last version of each file that could be published is kept beside the site, in `good`.
    """

    def __init__(self, root: Path, seed: int) -> None:
        self.root, self.content, self.good = root, root / "content", root / "good"
        self.chance = random.Random(seed)
        self.broken: set[Path] = set()
        self.changed: set[Path] = set()
        formulary(self.content, 36, seed)
        self.settings_text = {"title": "A site"}
        self.css = self.has_template_error = self.has_settings_error = False
        (root / "templates/assets").mkdir(parents=True)
        self.settings()
        self.keep()

    def act(self) -> str:
        """Make a change; its name."""
        often = (
            [self.new_dose] * 6
            + [self.new_title] * 2
            + [self.new_file, self.deleted, self.renamed, self.moved]
        )
        rare = [
            self.damaged, self.damaged, self.fixed, self.alias, self.slug, self.description,
            self.question, self.review, self.template, self.style, self.settings, self.twin,
            self.touched, self.checkout, self.template_error, self.settings_error, self.brand,
            self.folder_moved,
        ]  # fmt: skip
        action = self.chance.choice(often + rare)
        action()
        return action.__name__

    def keep(self) -> None:
        """Copy the files that can be published."""
        for folder in ("content", "templates"):
            now = {
                path.relative_to(self.root)
                for path in (self.root / folder).rglob("*")
                if path.is_file()
            }
            kept = {
                path.relative_to(self.good)
                for path in (self.good / folder).rglob("*")
                if path.is_file()
            }
            for path in kept - now:
                (self.good / path).unlink()
            for path in now:
                if self.root / path not in self.broken:
                    (self.good / path).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(self.root / path, self.good / path)

    def fix_all(self) -> None:
        while any(path.suffix == ".md" for path in self.broken):
            self.fixed()
        if self.has_template_error:
            self.template_error()
        if self.has_settings_error:
            self.settings_error()

    def texts(self) -> list[str]:
        return [
            path.relative_to(self.content).as_posix()
            for path in self.content.rglob("*.m*")
            if path.is_file()
        ]

    def broken_texts(self) -> set[str]:
        return {
            path.relative_to(self.content).as_posix()
            for path in self.broken
            if path.suffix in (".md", ".markdown")
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

    def move(self, path: Path, target: Path) -> None:
        if path == target:
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
        self.changed |= {path, target}
        if target in self.broken:
            self.broken.remove(target)
        if path in self.broken:
            self.broken ^= {path, target}

    def front(self, key: str, value: str) -> None:
        """Set a key of the front matter."""
        path = self.file()
        text = path.read_text(encoding="utf-8")
        line = f"{key}: {value}\n"
        here = re.compile(rf"^{key}:.*\n", re.M)
        self.put(
            path,
            here.sub(line, text, 1)
            if here.search(text)
            else text.replace("title:", f"{line}title:", 1),
        )

    # what an editor does

    def new_dose(self) -> None:
        self.replaced("## Dosage\n\n", f"## Dosage\n\nNow {self.chance.randint(10, 99)} mg. ")

    def new_title(self) -> None:
        self.replaced("title: ", f"title: {self.chance.choice(['New ', 'Old ', 'Banned + ', 'É'])}")

    def new_file(self) -> Path:
        name = invented(self.chance)
        path = (
            self.content
            / self.chance.choice(["drugs", "combinations", "articles", "pages", "."])
            / f"{name}.md"
        )
        self.put(
            path,
            Draft(
                self.chance.choice([name, f"{name} + {invented(self.chance)}"]), uses=f"For {name}."
            ).text,
        )
        return path

    def deleted(self) -> None:
        path = self.file()
        path.unlink()
        self.broken.discard(path)
        self.changed.add(path)

    def renamed(self) -> None:
        path = self.file()
        self.move(path, path.with_name(f"{invented(self.chance).lower()}.md"))

    def moved(self) -> None:
        path = self.file()
        self.move(
            path,
            self.content / self.chance.choice(["drugs", "articles", "brands/deep"]) / path.name,
        )

    def folder_moved(self) -> None:
        """The watcher names the folders only."""
        old, new = self.content / "articles", self.content / "articles-2"
        old, new = (old, new) if old.exists() else (new, old)
        if old.exists() and not new.exists():
            before = {path for path in self.changed if old in path.parents}
            inside = {path for path in self.broken if old in path.parents}
            old.rename(new)
            self.broken = self.broken - inside | {new / path.relative_to(old) for path in inside}
            self.changed = self.changed - before | {old, new}

    def damaged(self) -> None:
        path = self.file()
        if path not in self.broken:
            self.replaced("---\n", f"---\n{WRONG}", path)
            self.broken.add(path)

    def fixed(self) -> None:
        path = self.chance.choice(
            sorted(path for path in self.broken if path.suffix == ".md") or [None]
        )
        if path:
            self.replaced(WRONG, "", path)
            self.broken.remove(path)

    def alias(self) -> None:
        self.front("aliases", f"[/old/{self.chance.choice('abc')}]")

    def slug(self) -> None:
        self.front("slug", self.chance.choice(["one", "two", "three"]))

    def description(self) -> None:
        self.replaced(
            "## Uses\n\n", f"## Uses\n\nFor the {self.chance.choice(['first', 'second'])} of all. "
        )

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
        if not self.has_template_error:
            text = (DEFAULT / "monograph.html").read_text(encoding="utf-8")
            self.put(
                self.root / "templates/monograph.html",
                f"{text}<!-- {self.chance.randint(1, 9)} -->\n",
            )

    def template_error(self) -> None:
        path = self.root / "templates/letters.html"
        wrong = self.chance.choice(["{% if %}", "{{ nobody.knows.this }}"])
        self.put(
            path,
            (DEFAULT / "letters.html").read_text(encoding="utf-8")
            + wrong * (not self.has_template_error),
        )
        self.broken ^= {path}
        self.has_template_error = not self.has_template_error

    def style(self) -> None:
        if not self.has_template_error:  # the theme before stands in for it as a whole
            self.put(
                self.root / "templates/assets/theme.css",
                f"p {{ margin: {self.chance.randint(1, 9)}px }}\n",
            )

    def settings(self) -> None:
        if self.has_settings_error:
            return
        while any(
            path.suffix == ".md" for path in self.broken
        ):  # the last good of a file was read with old settings
            self.fixed()
        key, value = self.chance.choice([
            ("title", "Another site"), ("title", "A third"),
            ("base_url", "https://example.org/under/"), ("base_url", "/"),
            ("disclaimers", "[{text: Ask somebody.}]"), ("severity", "{faq-unanswered: error}"),
            ("collections", "{articles: {kind: page}}"),
            ("collections", "{drugs: {permalink: '/m/{slug}/'}}"),
            ("review", "{approved_only: true}"), ("review", "6 months"), ("search", "false"),
            ("search", "true"),
        ])  # fmt: skip
        self.settings_text[key] = value
        self.put(
            self.content / "site.yaml",
            "".join(f"{k}: {v}\n" for k, v in self.settings_text.items()),
        )

    def settings_error(self) -> None:
        path = self.content / "site.yaml"
        text = "".join(f"{key}: {value}\n" for key, value in self.settings_text.items())
        self.put(
            path,
            text
            + self.chance.choice(["titel: x\n", "{[ no: yaml\n", "review: never\n"])
            * (not self.has_settings_error),
        )
        self.broken ^= {path}
        self.has_settings_error = not self.has_settings_error


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1])
def test_hundreds_of_edits_in_a_row(tmp_path: Path, seed: int) -> None:
    editor = Editor(tmp_path, seed)
    done: list[str] = []
    with running_session(tmp_path) as session:
        for step in range(1, usually(250, nightly=2_000) + 1):
            done.append(editor.act())
            if editor.chance.random() < 0.2:
                continue  # two saves are one
            session.refresh(editor.changed if editor.chance.random() < 0.8 else None)
            session.wait_until_loaded()
            editor.keep()
            editor.changed.clear()
            assert {
                path for path in editor.texts() if is_blocked(session, path)
            } == editor.broken_texts(), done[-3:]
            if step % 25 == 0:
                expected, _ = published(editor.good)
                assert differences(shown(session, expected), expected) == [], done[-25:]
        editor.fix_all()
        session.refresh()
        expected, findings = published(tmp_path)
        assert differences(shown(session, expected), expected) == []
        assert session.findings() == findings
        assert not session.theme_error


# one thing at a time


def write(root: Path, path: str, text: str) -> Path:
    target = root / "content" / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(textwrap.dedent(text).lstrip(), encoding="utf-8")
    return target


def page(session: Session, path: str) -> str:
    answer = session.answer(path)
    assert answer is not None, path
    return answer.content.decode()


def test_an_edited_text_is_its_own_page_only(tmp_path: Path) -> None:
    file, *_ = formulary(tmp_path / "content", 5)
    with running_session(tmp_path) as session:
        path = f"drugs/{file.stem}/index.html"
        assert page(session, path)
        assert session.source_at(path) == f"drugs/{file.name}"
        assert session.refresh([file]) == Change()
        assert not session.refresh()
        file.write_text(
            file.read_text(encoding="utf-8").replace("mg a day", "mg an hour"), encoding="utf-8"
        )
        url = f"/drugs/{file.stem}/"
        assert session.refresh([file]) == Change(frozenset({url, f"{url}index.json"}))
        assert "mg an hour" in page(session, path)
        answer = session.answer(path)
        assert answer is not None
        assert answer.why == ("text",)


def test_a_new_title_changes_the_lists_that_were_requested(tmp_path: Path) -> None:
    file, *_ = formulary(tmp_path / "content", 5)
    with running_session(tmp_path) as session:
        assert session.answer("a-z/q/index.html") is None
        page(session, "a-z/index.html")
        file.write_text(
            file.read_text(encoding="utf-8").replace("title: ", "title: Q"), encoding="utf-8"
        )
        change = session.refresh([file])
        assert change.urls is not None
        assert {"/a-z/", "/a-z/q/", f"/drugs/{file.stem}/"} <= change.urls
        assert "/faqs/" not in change.urls
        assert "Q" in page(session, "a-z/q/index.html")


def test_the_last_good_page_stays_while_a_file_is_broken(tmp_path: Path) -> None:
    file, *_ = formulary(tmp_path / "content", 5)
    path, source = f"drugs/{file.stem}/index.html", f"drugs/{file.name}"
    text = file.read_text(encoding="utf-8")
    with running_session(tmp_path) as session:
        good = page(session, path)
        file.write_text(
            text.replace("---\n", f"---\n{WRONG}", 1).replace("mg a day", "g a day"),
            encoding="utf-8",
        )
        change = session.refresh([file])
        assert (change.urls, change.findings_changed) == (frozenset(), True)
        assert [item.path for item in change.new_findings if item.blocks_page] == [source]
        assert page(session, path) == good
        assert is_blocked(session, source)
        assert any(item.blocks_page for item in session.findings_of(source))
        assert session.source_at(path) == source
        file.write_text(text.replace("mg a day", "g a day"), encoding="utf-8")
        change = session.refresh([file])
        assert change.findings_changed
        assert f"/drugs/{file.stem}/" in (change.urls or ())
        assert "g a day" in page(session, path)
        assert not is_blocked(session, source)
        assert session.findings_of(source) == ()


def test_a_new_file_that_is_not_a_page_yet_is_found_by_its_address(
    tmp_path: Path,
) -> None:
    formulary(tmp_path / "content", 3)
    with running_session(tmp_path) as session:
        file = write(tmp_path, "drugs/newlin.md", f"---\n{WRONG}---\n\n## Uses\n\nNone.\n")
        assert session.refresh([file]).findings_changed
        assert session.answer("drugs/newlin/index.html") is None
        assert session.source_at("drugs/newlin/index.html") == "drugs/newlin.md"
        assert is_blocked(session, "drugs/newlin.md")
        assert session.findings_of("drugs/newlin.md")
        assert session.source_at("drugs/nobody/index.html") == ""


def test_an_error_in_a_template_keeps_the_last_good_page_and_is_reported(tmp_path: Path) -> None:
    file, *_ = formulary(tmp_path / "content", 3)
    own = tmp_path / "templates" / "monograph.html"
    own.parent.mkdir()
    path = f"drugs/{file.stem}/index.html"
    good_text = (DEFAULT / "monograph.html").read_text(encoding="utf-8")
    head, block, rest = good_text.partition("{% block main %}")
    assert block
    for wrong in ("{% if %}", "{{ nobody.knows }}"):
        own.write_text(good_text, encoding="utf-8")
        with running_session(tmp_path) as session:
            good = page(session, path)
            own.write_text(head + block + wrong + rest, encoding="utf-8")
            assert session.refresh([own]).urls is None
            answer = session.answer(path)
            assert answer is not None
            assert answer.content.decode() == good
            line = head.count("\n") + 1
            assert answer.error.startswith(f"{own}:{line}: ")
            assert session.theme_error
            assert [one.span.line for one in session.findings() if one.path == str(own)][:1] == [
                line
            ]
            file.write_text(file.read_text(encoding="utf-8") + "\nMore of it.\n", encoding="utf-8")
            session.refresh([file])
            assert "More of it." in page(session, path)
            own.write_text(good_text, encoding="utf-8")
            session.refresh()
            assert not session.theme_error
            answer = session.answer(path)
            assert answer is not None
            assert not answer.error
            assert all(item.path != str(own) for item in session.findings())


def test_a_theme_that_cannot_be_read_and_one_with_an_error_from_the_start(tmp_path: Path) -> None:
    file, *_ = formulary(tmp_path / "content", 3)
    own = tmp_path / "templates" / "monograph.html"
    own.parent.mkdir()
    own.write_text("{% if %}", encoding="utf-8")
    path = f"drugs/{file.stem}/index.html"
    with running_session(tmp_path) as session:
        answer = session.answer(path)
        assert answer is not None
        assert (answer.content, str(own) in answer.error) == (b"", True)
        shutil.copyfile(DEFAULT / "monograph.html", own)
        session.refresh()
        good = page(session, path)
        own.write_bytes(b"\xff\xff")
        assert session.refresh() == Change()
        assert "UTF-8" in session.theme_error
        assert page(session, path) == good


def test_a_changed_style_sheet_changes_all_pages(tmp_path: Path) -> None:
    formulary(tmp_path / "content", 3)
    own = tmp_path / "templates/assets/theme.css"
    own.parent.mkdir(parents=True)
    with running_session(tmp_path) as session:
        before = page(session, "index.html")
        own.write_text("p { color: red }", encoding="utf-8")
        change = session.refresh([own])
        assert change.urls is None
        expected, _ = published(tmp_path)
        assert differences(shown(session, expected), expected) == []
        assert page(session, "index.html") != before


def test_a_folder_that_is_removed_while_it_is_scanned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As git does on a checkout: files that were listed are gone when they are read."""
    files = formulary(tmp_path / "content", 6)
    real_scan, calls = scan.scan_folder, []

    def interrupted(*given: Any) -> Scan:
        calls.append(given)
        if len(calls) < 3:
            raise FileNotFoundError
        return real_scan(*given)

    with running_session(tmp_path) as session:
        monkeypatch.setattr(scan, "scan_folder", interrupted)
        files[0].unlink()
        change = session.refresh()
        assert f"/drugs/{files[0].stem}/" in (change.urls or ())
        assert len(calls) == 3
        shutil.rmtree(tmp_path / "content")
        with pytest.raises(FileNotFoundError):
            session.refresh()


# many files


def many(root: Path, count: int = 150) -> list[Path]:
    files = formulary(root / "content", count)
    text = files[-1].read_text(encoding="utf-8")
    files[-1].write_text(text.replace("title:", "slug: elsewhere\ntitle:", 1), encoding="utf-8")
    return files


@pytest.mark.slow
def test_a_page_is_shown_before_the_rest_is_loaded(tmp_path: Path) -> None:
    """By the address that its name gives, or by the one that its front matter states."""
    files = many(tmp_path)
    changes: list[Change] = []
    with running_session(tmp_path, changes.append) as session:
        first = files[0].relative_to(tmp_path / "content").with_suffix("")
        assert "<h1" in page(session, f"{first.as_posix()}/index.html")
        assert "<h1" in page(session, f"{files[-1].parent.name}/elsewhere/index.html")
        assert session.answer("drugs/nobody/index.html") is None
        session.wait_until_loaded()
        assert session.progress == (len(files), len(files))
        expected, findings = published(tmp_path)
        assert differences(shown(session, expected), expected) == []
        assert session.findings() == findings
        assert changes
    with running_session(tmp_path) as again:
        again.wait_until_loaded()
        assert differences(shown(again, expected), expected) == []


@pytest.mark.slow
def test_a_session_closed_while_it_was_loading(tmp_path: Path) -> None:
    files = many(tmp_path)
    for _ in range(3):
        session = Session(options(tmp_path, jobs=2))
        session.start()
        session.close()
    with running_session(tmp_path) as session:
        session.wait_until_loaded()
        expected, findings = published(tmp_path)
        assert session.progress == (len(files), len(files))
        assert differences(shown(session, expected), expected) == []
        assert session.findings() == findings


@pytest.mark.slow
def test_hundreds_of_files_at_once(tmp_path: Path) -> None:
    """As on a checkout, where the event names only the content folder."""
    files = many(tmp_path)
    with running_session(tmp_path) as session:
        session.wait_until_loaded()
        for number, file in enumerate(files):
            if number % 5 == 0:
                file.rename(file.with_name(f"new-{file.name}"))
            else:
                file.write_text(
                    file.read_text(encoding="utf-8").replace("title: ", "title: Re"),
                    encoding="utf-8",
                )
        session.refresh([tmp_path / "content"])
        session.wait_until_loaded()
        expected, findings = published(tmp_path)
        assert differences(shown(session, expected), expected) == []
        assert session.findings() == findings


def test_many_threads_request_pages_while_files_change(tmp_path: Path) -> None:
    """Each answer is a whole page of one state: the number in the text is the one that was written
    last or before."""
    file, *_ = formulary(tmp_path / "content", 9)
    path = f"drugs/{file.stem}/index.html"
    text = file.read_text(encoding="utf-8")
    errors: list[str] = []
    stop = threading.Event()

    def request_pages(session: Session) -> None:
        seen = 0
        while not stop.is_set():
            numbers = re.findall(r"Number (\d+)", page(session, path))
            if len(numbers) != 2 or numbers[0] != numbers[1] or int(numbers[0]) < seen:
                errors.append(f"{numbers} after {seen}")
            seen = max(seen, *map(int, numbers))
            page(session, "a-z/index.html")

    def put(number: int) -> None:
        file.write_text(f"{text}\nNumber {number}\n\nNumber {number}\n", encoding="utf-8")

    put(0)
    with running_session(tmp_path) as session:
        threads = [threading.Thread(target=request_pages, args=(session,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for number in range(1, 60):
            put(number)
            session.refresh([file] if number % 3 else None)
        stop.set()
        for thread in threads:
            thread.join()
    assert errors == []


def test_a_window_with_a_page_of_an_earlier_theme_still_gets_its_style_sheet(
    tmp_path: Path,
) -> None:
    formulary(tmp_path / "content", 3)
    with running_session(tmp_path) as session:
        [(name, content)] = [
            (name, content) for name, content in assets_of(session) if name.endswith(".css")
        ]
        for colour in ("red", "green"):
            file = tmp_path / "templates" / "assets" / "theme.css"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"body {{ color: {colour} }}", encoding="utf-8")
            session.refresh([file])
        assert page(session, "index.html").count(name) == 0
        answer = session.answer(name)
        assert answer
        assert answer.content == content


def assets_of(session: Session) -> list[tuple[str, bytes]]:
    """The theme's files that the home page names."""
    names = set(re.findall(r"assets/[\w.-]+", page(session, "index.html")))
    answers = [(name, session.answer(name)) for name in sorted(names)]
    return [(name, answer.content) for name, answer in answers if answer]
