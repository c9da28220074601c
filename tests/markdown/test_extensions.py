"""Markdown as other tools write it: each construct becomes HTML, and no mark of it is shown."""

from __future__ import annotations

import re

import pytest

from acting import acting_tags
from monograph_site.markdown.blocks import Block, inline_html, render
from monograph_site.markdown.parser import parse


def html(text: str) -> str:
    def heading(block: Block) -> str:
        asked = f' id="{block.html}"' if block.html else ""
        return f"<h{block.level}{asked}>{inline_html(block.runs)}</h{block.level}>\n"

    rendered = render(parse(text).blocks, heading)
    return re.sub(r"\s*\n\s*", "", rendered.replace(' rel="nofollow noopener noreferrer"', ""))


STOP = '<div class="callout callout-danger"><p class="callout-title">Stop</p>'
TABS = (
    '<div class="tab"><p class="tab-title">Adult</p><p>5 mg</p></div>'
    '<div class="tab"><p class="tab-title">Child</p><p>2 mg</p></div>'
)

DISPLAYED = '<p><math display="block"><mrow><mi>x</mi></mrow></math></p>'
DOSES = (
    '<div class="table-scroll" role="group" aria-label="Table" tabindex="0"><table><thead><tr>'
    '<th scope="col">Age</th><th scope="col">Dose</th></tr></thead><tbody><tr><td>Adult</td>'
    "<td><strong>5</strong> mg</td></tr></tbody></table></div>"
)

BLOCKS = {
    "code below an element": (
        "<div>\nx\n</div>\n```\na **b**\n```\n",
        "<div>x</div><pre><code>a **b**</code></pre>",
    ),
    "text below an element": ("<hr>\nA **b**\n", "<hr><p>A <strong>b</strong></p>"),
    "text within nested elements": (
        "<div>\n<p>a</p>\n**b**\n</div>\n",
        "<div><p>a</p>**b**</div>",
    ),
    "Markdown inside an element": (
        '<div class="x" markdown="1">\n[a](https://a.example){: .btn }\n</div>\n',
        '<div><p><a href="https://a.example">a</a></p></div>',
    ),
    "Markdown inside folded text": (
        "<details markdown>\n<summary>S</summary>\n- a\n</details>\n",
        "<details><summary>S</summary><ul><li>a</li></ul></details>",
    ),
    "an id of a heading as an attribute": (
        '## 9.7.0 { id="9.7.0" }\n',
        '<h2 id="9.7.0">9.7.0</h2>',
    ),
    "options of kramdown": ('{::options toc_levels="2..4" /}\n\na\n', "<p>a</p>"),
    "admonition": (
        '!!! danger "Stop"\n    Do **not** take it.\n\n    - one\n',
        f"{STOP}<p>Do <strong>not</strong> take it.</p><ul><li>one</li></ul></div>",
    ),
    "admonition within a list": (
        "- a\n\n    !!! tip\n        b\n",
        '<ul><li><p>a</p><div class="callout callout-tip">'
        '<p class="callout-title">Tip</p><p>b</p></div></li></ul>',
    ),
    "admonition after a line of text": (
        "Before\n!!! note\n    b\n\nAfter\n",
        '<p>Before</p><div class="callout callout-note">'
        '<p class="callout-title">Note</p><p>b</p></div><p>After</p>',
    ),
    "admonition without a title": (
        '!!! warning ""\n    a\n',
        '<div class="callout callout-warning"><p>a</p></div>',
    ),
    "admonition of an unknown kind": (
        "!!! nursing-point\n    a\n",
        '<div class="callout callout-note"><p class="callout-title">Nursing point</p>'
        "<p>a</p></div>",
    ),
    "folded": (
        '??? info "More"\n    a\n',
        '<details class="callout callout-note"><summary>More</summary><p>a</p></details>',
    ),
    "unfolded": (
        "???+ tip\n    a\n",
        '<details class="callout callout-tip" open><summary>Tip</summary><p>a</p></details>',
    ),
    "tabs": ('=== "Adult"\n\n    5 mg\n\n=== "Child"\n\n    2 mg\n', TABS),
    "heading underlined by equals signs": ("Title\n=====\n", "<h1>Title</h1>"),
    "alert": (
        "> [!WARNING]\n> Be careful.\n>\n> - a\n",
        '<div class="callout callout-warning"><p class="callout-title">Warning</p>'
        "<p>Be careful.</p><ul><li>a</li></ul></div>",
    ),
    "alert with a title": (
        "> [!danger] **Stop** now\n> a\n",
        '<div class="callout callout-danger"><p class="callout-title">'
        "<strong>Stop</strong> now</p><p>a</p></div>",
    ),
    "folded alert": (
        "> [!tip]- Hint\n> a\n",
        '<details class="callout callout-tip"><summary>Hint</summary><p>a</p></details>',
    ),
    "quotation": ("> [1] says so\n", "<blockquote><p>[1] says so</p></blockquote>"),
    "fenced": (
        ":::note\n\na **b**\n\n:::\n",
        '<div class="callout callout-note"><p class="callout-title">Note</p>'
        "<p>a <strong>b</strong></p></div>",
    ),
    "fenced with a title": (
        ":::tip[Read this]\na\n:::\n\n:::caution Mind this\nb\n:::\n",
        '<div class="callout callout-tip"><p class="callout-title">Read this</p><p>a</p></div>'
        '<div class="callout callout-caution"><p class="callout-title">Mind this</p><p>b</p></div>',
    ),
    "fenced by Pandoc": (
        "::: {.callout-important}\na\n:::\n",
        '<div class="callout callout-important"><p class="callout-title">Important</p>'
        "<p>a</p></div>",
    ),
    "fenced group of Pandoc": ("::: {.panel #x}\na\n:::\n", "<div><p>a</p></div>"),
    "fenced and folded by Quarto": (
        '::: {.callout-tip collapse="true" title="Read this"}\na\n:::\n',
        '<details class="callout callout-tip"><summary>Read this</summary><p>a</p></details>',
    ),
    "tabs of MyST": (
        "::::{tab-set}\n:::{tab-item} Adult\n5 mg\n:::\n:::{tab-item} Child\n2 mg\n:::\n::::\n",
        f"<div>{TABS}</div>",
    ),
    "grid table": (
        "+-------+----------+\n| Age   | Dose     |\n+=======+==========+\n| Adult | **5** mg |\n"
        "|       | at night |\n|       |          |\n|       | - or not |\n+-------+----------+\n"
        "| Any              |\n+-------+----------+\n",
        '<div class="table-scroll" role="group" aria-label="Table" tabindex="0"><table><thead><tr>'
        '<th scope="col">Age</th><th scope="col">Dose</th></tr></thead><tbody><tr><td>Adult</td>'
        "<td><strong>5</strong> mgat night<br>• or not</td></tr><tr><td>Any</td><td></td></tr>"
        "</tbody></table></div>",
    ),
    "no grid table": ("+-------+\n| a\n\nb\n", "<p>+-------+| a</p><p>b</p>"),
    "code that shows a slip": (
        "```\n**A:**b\n```\n\n`[a](b c.md)`\n",
        "<pre><code>**A:**b</code></pre><p><code>[a](b c.md)</code></p>",
    ),
    "fenced in each other": (
        "::::note\na\n\n:::tip\nb\n:::\n\nc\n::::\n\nd\n",
        '<div class="callout callout-note"><p class="callout-title">Note</p><p>a</p>'
        '<div class="callout callout-tip"><p class="callout-title">Tip</p><p>b</p></div>'
        "<p>c</p></div><p>d</p>",
    ),
    "indented without a blank, without a name": (
        '!!!info "Yes"\n    a\n\n??? "Why"\n    b\n\n!!! "Head"\n    c\n\n??? why ???\n',
        '<div class="callout callout-note"><p class="callout-title">Yes</p><p>a</p></div>'
        '<details class="callout callout-note"><summary>Why</summary><p>b</p></details>'
        '<div class="callout callout-note"><p class="callout-title">Head</p><p>c</p></div>'
        "<p>??? why ???</p>",
    ),
    "fenced without a name": (
        "::::: {.cols}\n::: {}\na\n:::\n\n:::{}\nb\n:::\n:::::\n",
        "<div><div><p>a</p></div><div><p>b</p></div></div>",
    ),
    "element with its Markdown in its line": (
        '<aside markdown="1">\n  a\n  <p markdown="1" class= "b" >— [c](https://d.example)</p>\n</aside>\n\n'
        "e\n",
        '<p>a</p><p>— <a href="https://d.example">c</a></p><p>e</p>',
    ),
    "what is shown without scripts": (
        '<div><noscript>\n<b>a</b>\n</noscript></div>\n',
        "<div><b>a</b></div>",
    ),
    "fenced without an end": (
        ":::note\na\n",
        '<div class="callout callout-note"><p class="callout-title">Note</p><p>a</p></div>',
    ),
    "fenced code that shows one": (
        "```\n:::note\n!!! tip\n```\n",
        "<pre><code>:::note!!! tip</code></pre>",
    ),
    "directive": (
        "```{warning} Stop\na\n```\n",
        '<div class="callout callout-warning"><p class="callout-title">Stop</p><p>a</p></div>',
    ),
    "definitions": (
        "Term\n: One\n: Two\n\nOther\n\n:   Three\n",
        "<dl><dt>Term</dt><dd>One</dd><dd>Two</dd><dt>Other</dt><dd>Three</dd></dl>",
    ),
    "tasks": (
        "- [ ] a\n- [x] b **c**\n- [y] d\n",
        '<ul><li><span role="img" aria-label="to do">☐</span> a</li>'
        '<li><span role="img" aria-label="done">☑</span> b <strong>c</strong></li>'
        "<li>[y] d</li></ul>",
    ),
    "details": (
        "<details>\n<summary>More</summary>\n\nA **b**.\n\n- c\n\n</details>\n\nAfter\n",
        "<details><summary>More</summary><p>A <strong>b</strong>.</p><ul><li>c</li></ul></details>"
        "<p>After</p>",
    ),
    "details on one line": (
        "<details open><summary>More</summary>\n\nA\n\n</details> after\n",
        '<details open=""><summary>More</summary><p>A</p></details>after',
    ),
    "details in details": (
        "<details>\n<summary>A</summary>\n\n<details>\n<summary>B</summary>\n\n**b**\n\n</details>"
        "\n\na\n\n</details>\n",
        "<details><summary>A</summary><details><summary>B</summary><p><strong>b</strong></p>"
        "</details><p>a</p></details>",
    ),
    "details without an end": (
        "<details><summary>A</summary>\n\nb\n",
        "<details><summary>A</summary></details><p>b</p>",
    ),
    "div": ('<div class="x" onclick="y()">\n\n**a**\n\n</div>\n', "<div><p><strong>a</strong></p></div>"),
    "element that is not published": ("<main>\n\n**a**\n\n</main>\n", "<p><strong>a</strong></p>"),
    "film": (
        '<iframe src="https://films.example/x?a=1&amp;b=2" title="How to inhale"></iframe>\n',
        '<a href="https://films.example/x?a=1&amp;b=2">How to inhale</a>',
    ),
    "film with its address inside": (
        '<video controls>\n<source src="a.mp4" type="video/mp4">\nNo film.\n</video>\n',
        '<a href="a.mp4">a.mp4</a>',
    ),
    "film that would act": ('<iframe src="javascript:alert(1)"></iframe>\n', "<a>javascript:alert(1)</a>"),
    "table of contents": ("[TOC]\n\n[[_TOC_]]\n\na\n", "<p>a</p>"),
    "fields": (
        "dose:: 5 mg\nroute:: by mouth\n\nNot a field: std::vector\n",
        "<p><strong>dose:</strong> 5 mg<strong>route:</strong> by mouth</p>"
        "<p>Not a field: std::vector</p>",
    ),
    "id of a heading in another script": ("## a {#क्या-तथ्य}\n", '<h2 id="क्या-तथ्य">a</h2>'),
    "id of a heading": ("## Dose {#adult-dose .big}\n", '<h2 id="adult-dose">Dose</h2>'),
    "class of a paragraph": ("a\n{: .lead }\n", "<p>a</p>"),
    "attributes alone": ("{: .lead #x}\n\na\n", "<p>a</p>"),
    "formula on its own": (
        "$$\nx\n$$\n",
        '<p><math display="block"><mrow><mi>x</mi></mrow></math></p>',
    ),
    "formulas on lines of their own": (
        "a\n$$\nx\n$$\nb\n\n\\[\nx\n\\]\n\n\\\\[x\n\\\\]\n\n```math\nx\n```\n\n$$ x $$ {#eq}\n",
        f"<p>a</p>{DISPLAYED}<p>b</p>{DISPLAYED * 4}",
    ),
    "environment of LaTeX": (
        "a\n\\begin{equation}\nx\n\\end{equation}\n",
        f"<p>a</p>{DISPLAYED.replace('<mi>x</mi>', '<mrow><mi>x</mi></mrow>')}",
    ),
    "no formulas on lines of their own": (
        "$$\nx\n\n\\[\n\ny\n\n\\[see page 2\\]\n",
        "<p>$$x</p><p>[</p><p>y</p><p>[see page 2]</p>",
    ),
    "alert with a mark of its place": (
        "> [!note|right] Title\n> a\n\n> [!nursing point]\n> a\n",
        '<div class="callout callout-note"><p class="callout-title">Title</p><p>a</p></div>'
        '<div class="callout callout-note"><p class="callout-title">Nursing point</p><p>a</p></div>',
    ),
    "admonitions with other quotes": (
        "!!! danger 'Stop'\n    a\n\n!!! tip \"The \\\"a\\\"\"\n    b\n",
        f'{STOP}<p>a</p></div><div class="callout callout-tip"><p class="callout-title">The "a"</p>'
        "<p>b</p></div>",
    ),
    "options of a directive": (
        ":::{admonition} Stop\n:class: danger\n\na\n:::\n\n```{warning}\n:name: x\n:class: dropdown\na\n```\n",
        f'{STOP}<p>a</p></div><details class="callout callout-warning"><summary>Warning</summary>'
        "<p>a</p></details>",
    ),
    "admonition of a plug-in": (
        "```ad-danger\ntitle: Stop\nDo **not**.\n```\n",
        f"{STOP}<p>Do <strong>not</strong>.</p></div>",
    ),
    "folded directive": (
        "```{dropdown} More\na\n```\n",
        '<details class="callout callout-note"><summary>More</summary><p>a</p></details>',
    ),
    "tables of MyST": (
        "```{list-table}\n:header-rows: 1\n* - Age\n  - Dose\n* - Adult\n  - **5** mg\n```\n\n"
        "```{csv-table} Doses\n:header: Age, Dose\nAdult, **5** mg\n```\n",
        f"{DOSES}<p>Doses</p>{DOSES}",
    ),
    "version": (
        "```{versionadded} 2\na\n```\n",
        '<div class="callout callout-note"><p class="callout-title">Added in version 2</p><p>a</p></div>',
    ),
    "code that is run": (
        "```{r}\n#| label: x\na\n```\n\n```{python}\n#| echo: false\nb\n```\n\n```{unknown}\nc\n```\n",
        "<pre><code>a</code></pre><pre><code>c</code></pre>",
    ),
    "a base, and code of that name": (
        "```base\nviews:\n  - type: table\n```\n\n``` base\ngit log\n```\n",
        "<pre><code>git log</code></pre>",
    ),
    "queries": ("```dataview\nTABLE a\n```\n\n```{toctree}\na\n```\n\na\n", "<p>a</p>"),
    "fenced group": (":::: columns\n::: column\na\n:::\n::::\n", "<div><div><p>a</p></div></div>"),
    "callouts by class": (
        "{: .danger }\n> Stop\n\n> a\n{: .prompt-tip }\n\nb\n{: .notice--warning}\n\nc\n{: .btn .tip }\n",
        '<div class="callout callout-danger"><p class="callout-title">Danger</p><p>Stop</p></div>'
        '<div class="callout callout-tip"><p class="callout-title">Tip</p><p>a</p></div>'
        '<div class="callout callout-warning"><p class="callout-title">Warning</p><p>b</p></div><p>c</p>',
    ),
    "several terms": (
        "One\n**Two**\n: a\n: b\n\nA line of text\nand another.\n",
        "<dl><dt>One</dt><dt><strong>Two</strong></dt><dd>a</dd><dd>b</dd></dl>"
        "<p>A line of textand another.</p>",
    ),
    "other tasks": (
        "- [/] a\n- [-] b\n",
        '<ul><li><span role="img" aria-label="begun">◪</span> a</li>'
        '<li><span role="img" aria-label="cancelled">☒</span> b</li></ul>',
    ),
    "more cells than columns": (
        "| Age | Dose |\n|---|---|\n| Adult | **5** mg | \n| Any | 1 | 2 \\| 3 | |\n{: .table }\n",
        DOSES.replace("</tbody>", "<tr><td>Any</td><td>1 | 2 | 3</td></tr></tbody>"),
    ),
    "caption of a table": (
        "| Age | Dose |\n|---|---|\n| Adult | **5** mg |\n\n: For **all** {#tbl-a}\n",
        f"{DOSES}<p>For <strong>all</strong></p>",
    ),
    "list for a table of contents": ("1. TOC\n{:toc}\n\n* x\n{:toc .big}\n\n- a\n", "<ul><li>a</li></ul>"),
    "name of a block": (
        "a **b** ^a-name\n\n- c ^37066d\n\n10 ^9 and 10 ^9\n",
        '<p>a <strong>b</strong> <a id="a-name"></a></p><ul><li>c <a id="37066d"></a></li></ul>'
        "<p>10 ^9 and 10 ^9</p>",
    ),
    "lines that mark something": (
        "(a-label)=\n## A\n\n+++\n\na\n\\newpage\n\nb (c)=\n",
        '<a id="a-label"></a><h2>A</h2><p>a</p><p>b (c)=</p>',
    ),
    "fields in a line": (
        "A (dose:: 5 mg) and [route:: by mouth], std::a\n**Bold**:: b\n",
        "<p>A (dose: 5 mg) and [route: by mouth], std::a<strong>Bold</strong>: b</p>",
    ),
    "abbreviation": (
        "The BP of a BPD.\n\n*[BP]: blood pressure\n",
        '<p>The <abbr title="blood pressure">BP</abbr> of a BPD.</p>',
    ),
}  # fmt: skip

X_1 = '<math display="inline"><mrow><msub><mi>x</mi><mn>1</mn></msub></mrow></math>'
SPANS = {
    '[a](b.pdf){ .button target="_blank"}': '<a href="b.pdf">a</a>',
    "a {._list} and {.5} and {{.5}}": "a  and {.5} and {{.5}}",
    "**Caution:**Avoid it": "<strong>Caution:</strong> Avoid it",
    "a **b.**c and **d:**5": "a <strong>b.</strong> c and <strong>d:</strong> 5",
    "5.**6** and a:**b**": "5.<strong>6</strong> and a:<strong>b</strong>",
    "[a](two words.md#b)": '<a href="two%20words.md#b">a</a>',
    "[a](two words) (b.md)": "[a](two words) (b.md)",
    "[a](https://a.example/b c)": '<a href="https://a.example/b%20c">a</a>',
    "儿童**80%**6月": "儿童<strong>80%</strong> 6月",
    "Give 5 mg. ^1a2b3c": 'Give 5 mg. <a id="1a2b3c"></a>',
    "10 ^6 and x ^n": "10 ^6 and x ^n",
    "`a ^1a2b3c`": "<code>a ^1a2b3c</code>",
    "[[a#^1a2b3c]] [[a#Dose]]": (
        '<a href="page:a#%5E1a2b3c">a</a> <a href="page:a#Dose">a: Dose</a>'
    ),
    'a <x-tube id="b">c</x-tube> <drug name>': "a c &lt;drug name&gt;",
    "H~2~O": "H<sub>2</sub>O",
    "10^9^/L": "10<sup>9</sup>/L",
    "~~gone~~": "<s>gone</s>",
    "about ~5 mg, or ~10 mg": "about ~5 mg, or ~10 mg",
    "2^3": "2^3",
    "a ==b **c**== d": "a <mark>b <strong>c</strong></mark> d",
    "a == b and c == d": "a == b and c == d",
    "`==a==` and `x^2^`": "<code>==a==</code> and <code>x^2^</code>",
    "$x_1$": X_1,
    r"\(x_1\), \\(x_1\\) and $`x_1`$": f"{X_1}, {X_1} and {X_1}",
    r"\(see above\), \[1\] and \(a, b\)": "(see above), [1] and (a, b)",
    "It costs $5 or $10.": "It costs $5 or $10.",
    r"$5–$10; \$5. `$x$`, $5/dose (A$)": "$5–$10; $5. <code>$x$</code>, $5/dose (A$)",
    "^^new^^ {++a **b**++} {--c--} {~~d~>e~~} {==f==}": (
        "<ins>new</ins> <ins>a <strong>b</strong></ins> <del>c</del> <del>d</del><ins>e</ins> "
        "<mark>f</mark>"
    ),
    "[a *b*]{.underline} [c] {d}": "a <em>b</em> [c] {d}",
    ":+1: 1:-1:2": '<span role="img" aria-label="+1">👍</span> 1:-1:2',
    "[a](b c.md#d e) [f](g (1).pdf)": '<a href="b%20c.md#d%20e">a</a> <a href="g%20(1).pdf">f</a>',
    '![a](b c.png "d e") [a](b c.md "d")': ('a <a href="b%20c.md">a</a>'),
    "[a](b.md =100x20) [a](b.md (c d))": '[a](b.md =100x20) <a href="b.md">a</a>',
    "US$5/mL to US$10/mL": "US$5/mL to US$10/mL",
    ":warning: Stop": '<span role="img" aria-label="warning">⚠️</span> Stop',
    ":material-pill: Stop": " Stop",
    "1:2:3 and a:no-such-name:": "1:2:3 and a:no-such-name:",
    ":no-such-name:": ":no-such-name:",
    "See https://a.example/b_c_d, or www.b.example.": (
        'See <a href="https://a.example/b_c_d">https://a.example/b_c_d</a>, '
        'or <a href="http://www.b.example">www.b.example</a>.'
    ),
    "H{sub}`2`O": "H<sub>2</sub>O",
    "{abbr}`BP (blood pressure)`": '<abbr title="blood pressure">BP</abbr>',
    "{ref}`Dose <dose>`": "Dose",
    "[a](b){.button target=_blank}": '<a href="b">a</a>',
    "[[1]](#ref) and [[2]]": '<a href="#ref">[1]</a> and [[2]]',
    "{nic} and {a b} and {5 mg}": "{nic} and {a b} and {5 mg}",
    "${x}$ and {{ y }}": "${x}$ and {{ y }}",
}


@pytest.mark.parametrize("name", BLOCKS)
def test_blocks(name: str) -> None:
    text, expected = BLOCKS[name]
    assert html(text) == expected


@pytest.mark.parametrize("text", SPANS)
def test_spans(text: str) -> None:
    assert html(text) == f"<p>{SPANS[text]}</p>"


@pytest.mark.parametrize("text", ["10^6^ units", "5·10^-3^ mol", "10^a b^"])
def test_a_superscript_does_not_change_a_number_in_plain_text(text: str) -> None:
    plain = parse(text).blocks[0].text
    assert plain in ("10⁶ units", "5·10⁻³ mol", "10^a b^")


@pytest.mark.parametrize("mark", ["!!! tip\n    ", ":::tip\n", "> [!tip]\n> ", "Term\n: "])
def test_lines_in_a_block(mark: str) -> None:
    """A finding in a callout is at its line of the file."""
    blocks = parse(f"First\n\n{mark}a\n", first_line=10).blocks[1:]
    inner = [child for block in blocks for child in block.children if child.text == "a"]
    deeper = [child.children[0] for child in inner if child.children] or inner
    assert deeper[-1].line == 12 + mark.count("\n")


ACTING = (
    '<a href="javascript:x">', "$\\href{javascript:alert(1)}{a}$", "$\\class{x\" onclick=\"y}{a}$",
    '!!! note "<img src=x onerror=alert(1)>"\n    a', "*[a]: \" onmouseover=\"x\n\na",
    ":::note[<script>x</script>]\na\n:::", '{abbr}`a (" onclick="x)`', "<details ontoggle=x>\n\na\n\n</details>",
    "## a {#x\" onclick=\"y}", "$<script>$", "$x^{<img src=y onerror=z>}$",
)  # fmt: skip


@pytest.mark.parametrize("text", ACTING)
def test_nothing_acts(text: str) -> None:
    assert acting_tags(html(text)) == []


def test_a_formula_in_html_stays_a_formula() -> None:
    document = parse('A <span style="x">rate $a$ of \U0010fffd $b$</span>.', 1, lambda href: href)
    html = render(document.blocks, lambda block: "")
    assert html.count("<math") == 2
    assert document.notes == ()
