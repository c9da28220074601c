"""site.yaml: defaults, every setting, the findings on wrong ones, and what follows from right
ones."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from formularies import OWN
from monograph_site.build.entries import LoadJob, load_file
from monograph_site.config import (
    DEFAULT_DISCLAIMER,
    Collection,
    Config,
    Disclaimer,
    Language,
    Origin,
    Publisher,
    ReviewPolicy,
    Shortcode,
    load_config,
    read_settings,
)
from monograph_site.model.finding import Finding
from monograph_site.model.monograph import Provenance
from monograph_site.model.source import Span

WHOLE = """
title: Two formularies
base_url: https://example.org/medicines
language: en-GB
description: D
publisher: {name: P, url: https://p.example}
repository: https://git.example/site
contact: mailto:a@example.org
collections:
  compositions: {kind: drug, permalink: "/composition/{slug}/", title: Drugs}
  compositions/old: {kind: article, provenance: crowd}
  brands/: brand
  notes: {title: Notes}
  meds: {data: data/meds.csv, kind: drug, columns: {Medicine: title}}
namespaces: {labelled: /l, sectioned: s/x/}
disclaimers:
  - {kind: brand, audience: patient, text: A}
  - {kind: brand, text: B}
  - {audience: professional, text: C}
review: {interval: 3 years, approved_only: true}
provenance: {origin: ai_generated, tool: T}
severity: {E101: off, no-section: warning}
sections: source
search: no
"""


def load(tmp_path: Path, text: str, **command_line: object) -> tuple[Config, tuple[Finding, ...]]:
    (tmp_path / "site.yaml").write_text(text, encoding="utf-8")
    return load_config(read_settings(tmp_path), **command_line)  # type: ignore[arg-type]


@pytest.fixture
def config(tmp_path: Path) -> Config:
    config, findings = load(tmp_path, WHOLE)
    assert findings == ()
    return config


@pytest.mark.parametrize(
    "text", [None, "", "# nothing yet\n", "title:\nreview:\ncollections:\nsearch: ~\n"]
)
def test_every_setting_is_optional(tmp_path: Path, text: str | None) -> None:
    assert (load_config(read_settings(tmp_path)) if text is None else load(tmp_path, text)) == (
        Config(),
        (),
    )


def test_every_setting(config: Config) -> None:
    assert (config.title, config.language, config.description) == ("Two formularies", "en-GB", "D")
    assert (config.publisher.name, config.publisher.url) == ("P", "https://p.example")
    assert (config.repository, config.contact) == (
        "https://git.example/site",
        "mailto:a@example.org",
    )
    assert (config.review.interval, config.review.months, config.review.approved_only) == (
        "3 years",
        36,
        True,
    )
    assert config.severity == {"E101": "off", "no-section": "warning"}
    assert config.sections == "source"
    assert config.search is False


def test_short_forms(tmp_path: Path) -> None:
    text = (
        "publisher: P\nreview: 3 years\nprovenance: human\ndisclaimers: D\n"
        "collections: {drugs: drug, /old/: {provenance: crowd}}\nignore: E201\n"
    )
    config, findings = load(tmp_path, text)
    assert findings == ()
    assert (config.publisher, config.review) == (Publisher("P"), ReviewPolicy("3 years"))
    assert (config.provenance, config.disclaimers) == (Origin("human"), (Disclaimer("D"),))
    assert config.collections == {
        "drugs": Collection("drug"),
        "old": Collection(provenance=Origin("crowd")),
    }
    assert config.ignore == {".": ("E201",)}


def test_a_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_bytes(b"\xef\xbb\xbftitle: X\r\nsearch: maybe\r\n")
    config, findings = load_config(read_settings(tmp_path))
    assert config.title == "X"
    assert [(finding.code, finding.span) for finding in findings] == [("E031", Span(2, 9))]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("compositions/a.md", "drug"),
        ("compositions/old/a.md", "article"),
        ("compositions/new/a.md", "drug"),
        ("sectioned/compositions/old/a.md", "article"),
        ("other/compositions/a.md", "drug"),  # by the folder's known name, not by the collection
        ("brands/x/a.md", "brand"),
        ("notes/a.md", None),
        ("notes/articles/brands/a.md", "article"),
        ("a.md", None),
        ("brands.md", None),
    ],
)
def test_kinds(config: Config, path: str, kind: str | None) -> None:
    assert config.kind_for(path) == kind


@pytest.mark.parametrize(
    ("folder", "kind"),
    [("drugs", "drug"), ("compositions", "drug"), ("composition", "drug"), ("combinations", "combination"),
     ("brands", "brand"), ("medicines", "brand"), ("articles", "article"), ("pages", "page"), ("Drugs", "drug"),
         ("medications", "drug"), ("x", None)],
)  # fmt: skip
def test_kinds_without_configuration(folder: str, kind: str | None) -> None:
    assert Config().kind_for(f"{folder}/a.md") == Config().kind_for(f"x/{folder}/y/a.md") == kind


@pytest.mark.parametrize(
    ("path", "slug", "permalink", "url"),
    [
        ("compositions/a.md", "a-b", "", "/composition/a-b/"),
        ("labelled/compositions/a.md", "a", "", "/l/composition/a/"),
        ("sectioned/brands/x/a.md", "a", "", "/s/x/brands/x/a/"),
        ("compositions/old/a.md", "a", "", "/compositions/old/a/"),
        ("pages/about.md", "about", "", "/about/"),
        ("labelled/pages/about.md", "about", "", "/l/about/"),
        ("pages/deep/about.md", "about", "", "/pages/deep/about/"),
        ("labelled.md", "labelled", "", "/labelled/"),
        ("a.md", "a", "", "/a/"),
        ("compositions/a.md", "a", "/elsewhere/", "/elsewhere/"),
        ("compositions/a.md", "a", "else//where", "/else/where/"),
        ("a.md", "a", "/", "/"),
        ("drugs/é b.md", "é b {slug} %2e", "", "/drugs/é b {slug} %2e/"),
    ],
)
def test_addresses(config: Config, path: str, slug: str, permalink: str, url: str) -> None:
    assert config.url_for(path, slug, permalink) == url


BAD = ["", " ", ".", "..", "../x", "a/b", "a\\b", ".hidden", "a\x00b", "a\nb", "a\x7fb", "a\u2028b", "a\u202eb", " a",
       "x" * 256, "é" * 128, "a\ud800"]  # fmt: skip


@pytest.mark.parametrize("slug", BAD, ids=ascii)
@pytest.mark.parametrize("path", ["drugs/a.md", "compositions/a.md", "labelled/a.md", "pages/a.md"])
def test_slugs_that_leave_or_deceive_are_refused(config: Config, path: str, slug: str) -> None:
    with pytest.raises(ValueError, match=r"blank|dot|slash|invisible|bytes|empty"):
        config.url_for(path, slug)


@pytest.mark.parametrize(
    "permalink",
    ["../x", "/a/../../b/", "/a/./b", "\\\\host\\x", "/.git/config", "/a\x00/", "/a/ /b/"],
)
def test_permalinks_that_leave_are_refused(permalink: str) -> None:
    with pytest.raises(ValueError, match=r"blank|dot|slash|invisible"):
        Config().url_for("drugs/a.md", "a", permalink)


def test_namespaces(config: Config) -> None:
    paths = ("labelled/a.md", "sectioned/x/a.md", "x/labelled/a.md", "labelled", "a.md")
    assert [config.namespace_for(path) for path in paths] == ["labelled", "sectioned", "", "", ""]
    assert Config().namespace_for("labelled/a.md") == ""


def test_disclaimers_first_match_wins(config: Config) -> None:
    pairs = [
        ("brand", "patient"),
        ("brand", "professional"),
        ("drug", "professional"),
        ("drug", "both"),
    ]
    assert [config.disclaimer_for(*pair) for pair in pairs] == ["A", "B", "C", DEFAULT_DISCLAIMER]


def test_provenance(config: Config) -> None:
    assert config.provenance_for("labelled/compositions/old/a.md") == Provenance("crowd")
    assert config.provenance_for("compositions/a.md") == Provenance("ai_generated", "T")
    assert Config().provenance_for("a.md") == Provenance("")


@pytest.mark.parametrize(
    ("base_url", "base_path"),
    [
        ("/", "/"),
        ("/a", "/a/"),
        ("/a/b/", "/a/b/"),
        ("https://e.org", "/"),
        ("http://e.org:80/x/y", "/x/y/"),
    ],
)
def test_base_path(tmp_path: Path, base_url: str, base_path: str) -> None:
    config, findings = load(
        tmp_path, "base_url: /else/\nsearch: true", base_url=base_url, search=False
    )
    assert (config.base_url, config.base_path, config.search, findings) == (
        base_url,
        base_path,
        False,
        (),
    )


def test_a_wrong_base_url_of_the_command_line(tmp_path: Path) -> None:
    config, findings = load(tmp_path, "base_url: /a/", base_url="ftp://x")
    assert config.base_url == "/a/"
    assert [(finding.path, finding.code) for finding in findings] == [("", "E031")]
    assert "--base-url: 'ftp://x'" in str(findings[0])


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "words"),
    [
        ("base_ur: /x", "E032", 1, 1, "base_ur: unknown setting. Did you mean 'base_url'?"),
        (
            "publisher:\n  ulr: x",
            "E032",
            2,
            3,
            "publisher.ulr: unknown setting. Did you mean 'url'?",
        ),
        ("zzz: 1", "E032", 1, 1, "zzz: unknown setting."),
        ("collections: {drugs: {kin: drug}}", "E032", 1, 23, "Did you mean 'kind'?"),
        ("collections: {drugs: {provenance: {tol: x}}}", "E032", 1, 36, "Did you mean 'tool'?"),
        (
            "disclaimers:\n  - {text: x, audence: patient}",
            "E032",
            2,
            15,
            "Did you mean 'audience'?",
        ),
        ("collections:\n  drugs: {kind: drgu}", "E031", 2, 17, "Did you mean 'drug'?"),
        ("collections: {drugs: {permalink: /x/}}", "E031", 1, 34, "must have '{slug}' in it once"),
        (
            'collections: {drugs: {permalink: "/../{slug}/"}}',
            "E031",
            1,
            34,
            "'..' starts with a dot.",
        ),
        ("collections: [drugs]", "E031", 1, 14, "must be a mapping"),
        ("namespaces: {a/b: x}", "E031", 1, 19, "'a/b' is not a top folder"),
        ("namespaces: {a: ../x}", "E031", 1, 17, "starts with a dot"),
        ("disclaimers: [{kind: drug}]", "E031", 1, 15, "disclaimers.text: is missing."),
        ("review: often", "E031", 1, 9, "'often' is not an interval."),
        (
            "review: {approved_only: perhaps}",
            "E031",
            1,
            25,
            "must be true or false, not 'perhaps'.",
        ),
        ("provenance: ai", "E031", 1, 13, "'ai' is not one of"),
        ("severity: {E101: of}", "E031", 1, 18, "Did you mean 'off'?"),
        ("language: english language", "E031", 1, 11, "is not a language tag"),
        ("base_url: example.org", "E031", 1, 11, "'example.org' is not an address."),
        ("base_url: //example.org/", "E031", 1, 11, "is not an address"),
        ("base_url: javascript:alert(1)", "E031", 1, 11, "is not an address"),
        ("base_url: https://[x/", "E031", 1, 11, "is not an address"),
        ("base_url: /a?b", "E031", 1, 11, "is not an address"),
        ("repository: javascript:x", "E031", 1, 13, "is not an address"),
        ("publisher: {url: ftp://x}", "E031", 1, 18, "publisher.url: 'ftp://x' is not an address"),
        ("title: [x]", "E031", 1, 8, "title: must be text, not the list [x]."),
        ("title: a\ntitle: b", "E011", 2, 1, "Duplicate key 'title' in lines 1 and 2."),
        ("title: a: b", "E010", 1, 9, "Put quotes around it"),
        ("a: &a [*a]", "E014", 1, 4, "contains itself"),
        ("max_file_bytes: 0", "E031", 1, 17, "0 is not a number of bytes from 1 to 7,000,000."),
        ("- title", "E031", 1, 1, "must be a mapping"),
    ],
)
def test_errors(tmp_path: Path, text: str, code: str, line: int, column: int, words: str) -> None:
    config, findings = load(tmp_path, text)
    assert config == Config()
    assert [(finding.path, finding.code, finding.span) for finding in findings] == [
        ("site.yaml", code, Span(line, column))
    ]
    assert words in str(findings[0])


def test_all_errors_at_once_and_the_rest_is_read(tmp_path: Path) -> None:
    text = "title: X\nsearch: maybe\nlanguage: '!'\nfoo: 1\nreview: never\nbase_url: x\ncontact: C"
    config, findings = load(tmp_path, text)
    assert sorted(finding.span.line for finding in findings) == [2, 3, 4, 5, 6]
    assert (config.title, config.contact, config.base_url) == ("X", "C", "/")
    assert config.review.interval == Config().review.interval


def test_unreadable(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_bytes(b"title: \xff")
    config, findings = load_config(read_settings(tmp_path))
    assert config == Config()
    assert [finding.code for finding in findings] == ["E030"]
    (tmp_path / "site.yaml").unlink()
    (tmp_path / "site.yaml").mkdir()
    assert [finding.code for finding in load_config(read_settings(tmp_path))[1]] == ["E030"]


def test_kept_and_read_back(config: Config) -> None:
    for codec in (msgspec.msgpack, msgspec.json):
        read_back = codec.decode(codec.encode(config), type=Config)
        assert read_back == config
        assert read_back.reading_digest == config.reading_digest


def test_the_digest_is_of_the_settings(tmp_path: Path, config: Config) -> None:
    assert (
        config.reading_digest
        == load(tmp_path, WHOLE.replace("title: Two formularies\n", "") + "title: Two formularies")[
            0
        ].reading_digest
    )
    assert (
        config.reading_digest
        != load(tmp_path, WHOLE.replace("tool: T", "tool: U"))[0].reading_digest
    )
    assert config.reading_digest != load(tmp_path, WHOLE, base_url="/")[0].reading_digest
    first, second = ("severity: {a: off, b: off}", "severity: {b: off, a: off}")
    assert load(tmp_path, first)[0].reading_digest == load(tmp_path, second)[0].reading_digest


def test_a_kept_configuration_needs_no_pydantic() -> None:
    code = (
        "import sys, msgspec\n"
        "from pathlib import Path\n"
        "from monograph_site.config import Config, load_config, read_settings\n"
        "from monograph_site.source.schema import Fields, read_fields\n"
        "kept = msgspec.msgpack.decode(msgspec.msgpack.encode(Config()), type=Config)\n"
        "assert kept.url_for('drugs/a.md', 'a') == '/drugs/a/'\n"
        "assert load_config(read_settings(Path('nowhere')))[0] == kept\n"
        "sys.exit(' '.join({'pydantic', 'rapidfuzz'} & set(sys.modules)))"
    )
    process = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert process.stderr.strip() == ""


def test_what_reading_depends_on_is_in_its_digest() -> None:
    """Every setting that is used while a content file is read changes the digest."""
    looked_at: set[str] = set()
    setting_names = {setting.name for setting in fields(Config)}

    class Watched(Config):
        def __getattribute__(self, name: str) -> Any:
            looked_at.update({name} & setting_names)
            return super().__getattribute__(name)

    for folder in sorted(path for path in OWN.iterdir() if path.is_dir()):
        for path in sorted(folder.rglob("*.md")):
            load_file(
                LoadJob(path.relative_to(folder).as_posix(), path.read_bytes(), "", Watched())
            )
    assert {"collections", "namespaces", "provenance", "severity", "base_url"} <= looked_at
    others: dict[str, Any] = {
        "collections": {"drugs": Collection("brand")},
        "namespaces": {"drugs": "/x/"},
        "provenance": Origin("human"),
        "severity": {"no-section": "off"},
        "base_url": "/x/",
        "ignore": {".": ("E201",)},
        "notation": "nhs",
        "sections": "source",
        "optional_rules": ("long-sentence",),
        "shortcodes": {"dose": Shortcode("text", "{0}")},
        "language": "fr",
        "languages": {"es": Language()},
        "fragments": {"_includes/dose.md": "5 mg"},
        "every_place": True,
        "max_file_bytes": 2_000_000,
        "smart_punctuation": True,
    }
    assert looked_at == others.keys()
    for name, value in others.items():
        assert replace(Config(), **{name: value}).reading_digest != Config().reading_digest, name
    assert replace(Config(), title="Another").reading_digest == Config().reading_digest
