"""`monograph-site adopt`: what it prints and writes, and when it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from helpers import tree
from monograph_site import Options, build
from monograph_site.adopt.conventions import CONVENTIONS, recognise
from monograph_site.adopt.js_literal import read_object_after
from monograph_site.adopt.js_names import JavaScriptFile
from monograph_site.adopt.old_site import OldPage
from monograph_site.adopt.shortcodes import suggest_shortcodes
from monograph_site.adopt.site_yaml import quoted
from monograph_site.adopt.spelling import translate
from monograph_site.cli.adopt import adopt_command
from monograph_site.config import load_config, read_settings
from monograph_site.model.errors import UsageProblem

PAGE = "---\ntitle: Pain\n---\nText {{< dose >}} {{< note >}}x{{< /note >}}.\n"


@pytest.fixture
def hugo(tmp_path: Path) -> Path:
    (tmp_path / "content/guides").mkdir(parents=True)
    (tmp_path / "content/guides/pain.md").write_text(PAGE)
    menu = "[[menu.main]]\nname = 'Guides'\nurl = '/guides/'\n[[menu.main]]\nname = 'Why'\nurl = '/#why'\n"
    languages = "[languages.en]\ntitle = 'Ward: book'\n[languages.de]\ntitle = 'Station'\n"
    (tmp_path / "hugo.toml").write_text(f"title = 'Ward: book'\n{menu}{languages}")
    return tmp_path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(adopt_command, list(map(str, arguments)))


def test_it_writes_site_yaml_and_says_what_it_understood(hugo: Path) -> None:
    for name in ("CNAME", "favicon.ico", "robots.txt", "logo.png"):
        (hugo / "static").mkdir(exist_ok=True)
        (hugo / "static" / name).write_text("x")
    before = tree(hugo)
    result = run(hugo)
    assert result.exit_code == 0
    written = (hugo / "content/site.yaml").read_text()
    assert {
        path: data for path, data in tree(hugo).items() if path != "content/site.yaml"
    } == before
    assert 'title: "Ward: book"' in written
    assert "# hugo.toml: title" in written
    config, findings = load_config(read_settings(hugo / "content"))
    assert (config.title, list(config.shortcodes), findings) == ("Ward: book", ["note"], ())
    understood, _, rest = result.stdout.partition("Not understood:")
    not_understood, _, following = rest.partition("Next:")
    assert "title: Ward: book" in understood
    assert "languages" in not_understood
    assert "menu: Guides (/guides/) has no page" in not_understood
    assert "menu: Why (/#why): the front page has no such heading" in not_understood
    assert "shortcode dose (1)" in not_understood
    assert "copy into the output where you publish it: CNAME, favicon.ico\n" in following
    assert f"monograph-site build --content {hugo}/content" in following


def test_a_dry_run_writes_nothing(hugo: Path) -> None:
    before = tree(hugo)
    result = run(hugo, "--dry-run")
    assert (result.exit_code, tree(hugo)) == (0, before)
    assert 'title: "Ward: book"' in result.stdout
    assert "Not understood:" in result.stderr


def test_an_existing_site_yaml_is_overwritten_only_by_force(hugo: Path) -> None:
    target = hugo / "content/site.yaml"
    target.write_text("title: Mine\n")
    result = run(hugo)
    assert (result.exit_code, target.read_text()) == (2, "title: Mine\n")
    assert "--force" in result.stderr
    assert run(hugo, "--force").exit_code == 0
    assert "Ward: book" in target.read_text()


def test_what_is_not_recognised(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("A\n")
    result = run(tmp_path)
    assert result.exit_code == 2
    assert all(convention.marks in result.stderr for convention in CONVENTIONS)
    assert run(tmp_path / "nowhere").exit_code == 2


@pytest.mark.parametrize(
    ("name", "text"),
    [("mkdocs.yml", "a: [\n"), ("_config.yml", "a: {\n"), ("hugo.toml", "a = \n")],
)
def test_a_configuration_that_cannot_be_read(tmp_path: Path, name: str, text: str) -> None:
    for folder in ("content", "docs"):
        (tmp_path / folder).mkdir()
    (tmp_path / name).write_text(text)
    with pytest.raises(UsageProblem, match=r"can't be read"):
        recognise(tmp_path)


JAVASCRIPT = {
    "config({a: 'x', b: [1, true, \"y\"], ...more, c: {d: `z`}})": {
        "a": "x", "b": [None, True, "y"], "c": {"d": "z"},
    },
    "config({a: f({b: 'no'}), c: x ?? 'no', d: 'it\\'s' })": {"a": None, "c": None, "d": "it's"},
    "config({ // a comment: {\n 'a-b': 'c', /* d: 'e' */ f() { return '}' }, g: 'h' })": {
        "a-b": "c", "g": "h",
    },
    "config(name)": {},
    "config({a: '": {"a": None},
    "config({a: [": {"a": []},
}  # fmt: skip


@pytest.mark.parametrize("text", JAVASCRIPT)
def test_javascript(text: str) -> None:
    assert read_object_after(text, "config") == JAVASCRIPT[text]


def test_names_of_javascript(tmp_path: Path) -> None:
    """Constants, and what is imported from files beside it, in rings too."""
    files = {
        "astro.config.mjs": "import locales from './l.json';\nimport {menu as items, ring} from './b';\n"
        "import main from './b.ts';\nconst words: Words = {title: 'T'}\nconst more = ['x'];\n"
        "config({...words, locales, sidebar: items, list: [...more, 'y'], main, ring, none, a: b.c})",
        "l.json": '{"fr": {"label": "F"}}',
        "b.ts": "import {ring} from './astro.config.mjs';\nexport const menu = [{label: 'G'}];\n"
        "const it = 'M';\nexport default it;\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    assert JavaScriptFile(tmp_path / "astro.config.mjs").object_after("config") == {
        "title": "T",
        "locales": {"fr": {"label": "F"}},
        "sidebar": [{"label": "G"}],
        "list": ["x", "y"],
        "main": "M",
        **dict.fromkeys(("ring", "none", "a")),
    }


@pytest.mark.parametrize(
    "unit", ["{", "[", "a: [[", "a: {a: {", "config({", "a:", "'", "...x(", "//\n", "/*"]
)
def test_long_javascript_ends(unit: str) -> None:
    assert isinstance(read_object_after("config({" + unit * 5000, "config"), dict)


def test_permalinks_are_translated() -> None:
    tokens = {"year": "{year}", "slug": "{slug}", "sections": "a/{folders}"}
    assert translate("/:year/:sections[1:]/:slug/", tokens) == "/{year}/a/{folders}/{slug}/"
    with pytest.raises(ValueError, match=":weekday"):
        translate("/:weekday/:slug/", tokens)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Ward book", "Ward book"),
        ("yes", '"yes"'),
        ("a: b", '"a: b"'),
        ("é", '"é"'),
        ("_x", '"_x"'),
    ],
)
def test_yaml_scalars(text: str, written: str) -> None:
    assert quoted(text) == written


def site_of(folder: Path, files: dict[str, str]) -> str:
    """site.yaml for a folder with these files, and what was said below it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    result = run(folder, "--dry-run")
    assert result.exit_code == 0, result.output
    return result.output


def test_languages_of_hugo_in_names(tmp_path: Path) -> None:
    text = site_of(
        tmp_path,
        {
            "hugo.toml": "[languages.en]\ntitle = 'Ward'\n[languages.fr]\n[languages.it]\n",
            "content/drugs/a.md": "---\ntitle: A\n---\nText.\n",
            "content/drugs/a.fr.md": "---\ntitle: B\naliases: [/b/]\n---\nTexte.\n",
        },
    )
    assert "title: Ward" in text
    assert "languages: [fr]" in text
    assert "/fr/b/:" in text.replace('"', "")
    assert "languages without content here: it" in text


@pytest.mark.parametrize(
    "config",
    [
        "[languages.en]\n[[module.mounts]]\nsource = 'content/en'\ntarget = 'content'\n"
        "[[module.mounts]]\nsource = 'static'\ntarget = 'static'\n",
        "defaultContentLanguage = 'en'\ncontentDir = 'content/en'\n",
    ],
)
def test_the_content_of_the_main_language_of_hugo(tmp_path: Path, config: str) -> None:
    text = site_of(
        tmp_path,
        {
            "hugo.toml": config,
            "content/en/guide/a.md": "---\ntitle: A\naliases: [../old]\n---\n[b](/guide/b/)\n",
            "content/en/guide/b.md": "---\ntitle: B\n---\nText.\n",
            "content/fr/guide/b.md": "---\ntitle: C\n---\nTexte.\n",
        },
    )
    assert "2 pages in" in text
    assert "content/en/" in text
    assert "not allowed" not in text
    assert run(tmp_path).exit_code == 0
    content, output = tmp_path / "content" / "en", tmp_path / "build"
    cache = tmp_path / "cache"
    build(Options(as_of="2025-01-31", content=content, output=output, cache=cache, jobs=1))
    assert (output / "old" / "index.html").exists()


@pytest.mark.parametrize(
    ("config", "folders", "languages"),
    [
        (
            "[languages.en]\ncontentDir = 'content/en'\n"
            "[languages.zh-TW]\ntitle = 'Bu'\ncontentDir = 'content/zh-tw'\n"
            "[[languages.zh-TW.menus.main]]\nname = 'Yi'\npageRef = '/guide/b'\n",
            ("en", "zh-tw"),
            '{title: Bu, menu: {Yi: "/zh-tw/guide/b/"}}',
        ),
        (
            "[languages.en]\n[[module.mounts]]\nsource = 'content/fr'\ntarget = 'content'\nlang = 'fr'\n"
            "[[module.mounts]]\nsource = 'content/en'\ntarget = 'content'\nlang = 'en'\n"
            "[languages.fr]\n",
            ("en", "fr"),
            "languages: [en, fr]",
        ),
        (
            "defaultContentLanguageInSubdir = true\n"
            "[languages.en]\ncontentDir = 'content/english'\n"
            "[languages.fr]\ncontentDir = 'content/french'\n",
            ("english", "french"),
            "{folder: french}",
        ),
    ],
)
def test_languages_of_hugo_in_folders(
    tmp_path: Path, config: str, folders: tuple[str, str], languages: str
) -> None:
    main, other = folders
    text = site_of(
        tmp_path,
        {
            "hugo.toml": config,
            f"content/{main}/guide/a.md": "---\ntitle: A\naliases: [../old]\n---\n[b](/guide/b/)\n",
            f"content/{main}/guide/b.md": "---\ntitle: B\ntags: [x]\n---\nText.\n",
            f"content/{other}/guide/b.md": "---\ntitle: C\ntags: [x]\n---\nTexte.\n",
        },
    )
    assert "3 pages in" in text
    assert languages in text
    tag = other if other != "french" else "fr"
    assert f'"/{tag}/tags/x/": "/{tag}/guide/b/"' in text
    assert '"/en/guide/a/": "/guide/a/"' in text or "InSubdir" not in config
    assert "no page to redirect" not in text


def test_files_of_languages_in_the_configuration_of_hugo(tmp_path: Path) -> None:
    text = site_of(
        tmp_path,
        {
            "config/_default/hugo.toml": "title = 'Ward'\n",
            "config/_default/languages.toml": "[de]\ntitle = 'Station'\n[en]\ntitle = 'Ward book'\n",
            "config/_default/menus.de.toml": "[[main]]\nname = 'Mittel'\nurl = '/guide/a/'\n",
            "config/_default/menus.en.toml": "[[main]]\nname = 'Drugs'\nurl = '/guide/a/'\n",
            "content/guide/a.md": "---\ntitle: A\n---\nText.\n",
        },
    )
    assert "title: Ward book" in text
    assert "Drugs:" in text
    assert "Mittel" not in text


def test_languages_of_zola_and_starlight(tmp_path: Path) -> None:
    page = "---\ntitle: A\n---\nText.\n"
    zola = site_of(
        tmp_path / "zola",
        {
            "config.toml": "base_url = 'https://a.example'\n[languages.es]\n",
            "content/a.md": page,
            "content/a.es.md": page,
            "content/b.es.md": "+++\ntitle = 'B'\npath = 'es/about'\n+++\nText.\n",
        },
    )
    assert "languages: [es]" in zola
    assert "2 former addresses kept" in zola
    starlight = site_of(
        tmp_path / "starlight",
        {
            "astro.config.mjs": "export default defineConfig({integrations: [starlight({title: 'A',"
            " locales: {root: {label: 'English', lang: 'en-GB'}, es: {label: 'Español'},"
            " 'pt-br': {label: 'P', lang: 'pt-BR'}}})]})\n",
            "src/content/docs/a.md": page,
            "src/content/docs/es/a.md": page,
            "src/content/docs/pt-br/a.md": page,
        },
    )
    assert "language: en-GB" in starlight
    assert "languages: [es, pt-br]" in starlight
    assert "3 former addresses kept" in starlight


@pytest.mark.parametrize(
    ("files", "feed"),
    [
        ({"hugo.toml": "baseURL = 'https://a.example/'\n", "content/a.md": ""}, "index.xml"),
        (
            {
                "config.toml": "base_url = 'https://a.example'\ngenerate_feeds = true\n",
                "content/a.md": "",
            },
            "atom.xml",
        ),
        (
            {
                "_config.yml": "url: https://a.example\nsource: src\n",
                "src/rss.xml": "---\n---\n",
                "src/_posts/2020-01-02-a.md": "",
            },
            "rss.xml",
        ),
        (
            {"mkdocs.yml": "site_url: https://a.example\nplugins: [rss]\n", "docs/a.md": ""},
            "feed_rss_updated.xml",
        ),
        (
            {
                "astro.config.mjs": "defineConfig({site: 'https://a.example'})",
                "src/pages/rss.xml.js": "",
                "src/content/a.md": "",
            },
            "rss.xml",
        ),
    ],
)
def test_the_former_address_of_a_feed_has_the_feed(
    tmp_path: Path, files: dict[str, str], feed: str
) -> None:
    page = "---\ntitle: A\ndate: 2020-01-02\nupdated: 2020-01-02\ncreated: 2020-01-02\n---\nText.\n"
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text or (page if name.endswith(".md") else ""))
    assert run(tmp_path).exit_code == 0
    content = next(tmp_path.rglob("site.yaml")).parent
    output = tmp_path / "output"
    build(
        Options("2025-06-01", content, tmp_path / "templates", output, tmp_path / "cache", jobs=1)
    )
    assert (output / feed).read_text() == (output / "feed.xml").read_text()
    assert "<entry>" in (output / feed).read_text()


@pytest.mark.parametrize(
    ("tag", "template"),
    [
        ('{{ two_images(light="a.png", dark="b.PNG", alt="A") }}', "![{alt}]({light})"),
        ('{{< shot "a/b.webp" caption="A" >}}', '![{alt}]({0} "{caption}")'),
        ('{{< dose adult="5 mg" >}}', "{0}"),
    ],
)
def test_a_shortcode_that_names_a_picture_shows_it(tag: str, template: str) -> None:
    name = tag.strip("{< ").partition("(")[0].partition(" ")[0]
    (line,) = suggest_shortcodes([OldPage("a.md", {}, True, {name: (2, tag)})])
    assert line.value == {"as": "text", "template": template}
    assert line.is_certain is (template != "{0}")


def test_an_address_of_the_site_that_is_none_is_not_taken_over(tmp_path: Path) -> None:
    files = {"mkdocs.yml": "site_name: A\nsite_url: !ENV SITE_URL\n", "docs/a.md": "# A\n\nText.\n"}
    text = site_of(tmp_path, files)
    assert "base_url" not in text
    assert "mkdocs.yml: site_url (SITE_URL)" in text
