"""Writing with the preview open in a real browser: every save shows up in it by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from helpers import HANG_SECONDS
from serving import Preview, monograph, write

pytestmark = pytest.mark.browser

BROKEN = "---\ntitle: Examplin\ntitle: Twice\n---\n\n## Uses\n\nFor examples.\n"
ALIASES = ", ".join(f"Name{number}" for number in range(30))


def long_text(title: str = "Examplin", first: str = "For examples.", last: str = "The end.") -> str:
    """A page that can be scrolled, with a list of names that can be opened."""
    parts = "\n".join(
        f"## Part {number}\n\n{'Words to scroll through. ' * 60}\n" for number in range(12)
    )
    return (
        monograph(title, first).replace("\n---\n", f"\nalternate_names: [{ALIASES}]\n---\n", 1)
        + parts
        + f"\n{last}\n"
    )


class Writer:
    """An author with a text editor and a browser."""

    def __init__(self, root: Path, preview: Preview, page: Page) -> None:
        self.root, self.preview, self.page = root, preview, page
        self.errors: list[str] = []
        self.loads = 0
        page.set_default_timeout(HANG_SECONDS * 1000)
        page.on(
            "console",
            lambda line: self.errors.append(line.text) if line.type == "error" else None,
        )
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("load", lambda _: setattr(self, "loads", self.loads + 1))

    def open(self, path: str) -> None:
        """Go to a page, and wait until it receives events."""
        is_own = path.startswith("/_dev/")
        last = re.compile("/_dev/live.js" if is_own else "/_dev/page")
        with self.page.expect_response(re.compile("/_dev/events")), self.page.expect_response(last):
            self.page.goto(self.preview.url + path)
        self.loads = 0

    def save(self, path: str, text: str) -> None:
        write(self.root / "content", path, text)

    def sees(self, words: str) -> None:
        expect(self.page.locator("main")).to_contain_text(words)

    @property
    def overlay(self) -> Locator:
        return self.page.get_by_role("dialog")

    @property
    def bar(self) -> Locator:
        return self.page.get_by_role("complementary", name="Preview")


@pytest.fixture
def writer(tmp_path: Path, browser: Browser) -> Iterator[Writer]:
    write(tmp_path / "content", "drugs/examplin.md", long_text())
    write(tmp_path / "content", "drugs/samplol.md", monograph("Samplol"))
    context = browser.new_context(viewport={"width": 1000, "height": 700})
    with Preview(tmp_path) as preview:
        editor = Writer(tmp_path, preview, context.new_page())
        yield editor
        context.close()
    assert [error for error in editor.errors if "404" not in error] == []


def test_a_word_is_changed_and_nothing_else_moves(writer: Writer) -> None:
    """Scroll position, open details, focus and selection stay; the page is not loaded again."""
    page = writer.page
    writer.open("/drugs/examplin/")
    page.locator("details.more summary").first.click()
    page.locator("#site-q").fill("typed")
    page.locator("a.anchor[href='#part-6']").focus()
    page.evaluate("window.kept = document.querySelector('#part-6'); scrollTo(0, 1500)")
    before = page.evaluate("scrollY")
    writer.save("drugs/examplin.md", long_text(last="Another end."))
    writer.sees("Another end.")
    assert writer.loads == 0
    assert page.evaluate("scrollY") == before > 1000
    assert page.locator("details.more").first.get_attribute("open") is not None
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#part-6"
    assert page.evaluate("window.kept === document.querySelector('#part-6')")
    assert page.locator("#site-q").input_value() == "typed"


def test_a_section_comes_and_goes(writer: Writer) -> None:
    writer.open("/drugs/examplin/")
    writer.page.evaluate("window.kept = document.querySelector('#part-6')")
    writer.save(
        "drugs/examplin.md",
        long_text().replace("## Part 3", "## Storage\n\nIn the cold.\n\n## Part 3"),
    )
    writer.sees("In the cold.")
    expect(writer.page.locator(".toc")).to_contain_text("Storage")
    writer.save("drugs/examplin.md", long_text())
    expect(writer.page.locator("main")).not_to_contain_text("In the cold.")
    assert writer.page.evaluate("window.kept === document.querySelector('#part-6')")
    assert writer.loads == 0


def test_what_is_on_the_screen_is_what_is_served(writer: Writer) -> None:
    """After any number of edits in place the document is the one that a fresh visit would give."""
    writer.open("/drugs/examplin/")
    for number in range(8):
        text = long_text(f"Examplin {number}", f"First {number}.", f"Last {number}.")
        writer.save(
            "drugs/examplin.md",
            text.replace(f"## Part {number}\n", f"## Changed\n\n- a\n- b {number}\n\n## New\n"),
        )
        writer.sees(f"Last {number}.")
    document = (  # without the mark of the section on the screen, which scrolling sets
        "document.documentElement.outerHTML.replace(/<monograph-preview>.*/s, '')"
        ".replace(/ aria-current=.true./g, '')"
    )
    shown = writer.page.evaluate(document)
    writer.open("/drugs/examplin/")
    assert shown == writer.page.evaluate(document)


def test_the_title_is_changed_here_and_in_the_lists(writer: Writer, browser: Browser) -> None:
    writer.open("/drugs/")
    writer.save("drugs/examplin.md", long_text("Examplin forte"))
    writer.sees("Examplin forte")
    writer.open("/drugs/examplin/")
    writer.save("drugs/examplin.md", long_text("Examplin mite"))
    expect(writer.page).to_have_title(re.compile("Examplin mite"))
    expect(writer.page.locator("h1")).to_have_text("Examplin mite")
    assert writer.loads == 0


def test_the_front_matter_is_broken_and_fixed(writer: Writer) -> None:
    writer.open("/drugs/examplin/")
    writer.save("drugs/examplin.md", BROKEN)
    expect(writer.overlay).to_contain_text("drugs/examplin.md:3:")
    expect(writer.overlay).to_contain_text("title: Twice")
    expect(writer.overlay).to_contain_text("last good version")
    writer.sees("The end.")
    link = writer.overlay.get_by_role("link", name="drugs/examplin.md:3:")
    expect(link).to_have_attribute(
        "href", re.compile(r"^vscode://file/.*/content/drugs/examplin\.md:3:\d+$")
    )
    writer.save("drugs/examplin.md", long_text(last="Fixed."))
    expect(writer.overlay).to_have_count(0)
    writer.sees("Fixed.")
    assert writer.loads == 0


def test_the_overlay_is_hidden_by_keyboard_and_comes_back_for_another_error(
    writer: Writer,
) -> None:
    writer.open("/drugs/examplin/")
    writer.save("drugs/examplin.md", BROKEN)
    expect(writer.overlay).to_be_visible()
    writer.page.keyboard.press("Escape")
    expect(writer.overlay).to_have_count(0)
    writer.bar.get_by_role("button", name="Errors").click()
    expect(writer.overlay).to_be_visible()
    writer.overlay.get_by_role("button", name="Hide the errors").press("Enter")
    expect(writer.overlay).to_have_count(0)
    writer.save("drugs/examplin.md", BROKEN.replace("title: Twice", "kind: ]"))
    expect(writer.overlay).to_contain_text("kind: ]")


def test_a_file_is_deleted_and_comes_back(writer: Writer) -> None:
    writer.open("/drugs/samplol/")
    (writer.root / "content" / "drugs" / "samplol.md").unlink()
    writer.sees("Page not found")
    writer.save("drugs/samplol.md", monograph("Samplol", "Back again."))
    writer.sees("Back again.")


def test_a_file_is_renamed(writer: Writer) -> None:
    drugs = writer.root / "content" / "drugs"
    writer.open("/drugs/samplol/")
    (drugs / "samplol.md").rename(drugs / "renamol.md")
    writer.sees("drugs/renamol.md")
    writer.open("/drugs/renamol/")
    writer.sees("Samplol")


def test_a_file_is_added(writer: Writer) -> None:
    writer.open("/drugs/newol/")
    writer.sees("Page not found")
    writer.save("drugs/newol.md", monograph("Newol", "For what is new."))
    writer.sees("For what is new.")
    writer.open("/drugs/")
    writer.save("drugs/latol.md", monograph("Latol"))
    writer.sees("Latol")


def test_a_new_file_with_an_error_has_a_page_that_says_why(writer: Writer) -> None:
    writer.open("/drugs/newol/")
    writer.save("drugs/newol.md", BROKEN)
    expect(writer.page.locator("h1")).to_have_text("drugs/newol.md is not a page yet")
    writer.sees("drugs/newol.md:3:")
    writer.save("drugs/newol.md", monograph("Newol", "For what is new."))
    writer.sees("For what is new.")


def test_a_template_is_changed_broken_and_fixed(writer: Writer) -> None:
    extends = '{% extends "default/base.html" %}'
    write(writer.root / "templates", "base.html", extends)
    writer.open("/drugs/examplin/")
    foot = writer.page.locator("footer")
    write(
        writer.root / "templates",
        "base.html",
        extends + "{% block footer_about %}<p>Our own foot</p>{% endblock %}",
    )
    expect(foot).to_contain_text("Our own foot")
    write(
        writer.root / "templates",
        "base.html",
        extends + "{% block footer_about %}{{ nothing.at.all }}{% endblock %}",
    )
    expect(writer.overlay).to_contain_text("base.html")
    expect(foot).to_contain_text("Our own foot")
    write(
        writer.root / "templates",
        "base.html",
        extends + "{% block footer_about %}<p>Fixed foot</p>{% endblock %}",
    )
    expect(foot).to_contain_text("Fixed foot")
    expect(writer.overlay).to_have_count(0)
    assert writer.loads == 0


def test_the_style_sheet_is_changed(writer: Writer) -> None:
    theme = writer.root / "templates"
    write(theme, "assets/theme.css", "h1 { color: rgb(1, 2, 3) }")
    writer.open("/drugs/examplin/")
    expect(writer.page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")
    write(theme, "assets/theme.css", "h1 { color: rgb(4, 5, 6) }")
    expect(writer.page.locator("h1")).to_have_css("color", "rgb(4, 5, 6)")
    expect(writer.page.locator("head link[rel=stylesheet]")).to_have_count(1)
    assert writer.loads == 0


def test_the_settings_are_changed(writer: Writer) -> None:
    writer.open("/drugs/examplin/")
    writer.save("site.yaml", "title: Another name\n")
    expect(writer.page.locator(".brand")).to_have_text("Another name")
    writer.save("site.yaml", "title: [\n")
    expect(writer.overlay).to_contain_text("site.yaml:")


def test_only_windows_with_the_page_are_updated(writer: Writer) -> None:
    writer.open("/drugs/samplol/")
    requests: list[str] = []
    writer.page.on("request", lambda request: requests.append(request.url))
    writer.save("drugs/examplin.md", long_text(last="Not your page."))
    writer.preview.wait_for_line("/drugs/examplin/")
    writer.page.wait_for_timeout(500)
    assert requests == []


def test_the_server_is_started_again(writer: Writer, tmp_path: Path) -> None:
    writer.open("/drugs/examplin/")
    writer.preview.interrupt()
    expect(writer.bar).to_contain_text("not connected")
    writer.save("drugs/examplin.md", long_text(last="Written meanwhile."))
    with Preview(tmp_path, "--port", str(writer.preview.port)):
        writer.sees("Written meanwhile.")
        expect(writer.bar).not_to_contain_text("not connected")
        writer.page.goto("about:blank")
    writer.errors.clear()  # the browser says that the server was not there


def test_the_bar_names_file_lines_and_findings(writer: Writer) -> None:
    writer.open("/drugs/examplin/")
    expect(writer.bar).to_contain_text("drugs/examplin.md")
    expect(writer.bar).to_contain_text("Medicine")
    writer.bar.get_by_role("button", expanded=False).press("Enter")
    expect(writer.bar.locator("li", has_text="Dosage")).to_contain_text("line 11")
    expect(writer.bar).to_contain_text("for the first time")
    writer.save("drugs/examplin.md", long_text(last="TODO: write the end."))
    writer.sees("write the end.")
    expect(writer.bar).to_contain_text("Changed since it was last rendered: text")
    writer.bar.get_by_role("button", name="Hide the preview bar").press("Enter")
    expect(writer.bar).not_to_contain_text("drugs/examplin.md")
    writer.bar.get_by_role("button", name="Show the preview bar").press("Enter")
    expect(writer.bar).to_contain_text("drugs/examplin.md")


def test_the_list_of_findings_is_live_and_needs_no_script(writer: Writer, browser: Browser) -> None:
    writer.open("/_dev/")
    writer.save("drugs/samplol.md", BROKEN)
    expect(writer.page.locator(".findings")).to_contain_text("drugs/samplol.md:3:")
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(f"{writer.preview.url}/_dev/")
    page.get_by_label("Text").fill("samplol")
    page.get_by_label("Severity").select_option("error")
    page.get_by_label("Text").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("1 of")
    expect(page.locator(".finding")).to_have_count(1)
    plain.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_no_violations(writer: Writer, width: int, scheme: str) -> None:
    page = writer.page
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    writer.save("drugs/faultin.md", BROKEN)
    writer.open("/drugs/examplin/")
    writer.bar.get_by_role("button", expanded=False).click()
    writer.save("drugs/examplin.md", BROKEN)
    expect(writer.overlay).to_be_visible()
    for path in ("", "/_dev/", "/drugs/faultin/"):
        if path:
            writer.open(path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{path}: {wide} px"
        assert [error for error in writer.errors if "404" not in error] == []
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
        writer.errors.clear()  # axe itself tries inline styles, which the policy forbids
