"""MDX becomes Markdown, and nothing of its code is shown."""

from __future__ import annotations

import re

import pytest

from monograph_site.build.load import load_bytes
from monograph_site.config import Config
from monograph_site.loader.mdx import is_mdx, read_mdx, unknown_parts

TEXTS = {
    "import A from 'a'\nimport {\n  B,\n} from 'b'\n\nText": "Text",
    "export const a = {\n  b: 1,\n};\n\nText": "Text",
    '<Aside type="danger" title="Stop">\nNo.\n</Aside>': ":::danger[Stop]\n\nNo.\n\n:::",
    "`` ({ a }) `{b}` `` {c} `{d}`": "`` ({ a }) `{b}` ``  `{d}`",
    "\\{ a } \\<A> \\{b}": "\\{ a } \\<A> \\{b}",
    "<Note>No.</Note>": ":::note\n\nNo.\n\n:::",
    '<Callout kind="nice">No.</Callout>': ":::note\n\nNo.\n\n:::",
    '<Tabs>\n<TabItem label="Adult">5 mg</TabItem>\n</Tabs>': ":::tab-item[Adult]\n\n5 mg\n\n:::",
    "<Accordion title={'More'}>a</Accordion>": ":::details[More]\n\na\n\n:::",
    '<Card title="Dose" icon="pill">5 mg</Card>': "**Dose**\n\n5 mg",
    '<LinkCard title="Next" href="next.mdx" />': "[Next](<next.mdx>)",
    '<Image src="a b.png" alt="A pill" width={3} />': "![A pill](<a b.png>)",
    'import pill from "../a.png";\n\n<Image src={pill} alt="A" />': "![A](<../a.png>)",
    'import pill from "../a.png";\n\n<img src={pill.src} width={3} />': '<img src="../a.png" />',
    '<Badge text="New" />': "New",
    '<Link to="/b/" x={1}>b **c**</Link>': '<a href="/b/">b **c**</a>',
    "<img src={require('./a.png').default} alt={`A`} />": '<img src="./a.png" alt="A" />',
    "<a href={'/b'} id={x}>c</a>": '<a href="/b">c</a>',
    '<Steps>\n1. a\n2. b\n</Steps>': "1. a\n2. b",
    "<Foo.Bar a={{b: 1}} {...c}>x **y**</Foo.Bar> and <>z</>": "x **y** and z",
    '<div className="a" style={{color: "red"}}>x</div>': '<div className="a">x</div>',
    "5 mg{' '}daily {\"now\"} {props.a}": "5 mg daily now",
    "## Dose {#dose}": "## Dose {#dose}",
    "`<Foo>` {`a`}\n\n```\nimport a\n<Foo />\n```": "`<Foo>` a\n\n```\nimport a\n<Foo />\n```",
    "a\n\n<Grid\n  labels={{\n    a: {b: {c: 1}},\n  }}\n/>\n\nb": "a\n\nb",
    "- a\n\n    ```js\n    import {b}\n    ```": "- a\n\n    ```js\n    import {b}\n    ```",
    "5 < 6 and 7 > 6": "5 < 6 and 7 > 6",
}  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_markdown(text: str) -> None:
    assert re.sub(r"\n{2,}", "\n\n", read_mdx(text).text.strip()) == TEXTS[text]


def test_lines_of_findings() -> None:
    """What is below a component is found at its line of the file."""
    text = "---\ntitle: Examplin\n---\n<Aside>Read it.</Aside>\n\n## Uses\n\nPain.\n\n## Dose\n"
    loaded = load_bytes("drugs/x.mdx", text.encode(), Config())
    assert [str(finding)[:27] for finding in loaded.findings] == ["drugs/x.mdx:10:1 W112 empty"]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("a.mdx", "a", True),
        ("a.md", "import Tabs from '@theme/Tabs';\n\n<Tabs>\n", True),
        ("a.md", 'import {\n  Pill } from "@site/pill";\n\n<Pill/>\n', True),
        ("a.md", "import Tabs from '@theme/Tabs';\n\nTabs\n", False),
        ("a.md", "```\nimport Tabs from '@theme/Tabs';\n```\n\n<Tabs>\n", False),
        ("a.md", "import Pills from 'Spain'\n", False),
    ],
)
def test_files_that_use_components_are_mdx(path: str, text: str, *, expected: bool) -> None:
    assert is_mdx(path, text) == expected


@pytest.mark.parametrize(
    "unit", ["<A ", "{", "import a\n", "<A b={", "<A b={{", "</", "`", "```\n"]
)
def test_long_texts_end(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    read_mdx(text)
    assert len(list(unknown_parts(text))) < 9
