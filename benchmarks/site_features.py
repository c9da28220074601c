"""What do the features that help readers and programs cost a cold build?

    python -m benchmarks.site_features FOLDER [--rounds 5]

Builds a content folder with all features but the text search, and without these: classes and conditions,
brand names from the text, sections in clinical order, views for an audience, related pages, links back from
references, pages of classes, conditions and ingredients, feeds and other files for programs, and the part of
`index.json` that came with them. Each build is a fresh process with one worker; they take turns. Printed are
the least processor time of each, and the growth: of these, and the median of the rounds.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

AS_OF = "2025-06-30"
PAGE_KINDS = ("classes", "conditions", "containing", "feeds", "machines")
LATER_KEYS = (
    "permalink aliases translation_of audience all_names classes atc conditions stated_ingredients"
    " product status_details review_details provenance_details authors dates draft alerts"
    " disclaimer_html disclaimer_origin note_html note_origin other_details pronunciation"
).split()
"""Keys of index.json that came with the features."""


def leave_out_features() -> None:
    """Replace the functions of the features, in this process, by ones that do nothing."""
    from monograph_site import pages
    from monograph_site.build import entries
    from monograph_site.loader import names, record
    from monograph_site.render import renderer
    from monograph_site.site import catalogue, menu

    pages.reserved_addresses()  # imports the page kinds
    for name in PAGE_KINDS:
        pages.PAGE_KINDS.remove(name)
    record.classes_of = lambda draft: draft.fields.classes
    record.conditions_of = lambda draft: draft.fields.conditions
    names._brands_in = lambda blocks, *, is_brand_section: []
    entries.clinical_order = lambda monograph: monograph.sections
    entries.is_in_head = lambda section, monograph: False
    entries.audiences_of = lambda sections: ()
    catalogue.with_related_pages = lambda site: site
    menu.feeds = lambda site: ()
    renderer.in_clinical_order = lambda monograph: monograph.sections
    renderer.is_in_head = lambda section, monograph: False
    renderer.with_back_links = lambda html, words: html
    whole = renderer.index_json

    def smaller(monograph: Any, data: Mapping[str, Any]) -> Any:
        """index.json without the keys that came later."""
        result = whole(monograph, data)
        return {key: value for key, value in result.items() if key not in LATER_KEYS}

    renderer.index_json = smaller


def build_once(content: Path, *, is_whole: bool) -> float:
    """The processor time, in seconds, of a cold build in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "benchmarks.site_features", "--build", folder]
        command += [str(content), *([] if is_whole else ["--without"])]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return float(Path(folder, "seconds").read_text())


def build_here(content: Path, folder: Path) -> None:
    """Build in this process, and write how long it took."""
    from monograph_site.build import plan
    from monograph_site.build.options import Options
    from monograph_site.build.pipeline import build

    plan.text_pages = lambda site: {}  # no search of texts
    start = os.times()
    parts = (folder / part for part in ("templates", "build", "cache"))
    options = Options(AS_OF, content, *parts, keep_going=True)
    build(options)
    end = os.times()
    seconds = end.user + end.system - start.user - start.system
    (folder / "seconds").write_text(str(seconds))


def main() -> int:
    """Print the two times and the growth."""
    assert __doc__
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("content", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--build", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--without", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.build:
        if arguments.without:
            leave_out_features()
        build_here(arguments.content, arguments.build)
        return 0
    rounds = []
    for _ in range(arguments.rounds):
        whole, smaller = (build_once(arguments.content, is_whole=whole) for whole in (True, False))
        rounds.append((whole, smaller))
        print(f"with {whole:.2f} s, without {smaller:.2f} s", flush=True)
    least, without = map(min, zip(*rounds, strict=True))
    ratio = statistics.median(whole / smaller for whole, smaller in rounds)
    print(f"least: with {least:.2f} s, without {without:.2f} s, growth {least / without - 1:+.1%}")
    print(f"median of the rounds: growth {ratio - 1:+.1%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
