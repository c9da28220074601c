"""After any change, an incremental build gives the same bytes as a clean build."""

from __future__ import annotations

import errno
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from formularies import OWN
from helpers import NIGHTLY, Site, differences, tree, usually
from monograph_site.build import scan
from monograph_site.build.options import Options
from monograph_site.build.pipeline import build
from monograph_site.check import inspect
from monograph_site.model.files import open_without_links
from monograph_site.model.finding import Finding, Severity
from writing import Draft, formulary, invented

STEPS = usually(25, nightly=250)
"""Changes in each sequence, of which there are four."""


DATA_SETTINGS = (
    "collections: {meds: {data: meds.yaml, kind: drug}, prices: {data: prices.csv, rows: prices}}\n"
)


def clean(site: Site) -> dict[str, bytes]:
    """The same content built from nothing, elsewhere."""
    return clean_build(site)[0]


def clean_build(site: Site, search: bool = True) -> tuple[dict[str, bytes], tuple[Finding, ...]]:
    """The same, with its findings."""
    other = site.root / "clean"
    shutil.rmtree(other, ignore_errors=True)
    options = Options(
        "2025-06-30",
        site.root / "content",
        site.root / "templates",
        other,
        site.root / "clean-cache",
    )
    shutil.rmtree(options.cache, ignore_errors=True)
    findings = build(replace(options, keep_going=True, search=search)).findings
    result = tree(other)
    shutil.rmtree(other)
    return result, findings


def edit_dose(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_an_edited_dose_is_one_page(tmp_path: Path) -> None:
    """By the command line, on a small formulary with all kinds of content."""
    site = Site(tmp_path)
    shutil.copytree(OWN / "headed", tmp_path / "content", dirs_exist_ok=True)
    site.build("--as-of", "2025-06-30")
    edit_dose(
        tmp_path / "content/compositions/cardomel.md",
        "never more than ten a day",
        "never more than nine a day",
    )
    site.build("--as-of", "2025-06-30")
    assert site.rendered == ["/compositions/cardomel/", "/compositions/cardomel/index.json"]
    assert site.summary["unchanged"] == site.summary["pages"] - 2
    site.sees("/compositions/cardomel/", "never more than nine a day")
    assert differences(tree(site.output), clean(site)) == []
    assert site.build("--as-of", "2025-06-30").rendered == []


def test_an_edited_template_keeps_the_findings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rules about several files run where content, settings or words have changed, and only there."""
    site = Site(tmp_path)
    for name in ("examplin", "other"):
        site.write(f"drugs/{name}.md", Draft("Examplin").text)
    findings = built(site)
    assert any(finding.name == "duplicate-title" for finding in findings)
    calls: list[object] = []
    across = inspect.findings_across_files
    monkeypatch.setattr(
        inspect, "findings_across_files", lambda *args: calls.append(args) or across(*args)
    )
    own = tmp_path / "templates"
    own.mkdir()
    for number in range(2):
        text = f"{{% extends 'default/monograph.html' %}}{{# {number} #}}"
        (own / "monograph.html").write_text(text, encoding="utf-8")
        assert built(site) == findings
        assert differences(tree(site.output), clean(site)) == []
        calls.pop()  # of the clean build
        assert calls == []
    site.write("drugs/examplin.md", Draft("Somethin").text)
    (own / "monograph.html").unlink()
    assert built(site) != findings
    assert len(calls) == 1


@pytest.mark.shared
def test_an_edited_dose_is_one_page_of_the_corpus(shared: Path, tmp_path: Path) -> None:
    site = Site(tmp_path)
    source = shared / "corpus" / "sectioned"
    for path in [*sorted(source.rglob("*.md"))[::20], source / "compositions" / "rivaroxaban.md"]:
        target = tmp_path / "content" / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    code = 1 if any(finding.severity is Severity.ERROR for finding in built(site)) else 0
    edited = tmp_path / "content" / "compositions" / "rivaroxaban.md"
    text = edited.read_text(encoding="utf-8")
    head, mark, rest = text.partition("#### **Special Cases")
    assert mark, "the file has lost the heading that this test edits below"
    edited.write_text(f"{head}{mark}{rest.replace(' dose', ' daily dose', 1)}", encoding="utf-8")
    site.build("--as-of", "2025-06-30", "--keep-going", code=code)
    assert site.rendered == ["/compositions/rivaroxaban/", "/compositions/rivaroxaban/index.json"]
    assert differences(tree(site.output), clean(site)) == []


def built(site: Site, search: bool = True) -> tuple[Finding, ...]:
    """The findings of a build."""
    options = Options("2025-06-30", site.root / "content", site.root / "templates", site.output)
    options = replace(options, cache=site.root / ".monograph-site", keep_going=True, search=search)
    return build(options).findings


# any sequence of changes


class Editor:
    """An editor who makes one change after another, always the same ones for a seed."""

    def __init__(self, site: Site, seed: int) -> None:
        self.site = site
        self.content = site.root / "content"
        self.chance = random.Random(seed)
        self.refused: dict[str, type[OSError]] = {}
        """Files that cannot be read now, by path below the content, and the error."""
        formulary(self.content, 9, seed)

    def act(self) -> str:
        """Make a change. Returns its name."""
        action = self.chance.choice(self.actions())
        action()
        return action.__name__

    def actions(self) -> list[Callable[[], None]]:
        return [
            self.new_dose, self.new_dose, self.new_title, self.new_file, self.renamed, self.deleted,
            self.damaged, self.settings, self.template, self.asset, self.tampered, self.lost_output,
            self.lost_folder, self.touched, self.same_size_and_time, self.lost_cache,
            self.cut_cache, self.alias, self.moved, self.emptied, self.unreadable,
            self.vanished, self.readable_again, self.readable_again, self.translated, self.translated,
            self.retranslated, self.untranslated, self.own_words, self.data_file, self.data_file,
            self.marked_for_audience, self.marked_for_audience,
        ]  # fmt: skip

    def file(self) -> Path:
        files = [path for path in self.content.rglob("*.md") if self.name(path) not in self.refused]
        return self.chance.choice(sorted(files) or [self.written()])

    def name(self, path: Path) -> str:
        return path.relative_to(self.content).as_posix()

    def open(self, root: Path, name: str) -> int:
        """`open_without_links`, with the files that cannot be read now."""
        if name in self.refused:
            raise self.refused[name](errno.EACCES, "refused")
        return open_without_links(root, name)

    def written(self) -> Path:
        name = invented(self.chance)
        path = (
            self.content
            / self.chance.choice(["drugs", "combinations", "articles", "pages", "."])
            / f"{name}.md"
        )
        path.parent.mkdir(exist_ok=True)
        others = [invented(self.chance), "Aspirin", "Xoxoxo"]
        title = (
            " + ".join(others[:2])
            if self.chance.random() < 0.3
            else self.chance.choice([name, *others])
        )
        path.write_text(Draft(title, uses=f"For {name}.").text, encoding="utf-8")
        return path

    def changed(self, old: str, new: str) -> None:
        path = self.file()
        text = path.read_text(encoding="utf-8", errors="replace")
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def output(self) -> Path:
        return self.chance.choice(
            sorted(path for path in self.site.output.rglob("*.*") if path.is_file())
        )

    # what an editor does

    def new_dose(self) -> None:
        self.changed("## Dosage\n\n", f"## Dosage\n\nNow {self.chance.randint(10, 99)} mg. ")

    def marked_for_audience(self) -> None:
        """A section becomes one for an audience, or for everyone again, by front matter or heading."""
        path = self.file()
        text = path.read_text(encoding="utf-8", errors="replace")
        marks = [
            ("title: ", "audience: {dose: professional}\ntitle: "),
            ("title: ", "audience: {side_effects: patient, dose: professional}\ntitle: "),
            ("## Uses\n", "## Uses {audience=patient}\n"),
        ]
        for old, new in marks:
            if new in text:
                path.write_text(text.replace(new, old, 1), encoding="utf-8")
                return
        path.write_text(text.replace(*self.chance.choice(marks), 1), encoding="utf-8")

    def new_title(self) -> None:
        self.changed("title: ", f"title: {self.chance.choice(['New ', 'Old ', 'Aspirin + ', ''])}")

    def new_file(self) -> None:
        self.written()

    def renamed(self) -> None:
        path = self.file()
        path.rename(path.with_name(f"{invented(self.chance).lower()}.md"))

    def moved(self) -> None:
        path = self.file()
        target = self.content / self.chance.choice(["drugs", "articles", "deep/er"]) / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)

    def deleted(self) -> None:
        self.file().unlink()

    def damaged(self) -> None:
        """An error that blocks the page, or its repair."""
        path = self.file()
        data = path.read_bytes()
        path.write_bytes(
            data.replace(b"broken: [\n", b"")
            if b"broken" in data
            else data.replace(b"---\n", b"---\nbroken: [\n", 1)
        )

    def emptied(self) -> None:
        self.file().write_bytes(b"")

    def alias(self) -> None:
        self.changed("title: ", f"aliases: [/was/{self.chance.randint(1, 4)}/]\ntitle: ")

    def settings(self) -> None:
        settings = [
            "title: Another title\n",
            "search: false\n",
            "base_url: https://own.example/below/\n",
            "collections: {drugs: {kind: drug, permalink: '/d/{slug}/'}}\n",
            "namespaces: {drugs: /n/}\n",
            "disclaimers: [{text: Another disclaimer.}]\n",
            "review: {interval: 1 month}\n",
            "severity: {E401: warning}\n",
            DATA_SETTINGS,
            DATA_SETTINGS,
            "",
        ]
        (self.content / "site.yaml").write_text(self.chance.choice(settings), encoding="utf-8")

    def data_file(self) -> None:
        """Entries are added, edited, moved, damaged or taken away in a data file that site.yaml may
        name."""
        names = [invented(self.chance), "Aspirin", "Examplin"]
        doses = [f"{self.chance.randint(1, 99)} mg", "7 florps", "9-3 mg"]
        rows = [
            f"- title: {self.chance.choice(names)}\n  uses: Pain.\n  doses: {{dose: {dose}}}\n"
            for dose in doses[: self.chance.randint(0, 3)]
        ]
        blank = "\n" * self.chance.randint(0, 2)
        (self.content / "meds.yaml").write_text(blank + "".join(rows), encoding="utf-8")
        titles = [path.stem for path in sorted(self.content.rglob("*.md"))][:3]
        prices = [f"{title},{self.chance.randint(1, 9)}\n" for title in (*titles, "Examplin")]
        (self.content / "prices.csv").write_text("title,amount\n" + "".join(prices), "utf-8")
        if self.chance.random() < 0.2:
            self.content.joinpath(self.chance.choice(["meds.yaml", "prices.csv"])).unlink()
        elif self.chance.random() < 0.5:
            (self.content / "site.yaml").write_text(DATA_SETTINGS, encoding="utf-8")

    def template(self) -> None:
        own = self.site.root / "templates"
        own.mkdir(exist_ok=True)
        name = self.chance.choice(["monograph.html", "home.html", "404.html", "letter.html"])
        number = self.chance.randint(1, 9)
        block = f"{{% block footer_about %}}<p>Edition {number}</p>{{% endblock %}}"
        text = f"{{% extends 'default/{name}' %}}{block}"
        if (own / name).exists() and number < 5:
            (own / name).unlink()
        else:
            (own / name).write_text(text, encoding="utf-8")

    def asset(self) -> None:
        own = self.site.root / "templates" / "assets"
        own.mkdir(parents=True, exist_ok=True)
        (own / "theme.css").write_text(
            f"body {{ margin: {self.chance.randint(1, 9)}px }}", encoding="utf-8"
        )

    def translated(self) -> None:
        """A translation of a file, beside it or in the folder of its language, named or not."""
        (self.content / "site.yaml").write_text("languages: [es]\n", encoding="utf-8")
        path = self.file()
        name = self.name(path).removesuffix(".md").removeprefix("es/").removesuffix(".es")
        year = self.chance.randint(2023, 2025)
        front = f"dates: {{changed: {year}-05-05}}\n"
        if self.chance.random() < 0.3:
            name, front = f"{name}o", f"{front}translation_of: {name.rpartition('/')[2]}\n"
        target = self.content / self.chance.choice([f"es/{name}.md", f"{name}.es.md"])
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(Draft(f"{invented(self.chance)}o", front=front).text, encoding="utf-8")
        self.changed(
            "title: ", f"dates: {{changed: 202{self.chance.randint(3, 6)}-01-01}}\ntitle: "
        )

    def translations(self) -> list[Path]:
        return sorted({*self.content.glob("es/**/*.md"), *self.content.rglob("*.es.md")})

    def retranslated(self) -> None:
        for path in self.translations()[:2]:
            if self.name(path) not in self.refused:
                text = path.read_text(encoding="utf-8", errors="replace")
                text = text.replace("-05-05", "-06-06").replace("title: ", "slug: otro\ntitle: ", 1)
                path.write_text(text, encoding="utf-8")

    def untranslated(self) -> None:
        for path in self.translations()[:1]:
            path.unlink()

    def own_words(self) -> None:
        words = self.site.root / "templates" / "words" / "es.po"
        words.parent.mkdir(parents=True, exist_ok=True)
        word = invented(self.chance)
        words.write_text(f'msgid "Search"\nmsgstr "{word}"\n', encoding="utf-8")

    def touched(self) -> None:
        os.utime(self.file())

    def unreadable(self) -> None:
        path = self.file()
        path.chmod(0)  # root reads it in spite of that
        self.refused[self.name(path)] = PermissionError

    def vanished(self) -> None:
        """Something beside the build (git, a sync client) takes the file away while it is read."""
        path = self.file()
        os.utime(path)
        self.refused[self.name(path)] = FileNotFoundError

    def readable_again(self) -> None:
        for name in self.refused:
            if (self.content / name).exists():
                (self.content / name).chmod(0o644)
        self.refused.clear()

    def same_size_and_time(self) -> None:
        """An edit that an index of sizes and times alone would not see."""
        path = self.file()
        data, status = path.read_bytes(), path.stat()
        path.write_bytes(data.replace(b"Yawning", b"Gaining").replace(b"Safe", b"Tame"))
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    # what happens to a site

    def tampered(self) -> None:
        path = self.output()
        if path.name != ".monograph-site.json":
            data, status = path.read_bytes(), path.stat()
            path.write_bytes(data[:-1] + b"!" if self.chance.random() < 0.5 else b"tampered")
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    def lost_output(self) -> None:
        path = self.output()
        if path.name != ".monograph-site.json":
            path.unlink()

    def lost_folder(self) -> None:
        folders = sorted(path for path in self.site.output.iterdir() if path.is_dir())
        shutil.rmtree(self.chance.choice(folders))

    def lost_cache(self) -> None:
        shutil.rmtree(self.site.root / ".monograph-site", ignore_errors=True)

    def cut_cache(self) -> None:
        cache = self.site.root / ".monograph-site"
        files = sorted(path for path in cache.rglob("*") if path.is_file())
        if files:
            path = self.chance.choice(files)
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.mark.parametrize("seed", range(4))
def test_any_sequence_of_changes(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(tmp_path)
    editor = Editor(site, seed)
    monkeypatch.setattr(scan, "open_without_links", editor.open)
    search = NIGHTLY or seed < 2  # to index the texts takes half the time
    built(site, search)
    actions = []
    for _ in range(STEPS):
        actions.append(editor.act())
        if editor.chance.random() < 0.2:
            actions.append(editor.act())
        findings = built(site, search)
        files, clean_findings = clean_build(site, search)
        assert differences(tree(site.output), files) == [], f"after {actions}"
        assert findings == clean_findings, f"after {actions}"
