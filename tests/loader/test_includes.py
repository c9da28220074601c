"""Fragments are included from the folders for them, and from nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import differences, tree
from monograph_site import Options, build
from monograph_site.config import load_config
from monograph_site.config.settings_file import MAX_FRAGMENT_BYTES, read_settings
from monograph_site.loader.includes import MAX_INCLUDED_CHARACTERS, include_fragments
from monograph_site.loader.mapped_text import MappedText

FRAGMENTS = {
    "_includes/dose.md": "---\ntitle: x\n---\n\n5 mg\n\n- at night\n",
    "_snippets/word.md": "daily",
    "_partials/a/loop.md": 'a {{< include "a/loop.md" >}}',
    "_includes/outer.md": 'Before\n\n--8<-- "dose.md"\n\nAfter',
    "_includes/hidden.md": "a %%b%% c",
    "_includes/empty.md": "",
    "../includes/stop.md": "Stop",
    "shared/text/rest.md": "Rest",
}
TEXTS = {
    'a\n\n--8<-- "dose.md"\n\nb': ("a\n\n5 mg\n\n- at night\n\nb", (0, 1, 2, 2, 2, 3, 4)),
    "Take it {{< include word.md >}}.": ("Take it daily.", (0,)),
    "{% include word.md %} and {% include word.md %}": ("daily and daily", (0,)),
    "{% include _snippets/word.md %}\nb": ("daily\nb", (0, 1)),
    "{{< include\n  word.md >}}\nb": ("daily\nb", (0, 2)),
    "- a\n\n  {{< include dose.md >}}\nb": (
        "- a\n\n  5 mg\n\n  - at night\nb", (0, 1, 2, 2, 2, 3),
    ),
    "{{< include a/loop.md >}}": ('a {{< include "a/loop.md" >}}', (0,)),
    "{{< include outer.md >}}\nb": (
        "Before\n\n5 mg\n\n- at night\n\nAfter\nb", (0, 0, 0, 0, 0, 0, 0, 1),
    ),
    "{{< include hidden.md >}}": ("a  c", (0,)),
    "a {{< include empty.md >}}b": ("a b", (0,)),
    "---8<-- 'includes/stop.md'\nb": ("Stop\nb", (0, 1)),
    "--8<--\ndocs/shared/text/rest.md\n--8<--\nb": ("Rest\nb", (0, 3)),
    '{% include-markdown "../text/rest.md" %}': ("Rest", (0,)),
    '{{ include_md("shared/text/rest.md", replace={"a (b)": \'c "d"\'}) }}': ("Rest", (0,)),
}  # fmt: skip
KEPT = (
    "{{< include ../site.yaml >}}",
    "{{< include /etc/passwd >}}",
    "{{< include none.md >}}",
    "{{< include >}}",
    "{{< dose word.md >}}",
    "`{{< include word.md >}}`",
)


@pytest.mark.parametrize("text", TEXTS)
def test_included(text: str) -> None:
    assert include_fragments(MappedText(text), FRAGMENTS) == TEXTS[text]


@pytest.mark.parametrize("text", KEPT)
def test_not_included(text: str) -> None:
    assert include_fragments(MappedText(text), FRAGMENTS).text == text


def test_size_is_bounded() -> None:
    fragments = {f"_includes/{n}.md": f"{{{{< include {n + 1}.md >}}}}\n" * 9 for n in range(9)}
    fragments["_includes/9.md"] = "x" * 100
    expanded = include_fragments(MappedText("{{< include 0.md >}}"), fragments)
    assert len(expanded.text) < 3 * MAX_INCLUDED_CHARACTERS


def test_fragments_of_a_folder(tmp_path: Path) -> None:
    """Links, large files and files that are not text are left out."""
    folder = tmp_path / "_includes"
    folder.mkdir()
    (tmp_path / "secret.md").write_text("secret")
    (folder / "a.md").write_bytes(b"\xef\xbb\xbfa\r\nb")
    (folder / "link.md").symlink_to("../secret.md")
    (folder / "large.md").write_text("x" * (MAX_FRAGMENT_BYTES + 1))
    (folder / "latin.md").write_bytes(b"\xe9")
    (folder / "code.html").write_text("x")
    (tmp_path / "_partials").symlink_to(".")
    assert read_settings(tmp_path).fragments == {"_includes/a.md": "a\nb"}


def test_fragments_of_the_folders_that_site_yaml_names(tmp_path: Path) -> None:
    content = tmp_path / "docs"
    for path in ("../includes/a.md", "parts/b.md", "c.md"):
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_text(path)
    (content / "site.yaml").write_text("includes: [../includes, parts/, c.md, none, /etc, '']\n")
    assert sorted(read_settings(content).fragments) == ["../includes/a.md", "c.md", "parts/b.md"]
    _, findings = load_config(read_settings(content))
    assert [finding.code for finding in findings] == ["E031", "E031"]


def test_a_changed_fragment_changes_the_pages_that_include_it(tmp_path: Path) -> None:
    content = tmp_path / "content"
    for name, text in (
        ("drugs/x.md", "## Dose\n\n{{< include dose.md >}}\n"),
        ("drugs/y.md", "## Dose\n\nNone.\n"),
        ("_includes/dose.md", "5 mg.\n"),
    ):
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_text(text)

    def built(output: str, cache: str) -> dict[str, bytes]:
        summary = build(
            Options(
                "2025-01-31", content, tmp_path / "templates", tmp_path / output, tmp_path / cache
            )
        )
        assert not summary.has_errors
        return tree(tmp_path / output)

    before = built("build", "cache")
    (content / "_includes/dose.md").write_text("10 mg.\n")
    after = built("build", "cache")
    assert "drugs/x/index.html" in differences(before, after)
    assert b"10 mg" in after["drugs/x/index.html"]
    assert not [path for path in after if "includes" in path]
    assert differences(after, built("clean", "other")) == []
