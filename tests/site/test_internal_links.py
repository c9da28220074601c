"""Links between pages lead where they mean: by name, by heading, and to files with an address of
their own."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from helpers import Site

FILES = {
    "drugs/tomlin.md": "---\ntitle: Tomlin\nnames: {synonyms: [TM-1]}\n---\n\n## Uses\n\nFor pain.\n",
    "notes/Chest drain.md": "# Chest drain\n\n## How to do it\n\nGently.\n",
    "drugs/moved.md": "---\ntitle: Moved\npermalink: /elsewhere/moved/\n---\n\n## Uses\n\nFor pain.\n",
}


def site(folder: Path, text: str) -> Site:
    site = Site(folder)
    for path, content in FILES.items():
        site.write(path, content)
    return site.write("drugs/x.md", f"---\ntitle: Xenon\n---\n\n## Uses\n\n{text}\n")


LINKS = {
    "[[Tomlin]]": '<a href="/drugs/tomlin/">Tomlin</a>',
    "[[tomlin]]": '<a href="/drugs/tomlin/">tomlin</a>',
    "[[TM-1]]": '<a href="/drugs/tomlin/">TM-1</a>',
    "[[drugs/tomlin]]": '<a href="/drugs/tomlin/">drugs/tomlin</a>',
    "[[Tomlin#Uses]]": '<a href="/drugs/tomlin/#uses">Tomlin: Uses</a>',
    "[[Tomlin#Uses|its *uses*]]": '<a href="/drugs/tomlin/#uses">its *uses*</a>',
    "![[Tomlin]]": '<a href="/drugs/tomlin/">Tomlin</a>',
    "[[#Uses]]": '<a href="/drugs/x/#uses">Uses</a>',
    "[[Tomlin & sons|<i>a</i>]]": "&lt;i&gt;a&lt;/i&gt;",
    "[[no such page]]": "no such page",
    "[a](moved.md)": '<a href="/elsewhere/moved/">a</a>',
    "[a](moved.md#uses)": '<a href="/elsewhere/moved/#uses">a</a>',
    "[a](tomlin.md)": '<a href="/drugs/tomlin/">a</a>',
}


def test_where_links_lead(tmp_path: Path) -> None:
    text = "\n\n".join(f"{at}: {link} :end" for at, link in enumerate(LINKS))
    disclaimer = "Ask [[Tomlin]], [[Tomlyn]] or [us](drugs/moved.md#uses) <https://a.example>."
    site(tmp_path, text).write("site.yaml", f"disclaimers: [{{text: '{disclaimer}'}}]\n")
    built = Site(tmp_path).build()
    assert (
        'Ask <a href="/drugs/tomlin/">Tomlin</a>, Tomlyn or '
        '<a href="/elsewhere/moved/#uses">us</a> <a href="https://a.example"'
    ) in built.html("/drugs/x/")
    html = built.html("/drugs/x/").partition('<div class="body">')[2]
    shown = [re.search(rf"<p>{at}: (.*?) :end</p>", html) for at in range(len(LINKS))]
    assert [match and match[1] for match in shown] == list(LINKS.values())
    assert "page:" not in html + built.text("drugs/x/index.json")


@pytest.mark.parametrize(
    ("path", "text", "tag"),
    [
        ("drugs/amoxil-forte.md", "---\ntitle: Amoxil forte\n---\n\n## Uses\n\nPain.\n", "h1"),
        ("notes/n.md", "# Amoxil forte\n\nSee [above](#amoxil-forte).\n", "h1"),
        ("notes/n.md", "# Amoxil forte\n\n## Notes\n\nPain.\n\n## Amoxil forte\n\nA.\n", "h2"),
        (
            "articles/a.md",
            "---\ntitle: Amoxil forte\nquestion: When?\n---\n\n## Why\n\nPain.\n",
            "p",
        ),
    ],
)
def test_a_link_to_the_title_leads_to_an_element(
    tmp_path: Path, path: str, text: str, tag: str
) -> None:
    site = Site(tmp_path).write(path, text)
    site.write("notes/m.md", f"# Other\n\n## Text\n\n[a](../{path}#amoxil-forte)\n")
    html = site.build().html(f"/{path.removesuffix('.md')}/")
    assert html.count('id="amoxil-forte"') == 1
    assert re.search(rf'<{tag}\b[^>]* id="amoxil-forte"', html)


def test_a_name_that_no_page_has_is_shown_without_a_link(tmp_path: Path) -> None:
    """It does not stop the build, and each name is reported once."""
    text = "[[Tomlin]] and [[Tomlyn|it]] and [[ tomlyn#Uses]] and [[Xyz]] and `[[code]]`"
    built = site(tmp_path, text).build()
    found = [
        (finding["name"], finding["line"], finding["column"], "2 links" in finding["message"])
        for finding in built.summary["diagnostics"]
        if finding["severity"] != "info" and "link" in finding["name"]
    ]
    assert found == [("unresolved-wikilink", 7, 16, True), ("unresolved-wikilink", 7, 55, False)]
    html = built.html("/drugs/x/").partition("<main")[2]
    assert "and it and tomlyn: Uses and Xyz and" in html


def test_a_heading_that_a_page_lacks_does_not_stop_a_build(tmp_path: Path) -> None:
    built = site(tmp_path, "[[Tomlin]], [[Tomlin#Dose]] and [[Tomlin#Dose|it]]").build()
    found = [
        (finding["name"], finding["severity"], finding["line"], finding["column"])
        for finding in built.summary["diagnostics"]
        if "Dose" in finding["message"]
    ]
    assert found == [("unresolved-wikilink", "warning", 7, 13)]


EMBEDDED = "See ![[Tomlin]] first."
MANY = "\n".join(f"- [[no page {n}]]" for n in range(300)) + "\n\nSee [[Tomlin]] and more."


@pytest.mark.parametrize(
    ("front", "text"),
    [
        ("", EMBEDDED),
        ("", MANY),
        ("alerts: [{level: safety, heading: Stop, text: 'See [[Tomlin]].'}]\n", "For pain."),
        ("disclaimer: See [[Tomlin]].\n", "For pain."),
    ],
    ids=["embedded", "many", "alert", "disclaimer"],
)
def test_no_address_is_left_unresolved(tmp_path: Path, front: str, text: str) -> None:
    """A wikilink alone on its page, beyond those that are checked, or in front matter."""
    built = site(tmp_path, "")
    built.write("drugs/x.md", f"---\ntitle: Xenon\n{front}---\n\n## Uses\n\n{text}\n")
    html = built.build().html("/drugs/x/")
    assert "page:" not in html + built.text("drugs/x/index.json")
    assert "Tomlin" in html
    if text is EMBEDDED:
        assert 'See <a href="/drugs/tomlin/">Tomlin</a> first.' in html


@pytest.mark.parametrize("change", ["permalink: /new/", "title: Other name"])
def test_a_page_follows_the_page_it_links_to(tmp_path: Path, change: str) -> None:
    """An address or a name that changes elsewhere is in the next build, as in a clean one."""
    built = site(tmp_path, "See [[Tomlin]], [[TM-1]] and [its page](tomlin.md).").build()
    before = built.html("/drugs/x/")
    key = change.partition(":")[0]
    lines = FILES["drugs/tomlin.md"].split("\n")
    kept = [line for line in lines[1:] if not line.startswith(key)]
    built.write("drugs/tomlin.md", "\n".join([lines[0], change, *kept])).build()
    after = built.html("/drugs/x/")
    shutil.rmtree(built.output)
    shutil.rmtree(built.root / ".monograph-site")
    assert built.build().html("/drugs/x/") == after
    assert ("/new/" in after) == ("new" in change)
    assert "/new/" not in before
