"""Template code of other tools becomes what site.yaml says, and nothing of it is shown raw."""

from __future__ import annotations

import pytest

from monograph_site.config import Shortcode
from monograph_site.loader.shortcodes import expand_shortcodes, find_tags

KNOWN = {
    "dose": Shortcode(template="{adult} (adults)"),
    "first": Shortcode(template="{0}, {1}"),
    "bold": Shortcode(template="**{content}**"),
    "alert": Shortcode(becomes="callout", kind="warning"),
    "ad": Shortcode(becomes="nothing"),
}

TEXTS = {
    'Take {{< dose adult="5 mg" >}} once.': "Take 5 mg (adults) once.",
    "Take {{< dose adult='5 mg' />}} once.": "Take 5 mg (adults) once.",
    'Take {{% dose adult="5 mg" %}} once.': "Take 5 mg (adults) once.",
    'Take {{ dose(adult="5 mg") }} once.': "Take 5 mg (adults) once.",
    "Take {% dose adult=5 %} once.": "Take 5 (adults) once.",
    "Take {{< dose >}} once.": "Take  (adults) once.",
    '{{< first "a b" c >}}': "a b, c",
    "{{< bold >}}a{{< /bold >}} b": "**a** b",
    "{% bold() %}a{% end %} b": "**a** b",
    "{% bold %}a{% endbold %} b": "**a** b",
    "{{% alert %}}\na\n{{% /alert %}}\n": ":::warning\na\n:::\n",
    '{{% alert title="Stop" %}}\na\n{{% /alert %}}\n': ":::warning[Stop]\na\n:::\n",
    "a{{< ad >}}b": "ab",
    "{{< unknown >}}a {{< bold >}}b{{< /bold >}}{{< /unknown >}}": "a **b**",
    "{{< unknown\n  a=1\n  b=2 >}}\nc": "\n\n\nc",
    "{% include dose.html %}\na": "\na",
    '--8<-- "dose.md"\na': "\na",
    "`{{< dose >}}` and\n\n```\n{{< dose >}}\n```\n": "`{{< dose >}}` and\n\n```\n{{< dose >}}\n```\n",
    "{{ title }} and ${x} and 5 % {a}": "{{ title }} and ${x} and 5 % {a}",
    "{{< /bold >}} and {% end %}": " and ",
    "{% bold() %}a {{ first(x=1) }} b{% end %} c": "**a ,  b** c",
    "a {{ post.title }}b {{ x | upcase }}c {{ tag[0] }}d {{-y.z-}}": "a b c d ",
    "``a `{{< dose >}}` ``": "``a `{{< dose >}}` ``",
    "`{{ post.title }}` {{ post }} {{ 5 | }} {{a b}}": "`{{ post.title }}` {{ post }} {{ 5 | }} {{a b}}",
    "<td>\n{{% alert title=x %}}\n\na\n{{% /alert %}}": "<td>\n**x:** \n\na\n",
    "[a]({{ site.baseurl }}{% link _drugs/a b.md %})": "[a](/_drugs/a%20b.md)",
    "![a]({{ '/img/a.png' | relative_url }})": "![a](/img/a.png)",
    '![a]({{ "/img/a.png" | prepend: site.baseurl }})': "![a](/img/a.png)",
    "[a]({{ '/tags/' | append: tag[0] | relative_url }})": "[a](/tags/)",
    '{{ aside(text="A *b* (c)\n{d}.") }}e': "\ne",
    "[a]({% post_url 2024-05-06-Pain %})": "[a](/_posts/2024-05-06-Pain)",
    "{% raw %}{{ a.b }} {% c %}{% endraw %} {{ a.b }}": "{{ a.b }} {% c %} ",
    """{{ "now" | date: "%Y" }}a {{ 1 | plus: 2 }}b {{ 'x' | upcase }}""": "a b ",
    "{{ .Title }}a {{ $x }}b {{ .Params.dose | safeHTML }}": "a b ",
    '{% set org="a/b" -%}\n[x](https://x.example/{{ org }}) {{ name }}': (
        "\n[x](https://x.example/a/b) {{ name }}"
    ),
    "{% for tag in page.tags %}{{ tag }}, {{ title }}{% endfor %}": ", {{ title }}",
    '{{ unknown("a", filters={"B": "<c>"}, columns=[("D", True)]) }}a': "a",
    "--8<--\ndose.md\n--8<--\na": "\n\n\na",
    '[a]({{< ref "b.md#c" >}}) [b]({{% relref b.md %}})': "[a](b.md#c) [b](b.md)",
}  # fmt: skip


USUAL = {
    '{{% notice warning "Stop" %}}\na\n{{% /notice %}}': ":::warning[Stop]\na\n:::",
    '{{< callout type="error" >}}\na\n{{< /callout >}}': ":::error\na\n:::",
    '{% hint style="danger" %}\na\n{% endhint %}': ":::danger\na\n:::",
    '{{% alert title="Read" color="warning" %}}\na\n{{% /alert %}}': ":::warning[Read]\na\n:::",
    "a {{< tip >}}b{{< /tip >}} c": "a **Tip:** b c",
    '{% include note.html content="a **b**" %}': "**Note:** a **b**",
    '{{< warning "Do not." >}}': "**Warning:** Do not.",
    '{{< details "More" >}}\na\n{{< /details >}}': ":::details[More]\na\n:::",
    '{% tabs %}\n{% tab title="A" %}\na\n{% endtab %}\n{% endtabs %}': (
        "\n:::tab-item[A]\na\n:::\n"
    ),
    '{{< figure src="a b.png" alt="A" caption="C" >}}': "![A](<a b.png> 'C')",
    '{{< youtube id="x/y" title="How" >}}': "[How](<https://www.youtube.com/watch?v=x%2Fy>)",
    '{% file src="a.pdf" %}': "[a.pdf](<a.pdf>)",
    "{% highlight r %}\na\n{% endhighlight %}": "```r\na\n```",
    "<div>\n{{< note >}}\na\n{{< /note >}}": "<div>\n**Note:** \na\n",
    "{{< warning >}}{{< figure >}}{{< highlight x >}}": "",
}  # fmt: skip


@pytest.mark.parametrize("text", USUAL)
def test_usual_shortcodes(text: str) -> None:
    assert expand_shortcodes(text, {}) == USUAL[text]
    assert expand_shortcodes(text, {"notice": KNOWN["ad"]}).count("\n") == text.count("\n")


@pytest.mark.parametrize("text", TEXTS)
def test_expanded(text: str) -> None:
    expanded = expand_shortcodes(text, KNOWN)
    assert expanded == TEXTS[text]
    assert expanded.count("\n") == text.count("\n")


@pytest.mark.parametrize(
    "unit",
    [
        "{{< a ",
        "{% a",
        "{{<",
        "`",
        "```\n",
        '{{< a b="',
        "{{ a(",
        "{% end %}",
        "{{ '",
        "{{ '/a' | ",
    ],
)
def test_long_texts_end(unit: str) -> None:
    """Nothing is looked for from every place to the end."""
    text = unit * (80_000 // len(unit))
    assert len(list(find_tags(text))) <= text.count("%}")
