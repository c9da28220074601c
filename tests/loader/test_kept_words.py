# ruff: noqa: E501 (each text is on one line)
"""No word of an author's own is lost, whatever construct of another tool it stands in: each word that
begins with `kept` is on the page, and none that begins with `gone`."""

from __future__ import annotations

import re
from html import unescape

import pytest

from monograph_site.build.load import load_bytes
from monograph_site.config import Config

TEXTS = {
    "callouts": "> [!note|x]- kept1 **kept2**\n> kept3\n\n!!! tip 'kept4'\n    kept5\n\n:::warning[kept6]\nkept7\n:::\n",
    "callouts by class": "{: .note }\n> kept1\n\nkept2\n{: .warning }\n",
    "directives": "```{admonition} kept1\n:class: tip\nkept2 **kept3**\n```\n\n```{figure} a.png\n:alt: kept4\n\nkept5\n```\n",
    "unknown directive": "```{chart} kept1\nkept2\n```\n",
    "tables of MyST": "```{list-table} kept1\n* - kept2\n  - kept3\n* - kept4\n```\n\n```{csv-table} kept5\nkept6, kept7\n```\n",
    "plug-in": "```ad-note\ntitle: kept1\nkept2\n```\n",
    "tables": "| kept1 | b |\n|---|---|\n| kept2 | kept3 | kept4 | kept5 |\n{: .gone }\n\n: kept6 {#gone}\n",
    "definitions": "kept1\nkept2\n: kept3\n\n    kept4\n",
    "changes": "^^kept1^^ {++kept2++} {--kept3--} {~~kept4~>kept5~~} {>>gone<<} [kept6]{.gone}",
    "footnotes": "a[^1] b^[kept1 kept2]\n\n!!! note\n    c[^2]\n\n    [^2]: kept3\n\n[^1]: kept4\n\n    kept5\n",
    "formulas": r"$kept1^2$ \(kept2 = 1\) \[kept3 = 2\] costs $5 kept4 and $6",
    "shortcodes": '{{% notice tip "kept1" %}}\nkept2\n{{% /notice %}}\n\na {{< note >}}kept3{{< /note >}}\n\n'
    '{{< figure src="a.png" alt="kept4" caption="kept8" >}}\n\n{% include tip.html content="kept5" %}\n\n'
    "{{< unheard-of >}}kept6{{< /unheard-of >}}\n\n{% raw %}{{ kept7 }}{% endraw %}\n",
    "fields and tasks": "kept1:: kept2\n(kept3:: kept4)\n\n- [/] kept5\n- [-] kept6\n",
    "contents": "- gone\n{:toc}\n\n{::comment}gone{:/comment}\n\n(gone-label)=\n\nkept1\n",
    "links": "[kept1](a b.pdf#c d) [kept2](e (1).pdf) ![kept3|300](f.png) [[gone#^gone|kept4]]",
}


@pytest.mark.parametrize("name", TEXTS)
def test_words_are_kept(name: str) -> None:
    text = TEXTS[name]
    page = load_bytes("pages/a.md", f"---\ntitle: A\n---\n{text}".encode(), Config()).monograph
    assert page is not None
    html = " ".join((*(s.html for s in page.sections), *(r.html for r in page.references)))
    html = re.sub(r'<img src="[^"]*" alt="([^"]*)"[^>]*>', r" \1 ", html)
    shown = unescape(re.sub(r"</?m[a-z]+[^>]*>", "", html))  # a formula has its letters one by one
    shown = re.sub(r"<[^>]*>", " ", shown)
    kept = sorted(set(re.findall(r"kept\d", text)))
    assert sorted(set(re.findall(r"kept\d", shown))) == kept
    assert "gone" not in shown
