"""Where only the own pages of the edited files change, nothing else is planned, and site and
findings are those of a clean build."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from formularies import OWN
from helpers import NIGHTLY, differences, tree, usually
from monograph_site.build import plan
from monograph_site.build.options import Options
from monograph_site.build.pipeline import build, check
from monograph_site.model.finding import Problem
from monograph_site.model.source import Span
from monograph_site.pages import PAGE_KINDS, faqs, page_kind
from monograph_site.pages.page import Page
from monograph_site.preview.session import Session
from monograph_site.rules import SITE_RULES, SiteContext, site_rule
from monograph_site.site.entry import Entry
from monograph_site.site.site import Site

STEPS = usually(40, nightly=600)
"""Edits of each sequence."""
FILES = {
    "drugs/examplin.md": "---\ntitle: Examplin\ndescription: For pain.\n---\n\n## Uses\n\nPain.\n\n"
    "## Dosage\n\nTake 5 mg.\n",
    "drugs/samplol.md": "---\ntitle: Samplol\ndescription: For fever.\n---\n\n## Uses\n\nFever. See "
    "[it](examplin.md#uses).\n",
    "drugs/demofen.md": "---\ntitle: Demofen\ndescription: For cough.\n---\n\n## Uses\n\nCough.\n",
    "pages/about.md": "---\ntitle: About\ndescription: Us.\n---\n\nThis site.\n",
}


class Planned(list[str]):
    """Notes each time that the whole site is planned."""

    unplanned: tuple[str, ...] = ()
    """The content files whose own pages were not planned again the last time."""


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> Planned:
    notes, plan_site = Planned(), plan.plan_site

    def noted(*arguments: object, **named: object) -> object:
        notes.append("whole site")
        result = plan_site(*arguments, **named)  # type: ignore[arg-type]
        own_pages = {planned.page.record for planned in result.pages}
        notes.unplanned = tuple(
            path for path, record in result.records.items() if record not in own_pages
        )
        return result

    monkeypatch.setattr(plan, "plan_site", noted)
    return notes


@pytest.fixture
def options(tmp_path: Path) -> Options:
    """A small site, built."""
    for path, text in FILES.items():
        write(tmp_path, path, text)
    folders = (tmp_path / name for name in ("content", "templates", "build", "cache"))
    options = Options("2025-06-30", *folders, keep_going=True)
    build(options)
    return options


def write(root: Path, path: str, text: str) -> None:
    file = root / "content" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def edit(options: Options, path: str, old: str, new: str) -> None:
    file = options.content / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def assert_like_clean(options: Options) -> None:
    """Build. Site and findings are those of a clean build, and the next build has nothing to do."""
    root = options.output.parent
    summary = build(options)
    clean = replace(options, output=root / "clean", cache=root / "clean-cache")
    shutil.rmtree(clean.output, ignore_errors=True)
    shutil.rmtree(clean.cache, ignore_errors=True)
    expected = build(clean)
    assert differences(tree(options.output), tree(clean.output)) == []
    assert summary.findings == expected.findings
    assert (summary.monographs, summary.pages) == (expected.monographs, expected.pages)
    assert build(options).rendered == ()
    assert build(options, explain="/").rendered == (), "planned as a whole, all keys are the same"


def test_findings_of_other_files_are_kept_with_their_present_line(options: Options) -> None:
    """A finding about several files quotes a line that was edited behind it meanwhile."""
    edit(options, "drugs/samplol.md", "(examplin.md#uses).", "(missing.md). Or not.")
    assert_like_clean(options)
    edit(options, "drugs/samplol.md", "Or not.", "Or maybe not.")
    assert_like_clean(options)
    edit(options, "drugs/demofen.md", "title: Demofen", "title: Demofen forte")
    assert_like_clean(options)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_new_title_plans_the_pages_that_show_it(
    options: Options, planned: Planned, jobs: int
) -> None:
    edit(options, "drugs/samplol.md", "title: Samplol", "title: Samplol forte")
    summary = build(replace(options, jobs=jobs))
    assert planned == ["whole site"]
    assert planned.unplanned == ("drugs/demofen.md", "drugs/examplin.md", "pages/about.md")
    assert "/drugs/samplol/" in summary.rendered
    assert "/drugs/demofen/" not in summary.rendered
    assert_like_clean(options)


def test_a_page_whose_file_was_removed_is_planned_again(options: Options) -> None:
    edit(options, "drugs/samplol.md", "title: Samplol", "title: Samplol forte")
    (options.output / "drugs/demofen/index.html").unlink()
    assert "/drugs/demofen/" in build(options).rendered
    assert_like_clean(options)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("drugs/samplol.md", "Fever.", "High fever."),
        ("drugs/samplol.md", "Fever.", "Fever and TODO."),  # a finding that was not there
        ("drugs/samplol.md", "Fever.", "Fever.\n\n> [!NOTE]\n> By word of mouth."),
        ("drugs/demofen.md", "Cough.", "Cough.\n\n<!-- monograph-site-ignore typo -->\n\nMore."),
        ("pages/about.md", "This site.", "These pages."),
    ],
)
def test_an_edit_of_a_text_plans_its_own_pages(
    options: Options, planned: Planned, path: str, old: str, new: str
) -> None:
    edit(options, path, old, new)
    summary = build(options)
    assert planned == []
    url = f"/{path.removesuffix('.md')}/".replace("/pages/", "/")
    assert [page for page in summary.rendered if not page.endswith("json")] in (
        [url],
        [f"/pages{url}"],
    )
    edit(options, path, new, old)
    assert_like_clean(options)
    assert planned == ["whole site"] * 2, "the clean build, and the last one"


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("drugs/examplin.md", "Examplin", "Examplol"),
        ("drugs/examplin.md", "For pain.", "Against pain."),
        ("drugs/examplin.md", "---\n\n", "draft: true\n---\n\n"),
        ("drugs/examplin.md", "Pain.", "Pain.\n\n## FAQ\n\n### Why?\n\nBecause it helps."),
        ("drugs/examplin.md", "## Uses", "## Uses in adults"),  # a link leads to this heading
        ("drugs/demofen.md", "Cough.", "Cough. See [this](samplol.md#nothing)."),
        ("drugs/demofen.md", "Cough.", "The maximum daily dose is 40 mg."),
        ("drugs/demofen.md", "Cough.", "Not to be confused with samplol."),
        ("drugs/demofen.md", "## Uses", "broken"),
        ("pages/about.md", "title: About", "title: Imprint"),
    ],
)
def test_what_the_rest_of_the_site_can_see_plans_the_whole_site(
    options: Options, planned: Planned, path: str, old: str, new: str
) -> None:
    edit(options, path, old, new)
    assert_like_clean(options)
    assert len(planned) == 3


def test_a_file_that_a_check_or_a_preview_has_seen_first(
    options: Options, planned: Planned
) -> None:
    edit(options, "drugs/samplol.md", "Fever.", "High fever.")
    check(options)
    planned.clear()
    assert_like_clean(options)
    edit(options, "drugs/samplol.md", "High fever.", "Some fever.")
    session = Session(options)
    session.start()
    session.wait_until_loaded()
    session.close()
    assert_like_clean(options)
    assert planned == ["whole site"] * 4, "the clean builds, and the last ones"


def test_a_lost_file_of_the_output_is_made_again_with_an_edit(options: Options) -> None:
    edit(options, "drugs/samplol.md", "Fever.", "High fever.")
    (options.output / "a-z" / "index.html").unlink()
    assert_like_clean(options)


def test_files_that_come_and_go_with_an_edit(options: Options) -> None:
    edit(options, "drugs/samplol.md", "Fever.", "High fever.")
    write(options.output.parent, "drugs/placebon.md", FILES["drugs/examplin.md"])
    assert_like_clean(options)
    edit(options, "drugs/samplol.md", "High fever.", "Fever.")
    (options.content / "drugs/placebon.md").unlink()
    assert_like_clean(options)


def test_an_edit_with_an_error_is_published_with_the_rest_or_not_at_all(options: Options) -> None:
    options = replace(options, keep_going=False)
    build(options)
    edit(options, "drugs/samplol.md", "Fever.", "[Insert use here].")
    before = tree(options.output)
    assert not build(options).published
    assert tree(options.output) == before
    edit(options, "drugs/samplol.md", "[Insert use here].", "Fever, rarely.")
    assert_like_clean(options)


def test_a_suppression_in_the_settings_may_be_of_use_in_any_file(options: Options) -> None:
    write(options.output.parent, "site.yaml", "ignore: {drugs: [placeholder]}\n")
    build(options)
    edit(options, "drugs/samplol.md", "Fever.", "[Insert dose here].")
    assert_like_clean(options)


@pytest.fixture
def plug_ins() -> Iterator[None]:
    """A page that counts headings, and a rule that looks at them."""

    @page_kind("guest-pages", r"/count\.txt")
    def guest_pages(site: Site) -> Iterator[Page]:
        count = sum(len(entry.toc) for entry in site.entries)
        yield Page("/count.txt", "text", {"text": str(count)})

    @site_rule("W999", "guest-rule")
    def guest_rule(context: SiteContext) -> Iterator[tuple[str, Problem]]:
        """A rule of a plug-in."""
        for entry in context.site.entries:
            if len(entry.toc) > 2:
                yield "", Problem(Span(), f"{entry.path} has many headings.\nRemove one.")

    yield
    PAGE_KINDS.remove("guest-pages")
    SITE_RULES.remove("guest-rule")


@pytest.mark.usefixtures("plug_ins")
def test_a_plug_in_may_see_what_nothing_else_does(options: Options) -> None:
    build(options)
    edit(options, "drugs/demofen.md", "Cough.", "Cough.\n\n## Storage\n\nKeep it dry.")
    assert_like_clean(options)
    edit(options, "drugs/demofen.md", "Cough.", "Cough.\n\n## Overdose\n\nCall a doctor.")
    assert_like_clean(options)


@pytest.mark.parametrize("seed", range(2))
def test_any_edits_of_lines(tmp_path: Path, planned: Planned, seed: int) -> None:
    """Lines that move, come twice, change or vanish, in one or two files at a time."""
    shutil.copytree(OWN / "headed", tmp_path / "content")
    folders = (tmp_path / name for name in ("content", "templates", "build", "cache"))
    search = NIGHTLY or seed == 0  # to index the texts takes half the time
    options = Options("2025-06-30", *folders, keep_going=True, search=search)
    build(options)
    chance = random.Random(seed)
    paths = sorted(options.content.rglob("*.md"))
    short = 0
    for _ in range(STEPS):
        for path in chance.sample(paths, chance.choice((1, 1, 2))):
            lines = path.read_text(encoding="utf-8").split("\n")
            other = chance.choice(paths).read_text(encoding="utf-8").split("\n")
            at, action = chance.randrange(len(lines)), chance.choice("aaacidt")
            if action == "a":
                texts = [number for number, line in enumerate(lines) if len(line) > 60]
                if texts:
                    lines[chance.choice(texts)] += f" Or {chance.randint(1, 99)} tablets."
            elif action == "c":
                lines[at] = chance.choice(other)
            elif action == "i":
                lines.insert(at, chance.choice(other))
            elif action == "d":
                del lines[at]
            else:
                lines[at] = lines[at][: len(lines[at]) // 2]
            path.write_text("\n".join(lines), encoding="utf-8")
        planned.clear()
        assert_like_clean(options)
        short += len(planned) == 2
    assert short >= STEPS // 4


FAQS = "\n## FAQs\n\n**Q: What is it for?**\n\nA: {}.\n"
"""A section of questions; the address of each follows from its text."""


@pytest.fixture
def with_questions(options: Options) -> Options:
    """The same site, with questions about each medicine, built."""
    for path in FILES:
        if path.startswith("drugs/"):
            file = options.content / path
            file.write_text(file.read_text() + FAQS.format("Much"), encoding="utf-8")
    build(options)
    assert (options.output / "faqs/e/index.html").exists()
    return options


@pytest.mark.parametrize("jobs", [1, 2])
def test_questions_of_letters_without_a_change_are_not_planned(
    with_questions: Options, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    letters: list[str] = []
    divided = faqs._divided

    def noted(site: Site, entries: Sequence[Entry]) -> Iterator[faqs.FaqGroup]:
        letters.append(entries[0].title[0])
        return divided(site, entries)

    options = replace(with_questions, jobs=jobs)
    with monkeypatch.context() as patch:
        patch.setattr(faqs, "_divided", noted)
        edit(options, "drugs/samplol.md", "title: Samplol", "title: Samplol forte")
        build(options)
        assert letters == ["S"]
    assert_like_clean(options)


def test_what_is_known_of_groups_of_pages_may_be_older_than_the_site(
    with_questions: Options,
) -> None:
    """As after a build that was killed when it had published."""
    options, kept = with_questions, with_questions.cache / "groups"
    older = kept.read_bytes()
    edit(options, "drugs/samplol.md", "title: Samplol", "title: Samplol forte")
    build(options)
    assert kept.read_bytes() != older
    kept.write_bytes(older)
    edit(options, "drugs/samplol.md", "title: Samplol forte", "title: Samplol")
    assert_like_clean(options)


def test_groups_of_pages_after_an_edit_of_templates(with_questions: Options) -> None:
    options = with_questions
    write(options.templates.parent, "../templates/faq_letter.html", "{{ page.title }}")
    edit(options, "drugs/samplol.md", "title: Samplol", "title: Samplol forte")
    assert_like_clean(options)
    write(options.templates.parent, "../templates/faq_letter.html", "{{ page.title }}.")
    assert_like_clean(options)
    edit(options, "drugs/samplol.md", "title: Samplol forte", "title: Samplol")
    assert_like_clean(options)
