"""Hostile content is contained and reported, in bounded time, and no file is written outside the
output."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from acting import acting_html
from helpers import Site, processor_limit, run_cli, tree

SECONDS = 20
"""Of processor time for one build in a fresh process."""

GOOD = "---\ntitle: Aspirin\n---\n\n## Uses\n\nFor pain.\n"


class Case(NamedTuple):
    """Hostile files, and the findings expected."""

    files: dict[str, str | bytes]
    findings: tuple[str, ...] = ()
    """`path:line:column name` of findings that must be there, or `path name` where the place does
    not matter; there may be others."""
    code: int = 0
    sees: dict[str, str] = {}  # noqa: RUF012  a constant
    """What a reader must see, by the address of the page."""


def body(text: str, front: str = "") -> dict[str, str | bytes]:
    return {"drugs/x.md": f"---\ntitle: Xenon\n{front}---\n\n## Uses\n\n{text}\n"}


def bomb(levels: int) -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels)]
    return "\n".join(lines) + "\n"


CASES: dict[str, Case] = {
    # markup that acts
    "script": Case(
        body(
            "Before <script>alert(1)</script> after.\n\n<script>\nalert(2)\n</script>\n\nAfter all."
        ),
        findings=(
            "drugs/x.md:7:1 removed-html",
            "drugs/x.md:9:1 removed-html",
        ),
    ),
    "script-in-title": Case(
        {
            "drugs/x.md": "---\ntitle: 'X </script><script>alert(1)</script> & \"Y\"'\n---\n\n"
            "## Uses\n\nText."
        }
    ),
    "script-in-faq": Case(
        body(
            "Text.\n\n## FAQs\n\n### Is it </script><script>alert(1)</script>?\n\n"
            "A: <img src=x onerror=alert(1)>"
        ),
        findings=(
            "drugs/x.md:11:1 removed-html",
            "drugs/x.md:13:1 removed-html",
        ),
    ),
    "script-in-front-matter": Case(
        body(
            "Text.",
            "description: </script><img src=x onerror=alert(1)>\n"
            "brands: ['<b onclick=x>B</b>']\nextra_key: <svg onload=alert(1)>\n",
        )
    ),
    "handlers": Case(
        body(
            "<b onclick='alert(1)'>a</b> <p ONMOUSEOVER=alert(1)>b</p> <svg/onload=alert(1)>"
            " <img src=x onerror=alert(1)>"
            "\n\n<div onpointerenter=alert(1) style='position:fixed'>c</div>"
            "\n\n<details open ontoggle=alert(1)>d</details>"
        ),
        findings=(
            "drugs/x.md:7:1 removed-html",
            "drugs/x.md:9:1 removed-html",
            "drugs/x.md:11:1 removed-html",
        ),
    ),
    "links": Case(
        body(
            "[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1))"
            " [c](data:text/html,<script>alert(1)</script>) [d](vbscript:x)"
            " [e](&#106;avascript:alert(1)) [f](java%0ascript:alert(1)) ![g](javascript:alert(1))"
            " <javascript:alert(1)>"
            " [h](<java\tscript:alert(1)>) [i]\n\n[i]: javascript:alert(1)\n\n"
            "<a href=' javascript:alert(1)'>j</a>"
            " <a href='java&#9;script:alert(1)'>k</a> <a xlink:href='javascript:x'>l</a>"
        ),
        findings=(
            "drugs/x.md:7:5 unsafe-link",
            "drugs/x.md:11:1 removed-html",
        ),
    ),
    "links-in-sources": Case(
        body(
            "Text [1].",
            "references:\n  - {title: A, url: 'javascript:alert(1)'}\n"
            "  - {title: B, url: 'data:text/html,x'}\n",
        ),
        findings=(
            "drugs/x.md:4:21 foreign-value",
            "drugs/x.md:5:21 foreign-value",
        ),
    ),
    "frames": Case(
        body(
            "<iframe src='https://x.example'></iframe> <object data=x></object> <embed src=x>"
            " <base href='//x.example/'>"
            " <meta http-equiv=refresh content='0;url=//x.example'>"
            " <link rel=stylesheet href=//x.example>"
            " <form action=//x.example><input></form> <style>*{display:none}</style>"
            " <math><mtext><script>x</script></mtext></math>"
        ),
        findings=("drugs/x.md:7:1 removed-html",),
    ),
    "unclosed": Case(
        body("<b>bold <a href='x\n\nNext <!-- comment without an end\n\nThe last words."),
        sees={"/drugs/x/": "The last words."},
    ),
    "template": Case(
        body("{{ site }} {% raw %} {{ ''.__class__ }} {%- include 'x' -%}"),
        findings=("drugs/x.md:7:1 template-leak",),
        code=1,
        sees={"/drugs/x/": "{{ site }} {{ ''.class }}"},
    ),
    # addresses that leave
    "slug": Case(
        body("Text.", "slug: ../../outside\n"), findings=("drugs/x.md unsafe-address",), code=1
    ),
    "slug-absolute": Case(body("Text.", "slug: /etc/passwd\n"), sees={"/etc/passwd/": "Text."}),
    "permalink": Case(
        body("Text.", "permalink: /../../outside/\n"),
        findings=("drugs/x.md unsafe-address",),
        code=1,
    ),
    "permalink-encoded": Case(body("Text.", "permalink: '/%2e%2e/%2e%2e/outside/'\n")),
    "permalink-backslash": Case(
        body("Text.", "permalink: '/a\\\\..\\\\..\\\\b/'\n"),
        findings=("drugs/x.md unsafe-address",),
        code=1,
    ),
    "permalink-own-files": Case(
        body("Text.", "permalink: /index.html\n"), findings=("drugs/x.md unsafe-address",), code=1
    ),
    "permalink-manifest": Case(
        body("Text.", "permalink: /.monograph-site.json\n"),
        findings=("drugs/x.md unsafe-address",),
        code=1,
    ),
    "permalink-assets": Case(
        body("Text.", "permalink: /assets/\n"), findings=("drugs/x.md address-moved",)
    ),
    "aliases": Case(
        body(
            "Text.",
            "aliases: [../../outside, '/..', '//x.example/', 'https://x.example/', /, /drugs/x/]\n",
        ),
        findings=(
            "drugs/x.md unsafe-alias",
            "drugs/x.md alias-in-use",
        ),
        code=1,
    ),
    "collision": Case(
        {"drugs/a.md": GOOD, "drugs/A.md": GOOD.replace("Aspirin", "Another")},
        findings=(
            "drugs/A.md url-collision",
            "drugs/a.md url-collision",
        ),
        code=1,
    ),
    # front matter that explodes
    "yaml-bomb": Case(
        {"drugs/x.md": f"---\ntitle: X\n{bomb(12)}---\n\nText.\n"},
        findings=("drugs/x.md:6:5 yaml-too-large",),
        code=1,
    ),
    "yaml-recursion": Case(
        body("Text.", "a: &a [*a]\n"), findings=("drugs/x.md:3:4 yaml-recursive-alias",), code=1
    ),
    "yaml-depth": Case(
        body("Text.", f"a: {'[' * 5000}{']' * 5000}\n"),
        findings=("drugs/x.md:3:35 yaml-too-deep",),
        code=1,
    ),
    "yaml-object": Case(
        body("Text.", "a: !!python/object/apply:os.system ['touch outside']\n"),
        findings=("drugs/x.md:3:4 yaml-unsupported",),
        code=1,
    ),
    "yaml-duplicate": Case(
        body("Text.", "title: Other\n"), ("drugs/x.md:3:1 yaml-duplicate-key",), code=1
    ),
    "yaml-wide": Case(
        body("Text.", "a: [" + "x, " * 100_000 + "]\n"),
        findings=("drugs/x.md:3:59996 yaml-too-large",),
        code=1,
    ),
    "yaml-types": Case(
        body("Text.", "faqs: {a: 1}\nsources: 5\nprice: [[[]]]\ndates: x\nreview: 2025-13-45\n"),
        findings=(
            "drugs/x.md:5:8 foreign-value",
            "drugs/x.md:6:8 foreign-value",
            "drugs/x.md:7:9 foreign-value",
        ),
    ),
    "yaml-unclosed": Case(
        {"drugs/x.md": "---\ntitle: X\n\n# Text\n"},
        findings=("drugs/x.md:3:1 front-matter-unclosed",),
        code=1,
    ),
    "yaml-settings": Case(
        {"drugs/x.md": GOOD, "site.yaml": bomb(12)},
        findings=("site.yaml:4:5 yaml-too-large",),
        code=1,
    ),
    "settings-outside": Case(
        {
            "drugs/x.md": GOOD,
            "site.yaml": "collections: {drugs: {permalink: '/../../{slug}/'}}\n"
            "namespaces: {x: '/../'}\n",
        },
        findings=(
            "site.yaml:1:34 config-wrong-value",
            "site.yaml:2:17 config-wrong-value",
        ),
        code=1,
    ),
    # bytes that are no text
    "nul": Case(
        {"drugs/x.md": GOOD.replace("pain", "pa\0in")}, ("drugs/x.md:7:7 control-character",)
    ),
    "bad-utf8": Case(
        {"drugs/x.md": GOOD.encode().replace(b"pain", b"pa\xffin")},
        ("drugs/x.md:7:7 not-utf-8",),
        code=1,
    ),
    "utf16": Case({"drugs/x.md": GOOD.encode("utf-16")}, ("drugs/x.md:1:1 not-utf-8",), code=1),
    "bom-and-crlf": Case(
        {"drugs/x.md": b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()},
        sees={"/drugs/x/": "For pain."},
    ),
    "old-line-ends": Case(
        {"drugs/x.md": GOOD.replace("\n", "\r")}, sees={"/drugs/x/": "For pain."}
    ),
    "directions": Case(
        body("abc \u202egnp.exe\u202c \u200b\u2066x\u2069"),
        findings=("drugs/x.md:7:5 bidi-control", "drugs/x.md:7:15 invisible-character"),
        code=1,
        sees={"/drugs/x/": "gnp.exe"},
    ),
    "surrogate": Case(
        {"drugs/x.md": GOOD.encode().replace(b"pain", b"pa\xed\xa0\x80in")},
        findings=("drugs/x.md:7:7 not-utf-8",),
        code=1,
    ),
    "empty": Case(
        {"drugs/x.md": b"", "drugs/y.md": b"\n\n", "drugs/z.md": b"---\n---\n"},
        findings=("drugs/x.md:1:1 no-section",),
        code=1,
    ),
    # sizes
    "long-line": Case(body("word " * 2_000_000), ("drugs/x.md:1:1 file-too-large",), code=1),
    "long-paragraph": Case(
        body("**a [b](" * 60_000), findings=("drugs/x.md:7:1 contained-markup",)
    ),
    "brackets": Case(body("[" * 50_000), findings=("drugs/x.md:7:1 contained-markup",)),
    "emphasis": Case(
        body("*a _b " * 30_000 + "\n\n" + "**" * 50_000),
        findings=("drugs/x.md:7:1 contained-markup",),
    ),
    "backticks": Case(
        body(" ".join("`" * n for n in range(1, 1000))),
        findings=("drugs/x.md:7:1 contained-markup",),
    ),
    "angles": Case(
        body("<" * 50_000 + "\n\n" + "<a " * 30_000 + "\n\n" + "<!--" * 10_000),
        findings=("drugs/x.md:7:1 contained-markup",),
    ),
    "tables": Case(body("|" + "a|" * 5_000 + "\n|" + "-|" * 5_000 + "\n" + "|x\n" * 200)),
    "table-rows": Case(body("| a |\n|---|\n" + "x\n" * 100_000)),
    "references": Case(
        body("".join(f"[a{n}]: /\n" for n in range(30_000)) + "\n" + "[a1]" * 5_000),
        findings=("drugs/x.md:30008:1 contained-markup",),
    ),
    "nested-lists": Case(
        body("\n".join("  " * n + "- deep" for n in range(200))),
        sees={"/drugs/x/": "deep"},
        findings=("drugs/x.md:127:241 contained-markup",),
    ),
    "nested-quotes": Case(
        body(">" * 200 + " deep"),
        sees={"/drugs/x/": "deep"},
        findings=("drugs/x.md:7:1 contained-markup",),
    ),
    "nested-quotes-in-lists": Case(
        body("- > " * 200 + "deep"),
        sees={"/drugs/x/": "deep"},
        findings=("drugs/x.md:7:1 contained-markup",),
    ),
    "nested-brackets": Case(body("[" * 200 + "deep" + "](/)" * 200), sees={"/drugs/x/": "deep"}),
    "nested-emphasis": Case(body("*_" * 200 + "deep" + "_*" * 200), sees={"/drugs/x/": "deep"}),
    "nested-html": Case(
        body("<b>" * 2_000 + "deep" + "</b>" * 2_000 + "\n\n" + "<div>" * 2_000 + "deeper"),
        sees={"/drugs/x/": "deeper"},
        findings=("drugs/x.md:7:1 contained-markup",),
    ),
    "headings": Case(
        body("\n\n".join(f"{'#' * (n % 6 + 1)} Heading\n\nText {n}." for n in range(5_000))),
        sees={"/drugs/x/": "Text 4999."},
    ),
    "faqs": Case(
        body(
            "Text.\n\n## FAQs\n\n" + "\n".join(f"* **Q: Is it {n}?** A: {n}" for n in range(5_000))
        )
    ),
    "labels": Case(
        body("\n\n".join("**Usage:** text\n**Side Effects:** text" for _ in range(3_000)))
    ),
    "footnotes": Case(
        body("[^a]" * 3_000 + "\n\n" + "".join(f"[^{n}]: note\n" for n in range(5_000)))
    ),
    "ingredients": Case(
        {"drugs/x.md": f"---\ntitle: {' + '.join(['abc'] * 5_000)}\n---\n\n## Uses\n\nText.\n"}
    ),
    # names
    "odd-names": Case(
        {
            f"drugs/{name}.md": GOOD.replace("Aspirin", f"Title {number}")
            for number, name in enumerate(
                [
                    "a b#?",
                    "100%",
                    "a&b;c",
                    "<b>",
                    "'quoted'",
                    '"double"',
                    "a\\b",
                    "ä ö",
                    "CON",
                    "-rf",
                    "a+b",
                    "..a",
                    "%2e%2e",
                    "a:b",
                    "a|b",
                    "index",
                    "{x}",
                ]
            )
        },
        findings=("drugs/a|b.md url-collision",),
        code=1,
    ),
    "line-end-in-name": Case(
        {"drugs/a\nb.md": GOOD, "drugs/c\td.md": GOOD.replace("Aspirin", "C")}
    ),
    "long-name": Case(
        {
            f"drugs/{'n' * 240}.md": GOOD,
            f"{'d' * 200}/{'e' * 200}/{'f' * 200}.md": GOOD.replace("Aspirin", "F"),
        }
    ),
    "long-title": Case({"drugs/x.md": GOOD.replace("Aspirin", "word " * 20_000)}),
    "names-of-ours": Case(
        {
            "search.md": GOOD,
            "assets.md": GOOD.replace("Aspirin", "B"),
            "404.md": GOOD.replace("Aspirin", "C"),
            "index.md": GOOD.replace("Aspirin", "D"),
            "a-z.md": GOOD.replace("Aspirin", "E"),
        },
        findings=(
            "a-z.md address-moved",
            "assets.md address-moved",
            "search.md address-moved",
        ),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_hostile_content(tmp_path: Path, name: str) -> None:
    case = CASES[name]
    site = written(tmp_path, case.files)
    before = tree(tmp_path)
    with processor_limit(SECONDS):
        result = run_cli("build", "--keep-going", "--json", "--jobs", "1", cwd=site.root)
    assert result.returncode == case.code, result.stdout + result.stderr
    assert result.stderr == ""

    diagnostics = json.loads(result.stdout)["diagnostics"]
    assert [finding for finding in diagnostics if finding["name"] == "internal-fault"] == []
    places = {
        f"{finding['path']}:{finding['line']}:{finding['column']} {finding['name']}"
        for finding in diagnostics
    }
    places |= {f"{finding['path']} {finding['name']}" for finding in diagnostics}
    assert [place for place in case.findings if place not in places] == [], places
    for url, text in case.sees.items():
        site.sees(url, text)
    nothing_escaped(site, before)
    assert acting_html(site) == []


def written(root: Path, files: Mapping[str, str | bytes]) -> Site:
    """A site in a folder of its own, so that what leaves it is noticed."""
    site = Site(root / "a" / "b" / "site")
    for path, content in files.items():
        target = site.root / "content" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    return site


def nothing_escaped(site: Site, before: Mapping[str, bytes]) -> None:
    """Outside the output and the cache nothing has changed, and the output holds only files and
    folders."""
    outermost = site.root.parents[2]
    own = (site.output, site.root / ".monograph-site")
    after = {
        path: data
        for path, data in tree(outermost).items()
        if not any(folder in (outermost / path).parents for folder in own)
    }
    assert after == before
    assert [path for path in site.output.rglob("*") if path.is_symlink()] == []


@pytest.mark.parametrize(
    "html",
    [
        "<p onclick=x>", "<svg/onload=x>", "<script>x</script>",
        "<script src=//x.example/x.js></script>", "<a href='java&#9;script:x'>",
        "<a href='JavaScript:x'>", "<img src='data:image/svg+xml,x'>", "<iframe src=/x>",
        "<p style='x'>", "<style>x</style>", "<base href=/>",
        "<form action=//x.example>", "<link rel=stylesheet href=//x.example>",
        "<meta http-equiv=refresh content='0;url=//x'>",
    ],
)  # fmt: skip
def test_html_that_acts_is_recognised(tmp_path: Path, html: str) -> None:
    """The measure itself."""
    site = Site(tmp_path)
    site.output.mkdir()
    (site.output / "x.html").write_text(f"<p>x</p>{html}")
    assert len(acting_html(site)) == 1


def test_links_out_of_the_content_folder(tmp_path: Path) -> None:
    """Symbolic links are not followed: to a file, to a folder, to nothing, in a circle."""
    site = written(tmp_path, {"drugs/x.md": GOOD})
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "secret.md").write_text(
        GOOD.replace("Aspirin", "Secret"), encoding="utf-8"
    )
    links = {
        "file.md": "secret/secret.md",
        "folder": "secret",
        "nothing.md": "nowhere",
        "circle": "a/b/site/content",
    }
    for name, target in links.items():
        (site.root / "content" / name).symlink_to(tmp_path / target)
    site.build("--keep-going", code=json_code(site))
    assert sorted(
        finding["path"] for finding in site.summary["diagnostics"] if finding["code"] == "W005"
    ) == sorted(links)
    assert not any(b"Secret" in data for data in tree(site.output).values())


def json_code(site: Site) -> int:
    """The status that `check` gives, which must be that of a build."""
    return run_cli("check", cwd=site.root).returncode


def test_links_in_the_output_folder(tmp_path: Path) -> None:
    """Where the output has links that lead out, nothing is written through them."""
    site = written(tmp_path, {"drugs/x.md": GOOD})
    (tmp_path / "victim").mkdir()
    (tmp_path / "victim" / "index.html").write_text("untouched")
    site.output.mkdir()
    (site.output / "drugs").symlink_to(tmp_path / "victim")
    result = run_cli("build", cwd=site.root)
    assert result.returncode == 2
    assert "drugs" in result.stderr
    assert tree(tmp_path / "victim") == {"index.html": b"untouched"}


def test_a_device_in_the_content_folder(tmp_path: Path) -> None:
    """A build does not wait for a pipe without a writer."""
    site = written(tmp_path, {"drugs/x.md": GOOD})
    os.mkfifo(site.root / "content" / "drugs" / "pipe.md")
    result = run_cli("build", "--keep-going", "--json", cwd=site.root)
    assert result.returncode in (0, 1)
    assert (site.output / "drugs" / "x" / "index.html").is_file()


def test_a_name_that_is_not_utf8(tmp_path: Path) -> None:
    site = written(tmp_path, {"drugs/x.md": GOOD})
    with open(
        os.fsencode(site.root / "content" / "drugs") + b"/\xff.md", "w", encoding="utf-8"
    ) as file:
        file.write(GOOD)
    result = run_cli("build", "--keep-going", "--json", cwd=site.root)
    assert result.returncode == 1
    assert "E007" in [finding["code"] for finding in json.loads(result.stdout)["diagnostics"]]


def test_hundreds_at_once(tmp_path: Path) -> None:
    """All small cases in one site, in worker processes: each affects only its own page."""
    files: dict[str, str | bytes] = {
        f"good/{n}.md": GOOD.replace("Aspirin", f"Good {n}") for n in range(30)
    }
    for name, case in CASES.items():
        content = case.files.get("drugs/x.md")
        if content and len(content) < 20_000:
            files[f"bad/{name}.md"] = content
    site = written(tmp_path, files)
    before = tree(tmp_path)
    with processor_limit(3 * SECONDS):
        result = run_cli("build", "--keep-going", "--json", "--jobs", "3", cwd=site.root)
    assert result.returncode == 1
    assert all((site.output / "good" / str(n) / "index.html").is_file() for n in range(30))
    nothing_escaped(site, before)
    assert acting_html(site) == []
