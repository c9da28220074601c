"""Markup that acts runs nowhere: every payload in every place of a file that text can be put in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from acting import acting_html
from helpers import Site, usually
from monograph_site.build.options import Options
from monograph_site.build.pipeline import build

TAGS = [
    "<script>alert(1)</script>", "<script src=//x.example/x.js></script>", "<ScRiPt>x</sCrIpT>",
    "<img src=x onerror=alert(1)>", "<img/src=x/onerror=alert(1)>", "<svg/onload=alert(1)>",
    "<svg><script>x</script></svg>", "<svg><style><img src=x onerror=x></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=x>", "<iframe src=javascript:x>",
    "<iframe srcdoc='<script>x</script>'>", "<object data=javascript:x>", "<embed src=//x.example>",
    "<base href=//x.example/>", "<link rel=stylesheet href=//x.example/x.css>",
    "<meta http-equiv=refresh content='0;url=//x.example'>", "<form action=//x.example><input>",
    "<button formaction=javascript:x>b</button>", "<p style='background:url(//x.example)'>p</p>",
    "<style>*{background:url(//x.example)}</style>", "<p onclick=alert(1)>p</p>",
    "<a href='javascript:alert(1)'>a</a>", "<a href='java&#9;script:alert(1)'>a</a>",
    "<a href=' &#1; javascript:alert(1)'>a</a>", "<a href='JaVaScRiPt:alert(1)'>a</a>",
    "<a href='vbscript:x'>a</a>", "<a href='data:text/html,<script>x</script>'>a</a>",
    "<abbr title=\"x>[1]<img src=x onerror=alert(1)>\">a</abbr>", "<abbr title='\"><script>x'>a</abbr>",
    "<noscript><p title=\"</noscript><img src=x onerror=x>\">", "<template><script>x</script></template>",
    "<title></title><script>x</script>", "</title><script>x</script>", "</script><script>x</script>",
    "</textarea><script>x</script>", "--><script>x</script>", "<!--><script>x</script>-->",
    "<![CDATA[<script>x</script>]]>", "<?xml ?><script>x</script>", "<a\nhref=javascript:x>a</a>",
    "<img src=`x`onerror=x>", "<input autofocus onfocus=x>", "<details open ontoggle=x>d</details>",
    "<video><source onerror=x></video>", "<audio src onloadstart=x>", "<marquee onstart=x>m</marquee>",
    "<body onload=x>", "<frameset onload=x>", "<table background=javascript:x>", "<x onclick=x>x</x>",
]  # fmt: skip
LINKS = [
    "[a](javascript:alert(1))", "[a](JAVASCRIPT:alert(1))", "[a](java\\script:x)", "[a](<javascript:x>)",
    "[a](&#106;avascript:x)", "[a](data:text/html,x)", "[a](vbscript:x)", "[a](//x.example\"onclick=x)",
    "![a](javascript:x)", "![a](x\"onerror=\"x)", "[a][b]\n\n[b]: javascript:x", "<javascript:alert(1)>",
    "[a](x 'y\" onclick=\"x')",
]  # fmt: skip
PAYLOADS = [*TAGS, *LINKS]
FIELDS = [
    "title: {}", "generic_name: {}", "brands: [{}]", "names: [{}]", "description: {}",
    "aliases: [{}]", "slug: {}", "authors: [{}]", "references: [{}]", "sources: [{{title: {}}}]",
    "faqs: [{{q: 'Is it?', a: {}}}]", "faqs: [{{q: {}, a: 'Yes.'}}]", "alerts: [{{text: {}}}]",
    "own: {}", "disclaimer: {}",
]  # fmt: skip
BODIES = [
    "## Uses\n\n{}\n", "## Uses\n\nText {} text [1].\n\n## References\n\n1. {}\n", "## {}\n\nText.\n",
    "## Uses\n\n- {}\n", "## Uses\n\n| a | b |\n|---|---|\n| {} | x |\n",
    "## Uses\n\nPain.\n\n## FAQs\n\n### {}?\n\n{}\n",
]  # fmt: skip
PLACES = [*FIELDS, *BODIES]
STEP = usually(7, nightly=1)
"""Every so-manieth payload is tried in each place, another one in the next place."""


def text_of(place: str, payload: str) -> str:
    """A file with a payload in a place."""
    if place in FIELDS:
        value = json.dumps(payload, ensure_ascii=False)  # a YAML scalar as well
        title = "" if place.startswith("title") else "title: Examplin\n"
        return f"---\n{title}{place.format(value)}\n---\n\n## Uses\n\nPain.\n"
    return f"---\ntitle: Examplin\n---\n\n{place.replace('{}', payload)}"


def test_there_are_enough_payloads() -> None:
    assert len(PAYLOADS) * len(PLACES) >= 1_228


@pytest.mark.parametrize("number", range(len(PLACES)), ids=lambda number: PLACES[number][:20])
def test_no_payload_acts(tmp_path: Path, number: int) -> None:
    site = Site(tmp_path / "a" / "site")
    for count, payload in enumerate(PAYLOADS):
        if count % STEP == number % STEP:
            site.write(f"drugs/x{count}.md", text_of(PLACES[number], payload))
    folders = (site.root / name for name in ("content", "templates", "build", "cache"))
    summary = build(Options("2025-06-30", *folders, keep_going=True))
    assert [finding for finding in summary.findings if finding.name == "internal-fault"] == []
    assert summary.published
    assert acting_html(site) == []
    assert {path.name for path in tmp_path.iterdir()} == {"a"}
