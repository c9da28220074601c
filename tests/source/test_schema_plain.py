"""Plain front matter is read without pydantic, with the result that pydantic's forms give."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from formularies import OWN
from monograph_site.source.decode import decode
from monograph_site.source.front_matter import read_front_matter
from monograph_site.source.schema_checks import checked
from monograph_site.source.schema_places import places_in
from monograph_site.source.schema_plain import plain_fields, plain_places

VALUES = {
    "title": ["Examplin", "' Ex  amplin '", "5", "true", "2025-01-20", "[a]", "", "~", '"\\ud800"'],
    "slug": ["examplin", "a b", "7", ""],
    "description": ["For pain.", "|\n  Two\n  lines.\n", ">-\n  Folded\n  text.", "null"],
    "lastModified": ["'2025-01-20T10:00:00Z'", "2025-01-20", "20 January 2025", "soon", "''", "1"],
    "is_banned": ["false", "true", "no", "''", "0"],
    "faqs": [
        "[]",
        "\n  - question: Why?\n    answer: ' Because. '\n",
        "\n  - q: Why?\n    a: Because.\n  - question: When?\n    answer: ''\n",
        "\n  - question: Why?\n",
        "\n  - question: Why?\n    a: Because.\n",
        "\n  - question: Why?\n    answer: 5\n",
        "\n  - Why?\n",
        "Why?",
    ],
    "layout": ["default", "{a: b}", ""],
    "draft": ["true", "false", ""],
    "publish": ["false", "true"],
    "name": ["Samplol"],
    "titel": ["Samplol"],
    "own": ["a value"],
}
PLAIN = "title: Examplin\nlayout: default\ndescription: For pain.\nis_banned: false\n"


def file(yaml: str) -> bytes:
    return f"---\n{yaml}---\n\n## Uses\n\nPain.\n".encode()


def assert_like_the_forms(content: bytes) -> bool:
    """Whether the front matter of a file is plain. If it is, the forms give the same."""
    source = decode("x.md", content).source
    front = read_front_matter(source)
    fields, places = plain_fields(front), plain_places(front)
    if fields is not None:
        assert checked(front, source) == (fields, ())
    if places is not None:
        assert places == places_in(front)
    return fields is not None


@pytest.mark.parametrize(
    ("yaml", "is_plain"),
    [
        (PLAIN, True),
        ("", True),
        ("title: Examplin\nfaqs:\n  - q: Why?\n    a: Because.\n", True),
        ("title: Examplin\nlastModified: 20 January 2025\n", True),
        ("title: Examplin\nlastModified: soon\n", False),
        ("title: Examplin\nis_banned: true\n", False),
        ("title: Examplin\nkind: drug\n", False),
        ("title: [5]\n", False),
        ("faqs: [{question: Why?}]\n", False),
    ],
)
def test_which_front_matter_is_plain(yaml: str, is_plain: bool) -> None:
    assert assert_like_the_forms(file(yaml)) is is_plain


@pytest.mark.parametrize("seed", range(4))
def test_any_keys_and_values(seed: int) -> None:
    chance = random.Random(seed)
    plain = 0
    for _ in range(150):
        keys = chance.sample(sorted(VALUES), chance.randint(0, 6))
        yaml = "".join(f"{key}: {chance.choice(VALUES[key])}\n" for key in keys)
        plain += assert_like_the_forms(file(yaml))
    assert plain > 10


def test_the_formularies() -> None:
    for path in sorted(OWN.rglob("*.md")):
        assert_like_the_forms(path.read_bytes())


@pytest.mark.shared
def test_the_corpus(shared: Path) -> None:
    paths = sorted((shared / "corpus").rglob("*.md"))[::7]
    plain = sum(assert_like_the_forms(path.read_bytes()) for path in paths)
    assert plain > 0.9 * len(paths)


def test_pydantic_is_not_imported() -> None:
    script = (
        "import sys\n"
        "from monograph_site.build.load import load_bytes\n"
        "from monograph_site.config import Config\n"
        f"loaded = load_bytes('drugs/x.md', {file(PLAIN)!r}, Config())\n"
        "assert loaded.monograph and loaded.monograph.title == 'Examplin'\n"
        "print([name for name in ('pydantic', 'pydantic_core') if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
