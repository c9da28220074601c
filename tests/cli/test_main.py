"""The command line, as people and programs use it: exit status, output, and the site after an
error."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import monograph_site
from formularies import OWN, SHARED_NAMES
from helpers import Site, differences, run_cli, tree
from monograph_site.check import formats
from monograph_site.model.finding import FindingKind
from monograph_site.model.source import Span
from writing import formulary

Run = Callable[..., subprocess.CompletedProcess[str]]
BuildSite = Callable[..., Site]

SOUND = "---\ntitle: Examplin\n---\n\n## Uses\n\nFor examples.\n"
SHARED_OPTIONS = "--content --templates --cache --base-url --as-of --jobs"
FAULTY = "---\ntitle: Faultin\ntitle: Twice\n---\n\n## Uses\n\nFor faults.\n"


# help and usage errors


def test_version(run: Run) -> None:
    result = run("--version")
    assert result.returncode == 0
    assert result.stdout.strip().endswith(monograph_site.__version__)


@pytest.mark.parametrize("command", [(), ("build",), ("check",), ("serve",)], ids=" ".join)
def test_help_names_every_option(run: Run, command: tuple[str, ...]) -> None:
    result = run(*command, "--help")
    assert result.returncode == 0
    assert result.stderr == ""
    wanted = {
        (): "build check serve explain rules --version --help",
        ("build",): f"{SHARED_OPTIONS} --output --keep-going --no-search --json --verify --explain "
        "--profile",
        ("check",): f"{SHARED_OPTIONS} --format --select --ignore --changed --baseline "
        "--update-baseline --fail-on --verbose",
        ("serve",): f"{SHARED_OPTIONS} --port --host --open --editor",
    }[command]
    assert [word for word in wanted.split() if word not in result.stdout] == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "Usage"),
        (("publish",), "No such command 'publish'."),
        (("bild",), "Did you mean 'build'?"),
        (("build", "--contents", "x"), "--content"),
        (("build", "--content", "nowhere"), "no content folder 'nowhere'"),
        (("build", "--jobs", "0"), "--jobs"),
        (("build", "--as-of", "yesterday"), "yesterday"),
        (("build", "--output", "content"), "content"),
        (("build", "--output", "file"), "file"),
        (("build", "--templates", "nowhere"), "nowhere"),
        (("check", "--format", "xml"), "xml"),
        (("check", "--content", "nowhere"), "make a new site with `monograph-site init`"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_usage_error_is_status_2(
    tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    Site(tmp_path).write("x.md", SOUND)
    (tmp_path / "file").write_text("a file where a folder is to be")
    before = tree(tmp_path)
    result = run_cli(*arguments, cwd=tmp_path)
    assert result.returncode == 2
    assert message in result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    assert {
        path: data
        for path, data in tree(tmp_path).items()
        if not path.startswith(".monograph-site/")
    } == before


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{% nonsense %}", "nonsense"),
        ("{{ no_such_value }}", "no_such_value"),
        ("{% extends 'gone.html' %}", "gone.html"),
    ],
)
def test_an_error_in_a_template_is_status_2_and_publishes_nothing(
    tmp_path: Path, template: str, message: str
) -> None:
    site = Site(tmp_path).write("drugs/x.md", SOUND).build()
    before = tree(site.output)
    site.write("../templates/monograph.html", template)
    result = run_cli("build", cwd=tmp_path)
    assert result.returncode == 2
    assert message in result.stderr
    assert "monograph.html" in result.stderr
    assert "Traceback" not in result.stderr
    assert differences(before, tree(site.output)) == []


# errors in the content


def test_an_error_is_status_1_and_does_not_change_the_site(tmp_path: Path) -> None:
    site = Site(tmp_path).write("drugs/a.md", SOUND).build()
    before = tree(site.output)
    site.write("drugs/b.md", FAULTY).write("drugs/a.md", SOUND.replace("examples", "changes"))
    site.build(code=1)
    assert site.summary["published"] is False
    assert site.rendered == []
    assert differences(before, tree(site.output)) == []
    site.remove("drugs/b.md").build()
    site.sees("/drugs/a/", "For changes.")


def test_an_error_in_the_first_build_makes_no_output(build_site: BuildSite) -> None:
    site = build_site({"drugs/b.md": FAULTY}, code=1)
    assert not site.output.exists()


def test_keep_going_publishes_valid_pages(build_site: BuildSite) -> None:
    site = build_site({"drugs/a.md": SOUND, "drugs/b.md": FAULTY}, "--keep-going", code=1)
    assert site.summary["published"] is True
    assert site.by_kind("drug") == ["/drugs/a/"]
    [error] = [finding for finding in site.summary["diagnostics"] if finding["severity"] == "error"]
    assert (error["path"], error["line"], error["column"], error["withheld"]) == (
        "drugs/b.md",
        3,
        1,
        True,
    )


def test_keep_going_removes_a_page_that_became_invalid(build_site: BuildSite) -> None:
    site = build_site({"drugs/a.md": SOUND, "drugs/b.md": FAULTY.replace("title: Twice\n", "")})
    assert site.by_kind("drug") == ["/drugs/a/", "/drugs/b/"]
    site.write("drugs/b.md", FAULTY).build("--keep-going", code=1)
    assert site.by_kind("drug") == ["/drugs/a/"]
    assert "/drugs/b/" in site.summary["removed"]


def test_findings_are_sorted_and_do_not_depend_on_the_number_of_workers(tmp_path: Path) -> None:
    site = Site(tmp_path)
    for number, path in enumerate(formulary(tmp_path / "content", 60)):
        if number % 7 == 0:
            path.write_text(FAULTY, encoding="utf-8")
    outputs = [
        run_cli("check", "--cache", f"cache-{jobs}", "--jobs", jobs, cwd=tmp_path).stdout
        for jobs in (1, 3)
    ]
    assert outputs[0] == outputs[1]
    site.build("--keep-going", code=1)
    places = [
        (finding["path"], finding["line"], finding["column"])
        for finding in site.summary["diagnostics"]
    ]
    assert places == sorted(places)


def test_a_killed_build_leaves_complete_pages_and_the_next_one_repairs_the_site(
    tmp_path: Path,
) -> None:
    site = Site(tmp_path)
    files = formulary(tmp_path / "content", 120)
    site.build()
    for path in files:
        path.write_text(
            path.read_text(encoding="utf-8").replace("## Uses", "## Indications"), encoding="utf-8"
        )
    for seconds in (0.3, 0.45, 0.6, 0.8):
        command = [sys.executable, "-m", "monograph_site", "build", "--jobs", "2"]
        process = subprocess.Popen(
            command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(seconds)
        process.kill()
        process.wait()
        for page in site.output.rglob("*.html"):
            assert page.read_text(encoding="utf-8").rstrip().endswith("</html>"), page
        for record in site.output.rglob("index.json"):
            json.loads(record.read_bytes())
    site.build()
    repaired = tree(site.output)
    shutil.rmtree(site.output)
    shutil.rmtree(tmp_path / ".monograph-site")
    assert differences(repaired, tree(site.build().output)) == []


# for machines and for people


def test_the_json_summary(build_site: BuildSite) -> None:
    site = build_site({"drugs/a.md": SOUND, "drugs/b.md": FAULTY}, "--keep-going", code=1)
    summary = site.summary
    counts = {
        "monographs",
        "pages",
        "rendered",
        "unchanged",
        "removed",
        "moved",
        "published",
        "errors",
        "warnings",
        "infos",
    }
    assert counts | {"seconds", "diagnostics"} == summary.keys()
    assert summary["monographs"] == 1
    made = [path for path in tree(site.output) if not path.startswith("search/text/")]
    assert summary["pages"] == len(summary["rendered"]) == len(made) - 1, (
        "the manifest and the index of texts are not counted"
    )
    assert summary["seconds"]["total"] > 0
    by_severity = [finding["severity"] for finding in summary["diagnostics"]]
    for severity in ("error", "warning", "info"):
        assert summary[f"{severity}s"] == by_severity.count(severity)
    for finding in summary["diagnostics"]:
        assert finding.keys() == set(
            formats.finding_as_json(FindingKind("E101", "x").at("", Span(), ""))
        )
        assert re.fullmatch(r"[EWI]\d{3}", finding["code"])
    again = site.build("--keep-going", code=1).summary
    assert (again["rendered"], again["unchanged"]) == ([], summary["pages"])
    assert again["diagnostics"] == summary["diagnostics"]


def test_the_closing_line_of_a_build(tmp_path: Path) -> None:
    Site(tmp_path).write("drugs/a.md", SOUND)
    result = run_cli("build", cwd=tmp_path)
    assert result.returncode == 0
    assert re.fullmatch(
        r"1 monograph, (\d+) files: \1 rendered, 0 unchanged, 0 removed; .*\(\d+\.\d\d s\)\n",
        result.stdout,
    )
    assert "\r" not in result.stderr, "progress is for terminals"


def test_check_has_the_findings_of_a_build_and_makes_no_site(tmp_path: Path) -> None:
    site = Site(tmp_path).write("drugs/a.md", SOUND).write("drugs/b.md", FAULTY)
    text = run_cli("check", cwd=tmp_path)
    assert text.returncode == 1
    assert "content/drugs/b.md:3:1 E011 yaml-duplicate-key: " in text.stdout
    machine = run_cli("check", "--format", "json", cwd=tmp_path)
    assert machine.returncode == 1
    assert not site.output.exists()
    assert json.loads(machine.stdout)["diagnostics"] == site.build(code=1).summary["diagnostics"]
    site.remove("drugs/b.md")
    assert run_cli("check", cwd=tmp_path).returncode == 0
    assert not site.output.exists()


# what is built of what


def test_three_files_and_no_configuration(build_site: BuildSite) -> None:
    site = build_site({
        "one.md": "# Onezol\n\n**Usage:** For ones.\n\n**Side Effects:** Twos.\n",
        "deep/two.md": "---\ntitle: Twozol\n---\n\n### Indications\n\nFor twos.\n",
        "three.md": "Only a sentence.\n",
    })  # fmt: skip
    assert site.summary["monographs"] == 3
    assert site.summary["errors"] == 0
    site.sees("/one/", "For ones.").sees("/deep/two/", "For twos.").sees(
        "/three/", "Only a sentence."
    )
    site.sees("/", "Onezol") if "Onezol" in site.html("/") else site.sees("/a-z/o/", "Onezol")
    assert (site.output / "404.html").is_file()


def test_no_search(build_site: BuildSite) -> None:
    site = build_site({"drugs/a.md": SOUND})
    assert site.file("/search/").is_file()
    assert 'role="search"' in site.html("/drugs/a/")
    site.build("--no-search")
    assert not (site.output / "search").exists()
    assert 'role="search"' not in site.html("/drugs/a/")


def test_base_url(build_site: BuildSite) -> None:
    site = build_site({"drugs/a.md": SOUND}, "--base-url", "https://own.example/medicines/")
    assert '<link rel="canonical" href="https://own.example/medicines/drugs/a/">' in site.html(
        "/drugs/a/"
    )
    assert "<loc>https://own.example/medicines/drugs/a/</loc>" in site.file(
        "/sitemap.xml"
    ).read_text(encoding="utf-8")


def test_two_formularies_side_by_side(build_site: BuildSite, tmp_path: Path) -> None:
    for name in ("bold", "headed"):
        shutil.copytree(OWN / name, tmp_path / "content" / name)
    site = build_site(
        {"site.yaml": "namespaces: {bold: /b/, headed: /h/}\n"}, "--keep-going", code=1
    )
    assert [
        finding["name"] for finding in site.summary["diagnostics"] if finding["severity"] == "error"
    ] == ["no-section"]
    links = {
        link["title"]: link["url"] for link in site.json("/b/b/belotide-cardomel/")["ingredients"]
    }
    assert links["Belotide"] == "/b/b/belotide/"
    assert site.json("/h/compositions/cardomel/")["id"] == "cardomel"


@pytest.mark.shared
@pytest.mark.slow
def test_both_formularies_of_the_corpus(shared: Path, tmp_path: Path) -> None:
    """All files, each formulary below its own prefix: no file lost, errors only of the kinds that
    are errors."""
    site = Site(tmp_path)
    for name in SHARED_NAMES:
        shutil.copytree(shared / "corpus" / name, tmp_path / "content" / name)
    settings = "namespaces: {labelled: /l/, sectioned: /s/}\ntext_search: false\n"
    site.write("site.yaml", settings).build("--keep-going", code=1)
    assert site.summary["monographs"] == len(list((tmp_path / "content").rglob("*.md"))) > 2_000
    assert only_known_errors(site) == []
    urls = [url for kind in ("drug", "combination") for url in site.by_kind(kind)]
    assert len(urls) == site.summary["monographs"]
    assert {url[:3] for url in urls} == {"/l/", "/s/"}


KNOWN = {
    "no-section",
    "truncated-text",
    "ai-residue",
    "placeholder",
    "duplicate-title",
    "url-collision",
}
"""What the notes on the corpus call errors."""


def only_known_errors(site: Site) -> list[str]:
    return [
        finding["name"]
        for finding in site.summary["diagnostics"]
        if finding["severity"] == "error" and finding["name"] not in KNOWN
    ]


@pytest.mark.shared
def test_seeds_as_they_are(shared: Path, tmp_path: Path) -> None:
    site = Site(tmp_path)
    for seed in sorted((shared / "seeds").glob("00[012]_*.txt")):
        site.write(f"{seed.stem}.md", seed.read_text(encoding="utf-8"))
    site.build("--keep-going", code=1)
    # Two of the three are about the same medicine.
    assert [
        finding["name"] for finding in site.summary["diagnostics"] if finding["severity"] == "error"
    ] == ["duplicate-title"]
    records = [site.json(url) for url in site.by_kind("drug")]
    assert [record["title"] for record in records] == ["Ofatumumab", "Ofatumumab", "Alemtuzumab"]
    assert all(len(record["faqs"]) >= 5 for record in records)
    assert "≥" in " ".join(section["text"] for section in records[1]["sections"])


def test_collisions_are_reported_where_the_files_state_them(build_site: BuildSite) -> None:
    text = "## Uses\n\nFor examples.\n"
    site = build_site(
        {
            "drugs/a.md": f"---\ntitle: Examplin\nslug: one\n---\n{text}",
            "drugs/b.md": "---\nkind: drug\ntitle: Examplin\n"
            f"aliases: [/old/, /drugs/ONE/]\n---\n{text}",
        },
        code=1,
    )
    places = {(d["path"], d["line"], d["column"], d["code"]) for d in site.summary["diagnostics"]}
    assert {
        ("drugs/b.md", 4, 18, "W423"),
    } <= places
    codes = {code for _, _, _, code in places}
    assert "E402" in codes, "both have one title"
    assert "E401" not in codes, "only the alias is left out"


def test_without_search_no_part_of_it_is_published(build_site: BuildSite) -> None:
    files = {"drugs/a.md": SOUND}
    assert any("search" in path for path in tree(build_site(files).output))
    assert not any("search" in path for path in tree(build_site(files, "--no-search").output))
