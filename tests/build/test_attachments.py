"""Pictures and files beside the content: found, checked, published under a content hash, and read
only when they have changed."""

from __future__ import annotations

import io
import os
import random
import re
import shutil
import struct
import time
import zlib
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PIL import Image

from acting import acting_html
from helpers import Site, differences, tree
from monograph_site.build import attachments, smaller_pictures
from monograph_site.build.options import Options
from monograph_site.build.pipeline import build
from monograph_site.build.summary import Summary
from monograph_site.model.finding import Severity
from monograph_site.model.strings import lasting_digest
from monograph_site.preview.session import Session
from monograph_site.source.attachments import MAX_FILE_BYTES, candidates, inspect_file

PDF = b"%PDF-1.7\n"


def picture(path: Path, color: str = "red", size: tuple[int, int] = (30, 20)) -> Path:
    """Write a picture of one colour; it looks as if it had been there for a while."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, color).save(path)
    past = time.time() - 60
    os.utime(path, (past, past))
    return path


def options_of(site: Site) -> Options:
    return Options(
        "2025-06-30",
        site.root / "content",
        site.root / "templates",
        site.output,
        site.root / "cache",
        keep_going=True,
    )


def run(site: Site) -> Summary:
    return build(options_of(site))


def errors(site: Site) -> list[str]:
    """Build the site; the names of the findings that are errors."""
    return [finding.name for finding in run(site).findings if finding.severity is Severity.ERROR]


def drug(text: str, title: str = "Examplin") -> str:
    return f"---\ntitle: {title}\n---\n## Uses\n\n{text}\n"


def published(site: Site) -> list[str]:
    """The names of the published files, without their digests."""
    names = sorted(path.name for path in (site.output / "files").glob("*"))
    return [f"{name.split('.')[0]}.{name.split('.')[2]}" for name in names]


def test_a_picture_is_shown_with_its_size_and_leads_to_itself(tmp_path: Path) -> None:
    site = Site(tmp_path).write("site.yaml", "base_url: /medicines/\n")
    picture(tmp_path / "content/img/Pill & Box.png")
    site.write("drugs/examplin.md", drug("For pain. ![A *red* pill](<../img/Pill & Box.png>)"))
    assert errors(site) == []
    (name,) = os.listdir(site.output / "files")
    assert name.startswith("pill-box.")
    url = f"/medicines/files/{name}"
    expected = (
        f'<p>For pain. <a class="picture" href="{url}"><img src="{url}" alt="A *red* pill" '
        'width="30" height="20" loading="lazy" decoding="async"></a></p>'
    )
    assert expected in site.html("/drugs/examplin/")
    assert url in site.json("/drugs/examplin/")["sections"][0]["html"]
    content = (tmp_path / "content/img/Pill & Box.png").read_bytes()
    assert (site.output / "files" / name).read_bytes() == content


@pytest.mark.parametrize(
    ("text", "caption"),
    [
        ('![A pill](pill.png "Seen from above")', "Seen from above"),
        ("![A pill](pill.png)\n*Seen from above*", "<em>Seen from above</em>"),
        ('![A pill](pill.png "A title")\n*Seen from above*', "<em>Seen from above</em>"),
    ],
)
def test_a_picture_by_itself_is_a_figure_with_a_caption(
    tmp_path: Path, text: str, caption: str
) -> None:
    site = Site(tmp_path).write("drugs/examplin.md", drug(text))
    picture(tmp_path / "content/drugs/pill.png")
    run(site)
    html = site.html("/drugs/examplin/")
    assert "<figure>" in html
    assert f"<figcaption>{caption}</figcaption>\n</figure>" in html
    site.sees("/drugs/examplin/", "A pill Seen from above")


def test_a_picture_among_words_is_no_figure(tmp_path: Path) -> None:
    text = '![A pill](pill.png "Title") *red*\n\n![A pill](pill.png)\nand *more*'
    site = Site(tmp_path).write("drugs/examplin.md", drug(text))
    picture(tmp_path / "content/drugs/pill.png")
    run(site)
    assert "<figure" not in site.html("/drugs/examplin/")


def test_pictures_in_links_in_html_and_for_decoration(tmp_path: Path) -> None:
    text = (
        "[![A pill](pill.png)](https://x.example/)\n\n"
        '<div><img alt="The pill" src="pill.png" onerror="x()" srcset="//x.example/x.png 2x"></div>'
        "\n\n![](pill.png){.decorative}\n\n![A box](https://x.example/box.png)"
    )
    site = Site(tmp_path).write("drugs/examplin.md", drug(text))
    picture(tmp_path / "content/drugs/pill.png")
    summary = run(site)
    html = site.html("/drugs/examplin/")
    assert html.count("<img ") == 3
    assert html.count('<a class="picture"') == 1  # neither in a link nor around a decoration
    assert "srcset" not in html
    assert "onerror" not in html
    assert 'src="https' not in html
    assert ">A box</a>" in html
    assert acting_html(site) == []
    assert "missing-alt-text" not in {finding.name for finding in summary.findings}


def test_a_wikilink_shows_a_picture_by_its_name(tmp_path: Path) -> None:
    site = Site(tmp_path).write("drugs/examplin.md", drug("![[red pill.png|A red pill]]"))
    path = picture(tmp_path / "content/some/folder/red pill.png")
    assert errors(site) == []
    assert 'alt="A red pill" width="30"' in site.html("/drugs/examplin/")
    picture(tmp_path / "content/other/red pill.png")
    assert errors(site) == ["missing-file"], "two files have the name"
    assert path.exists()


def test_files_are_published_and_linked(tmp_path: Path) -> None:
    site = Site(tmp_path).write("drugs/examplin.md", drug("[Leaflet](../leaflet.PDF#page=2)"))
    (tmp_path / "content/leaflet.PDF").write_bytes(PDF)
    (tmp_path / "content/unused.pdf").write_bytes(PDF)
    assert errors(site) == []
    assert published(site) == ["leaflet.pdf"]
    (name,) = os.listdir(site.output / "files")
    assert f'<a href="/files/{name}#page=2">Leaflet</a>' in site.html("/drugs/examplin/")


def noise(path: Path, size: tuple[int, int] = (1200, 800), seed: int = 1) -> Path:
    """A picture with many details, as a photograph has them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    dots = Image.frombytes("L", (64, 48), random.Random(seed).randbytes(64 * 48))
    dots.resize(size).convert("RGB").save(path)
    past = time.time() - 60
    os.utime(path, (past, past))
    return path


def test_narrow_screens_get_smaller_pictures(tmp_path: Path) -> None:
    site = Site(tmp_path).write("drugs/examplin.md", drug("![A](a.jpg) ![B](b.png) ![C](c.jpg)"))
    noise(tmp_path / "content/drugs/a.jpg")
    noise(tmp_path / "content/drugs/b.png", (700, 10))
    picture(tmp_path / "content/drugs/c.jpg", size=(1200, 800))  # one colour: already small
    assert errors(site) == []
    html = site.html("/drugs/examplin/")
    offered = re.findall(r'srcset="([^"]*)"', html)
    assert [re.sub(r"\.[0-9a-f]{12}", "", each) for each in offered][:2] == [
        "/files/a-480.webp 480w, /files/a-960.webp 960w, /files/a.jpg 1200w",
        "/files/b-480.webp 480w, /files/b.png 700w",
    ]
    original = site.output / re.findall(r'src="/(files/a[^"]*)"', html)[0]
    for address, width in re.findall(r"/(files/a-\S*) (\d+)w", offered[0]):
        with Image.open(site.output / address) as smaller:
            assert (smaller.format, smaller.width) == ("WEBP", int(width))
            assert smaller.height == round(800 * int(width) / 1200)
        assert (site.output / address).stat().st_size < original.stat().st_size
    assert acting_html(site) == []


def test_a_picture_is_resized_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site(tmp_path)
    for name in ("one", "two"):
        noise(tmp_path / f"content/drugs/{name}.jpg")
        site.write(f"drugs/{name}.md", drug(f"![A]({name}.jpg)", name.title()))
    resized: list[str] = []
    real = smaller_pictures.make_smaller

    def recording(job: smaller_pictures.ResizeJob) -> Any:
        resized.append(job.path)
        return real(job)

    monkeypatch.setattr(smaller_pictures, "make_smaller", recording)
    run(site)
    assert len(resized) == 1, "the same picture twice"
    resized.clear()
    noise(tmp_path / "content/drugs/two.jpg", seed=9)
    site.write("drugs/one.md", drug("![Another text](one.jpg)", "One"))
    run(site)
    assert resized == ["drugs/two.jpg"]
    incremental = tree(site.output)
    build(replace(options_of(site), output=tmp_path / "clean", cache=tmp_path / "clean-cache"))
    assert differences(incremental, tree(tmp_path / "clean")) == []
    resized.clear()
    shutil.rmtree(tmp_path / "cache/pictures")
    site.write("drugs/one.md", drug("![A third text](one.jpg)", "One"))
    run(site)
    assert sorted(resized) == ["drugs/one.jpg", "drugs/two.jpg"]

    def names(files: dict[str, bytes]) -> set[str]:  # those of the text index follow the text
        return {name for name in files if not name.startswith("search/text/")}

    assert names(incremental) == names(tree(site.output))


@pytest.mark.filterwarnings("ignore::monograph_site.model.errors.CacheWarning")
@pytest.mark.parametrize("name", ["pictures", "widths"])
def test_smaller_pictures_without_a_cache_are_the_same(tmp_path: Path, name: str) -> None:
    site = Site(tmp_path).write("drugs/examplin.md", drug("![A](a.jpg)"))
    noise(tmp_path / "content/drugs/a.jpg")
    run(site)
    complete = tree(site.output)
    broken = tmp_path / "broken"
    broken.mkdir()
    if name == "pictures":
        (broken / name).write_text("a file in the place of the folder")
    else:
        (broken / name).mkdir()
    build(replace(options_of(site), output=tmp_path / "other", cache=broken))
    assert differences(complete, tree(tmp_path / "other")) == []


def test_pictures_of_any_kind_are_resized_or_left(tmp_path: Path) -> None:
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"):
        for suffix in (".png", ".jpg", ".webp", ".gif"):
            path = tmp_path / f"x{suffix}"
            try:
                Image.new(mode, (1000, 40)).save(path)
            except (OSError, ValueError, KeyError):  # a format without this mode
                continue
            content = path.read_bytes()
            job = smaller_pictures.ResizeJob(tmp_path, path.name, lasting_digest(content))
            assert all(len(made) < len(content) for _, made in smaller_pictures.make_smaller(job))
    whole = noise(tmp_path / "whole.jpg").read_bytes()
    (tmp_path / "cut.jpg").write_bytes(whole[:2000])
    job = smaller_pictures.ResizeJob(tmp_path, "cut.jpg", lasting_digest(whole[:2000]))
    assert smaller_pictures.make_smaller(job) == ()


def test_an_edited_picture_renders_the_pages_that_show_it(tmp_path: Path) -> None:
    site = Site(tmp_path)
    for name in ("one", "two"):
        picture(tmp_path / f"content/drugs/{name}.png")
        site.write(f"drugs/{name}.md", drug(f"![A pill]({name}.png)", name.title()))
    run(site)
    picture(tmp_path / "content/drugs/two.png", "blue")
    summary = run(site)
    rendered = [url for url in summary.rendered if not url.startswith("/files/")]
    assert rendered == ["/drugs/two/", "/drugs/two/index.json"]
    assert [url.split(".")[0] for url in summary.removed] == ["/files/two"]
    incremental = tree(site.output)
    other = replace(options_of(site), output=tmp_path / "clean", cache=tmp_path / "clean-cache")
    build(other)
    assert differences(incremental, tree(tmp_path / "clean")) == []


def test_a_removed_and_a_new_picture(tmp_path: Path) -> None:
    site = Site(tmp_path).write("drugs/examplin.md", drug("![A red pill](pill.png)"))
    assert errors(site) == ["missing-file"]
    assert "<img" not in site.html("/drugs/examplin/")
    path = picture(tmp_path / "content/drugs/pill.png")
    assert errors(site) == []
    assert "<img" in site.html("/drugs/examplin/")
    path.unlink()
    assert errors(site) == ["missing-file"]
    assert not (site.output / "files").exists()
    assert "<img" not in site.sees("/drugs/examplin/", "A red pill").html("/drugs/examplin/")


def test_where_nothing_changed_no_picture_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(tmp_path).write("drugs/examplin.md", drug("![A pill](pill.png)"))
    path = picture(tmp_path / "content/drugs/pill.png")
    picture(tmp_path / "content/drugs/unused.png")
    run(site)
    time.sleep(0.03)  # the tick of the file system's clock: see model.files
    os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns + 1))
    read: list[str] = []
    real = attachments._content_of

    def recording(content: Path, name: str) -> bytes:
        read.append(name)
        return real(content, name)

    monkeypatch.setattr(attachments, "_content_of", recording)
    assert run(site).rendered == ()
    assert read == ["drugs/pill.png"], "touched, so read once, and found to be the same"
    time.sleep(0.03)
    run(site)
    read.clear()
    assert run(site).rendered == ()
    site.write("drugs/other.md", drug("Something else.", "Other"))
    assert "/drugs/other/" in run(site).rendered
    assert read == []


def test_paths_do_not_lead_out(tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    (tmp_path / "site/secret.txt").write_text("secret")
    site.write("drugs/folder/x.md", "x")
    os.symlink(secret, tmp_path / "site/content/drugs/link.txt")
    os.symlink(tmp_path, tmp_path / "site/content/drugs/up")
    os.symlink(tmp_path, tmp_path / "site/static")
    targets = [
        "../../secret.txt",
        "../../../secret.txt",
        "/../secret.txt",
        "..%2f..%2fsecret.txt",
        "..\\..\\secret.txt",
        str(secret),
        f"//{secret}",
        "link.txt",
        "up/secret.txt",
        "/secret.txt",
        "%00secret.txt",
        "/.file/drugs//../../secret.txt",
        "/.file/..//secret.txt",
    ]
    site.write("drugs/examplin.md", drug("\n\n".join(f"[x](<{target}>)" for target in targets)))
    run(site)
    assert not (site.output / "files").exists()
    assert "/.file/" not in site.html("/drugs/examplin/")


def test_what_a_file_is_counts_and_not_its_name(tmp_path: Path) -> None:
    red = picture(tmp_path / "x.png").read_bytes()
    assert inspect_file("x.png", red).problem == ""
    for name, suffix in (("x.jpg", ".png"), ("x.PNG", ".png"), ("x.webp", ".png")):
        assert inspect_file(name, red).problem == ""
        assert inspect_file(name, red).url.endswith(suffix)
    for content in (b"", b"hello", red[:20], b"<svg/>", b"GIF89a"):
        assert "is not a PNG picture" in inspect_file("x.png", content).problem
    assert inspect_file("x.csv", "Größe,1".encode()).problem == ""
    assert inspect_file("x.csv", b"a\0b").problem
    assert inspect_file("x.mp4", b"\0\0\0\x18ftypmp42").problem == ""
    assert inspect_file("x.mp4", b"<html>").problem
    assert inspect_file("x.pdf", b"<html>").problem
    assert "20 MB" in inspect_file("x.pdf", PDF.ljust(MAX_FILE_BYTES + 1)).problem


def test_a_picture_that_a_camera_turned_has_the_size_that_browsers_show(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (30, 20)).save(tmp_path / "x.jpg", exif=exif)
    turned = inspect_file("x.jpg", (tmp_path / "x.jpg").read_bytes())
    assert (turned.width, turned.height) == (20, 30)


def test_an_svg_picture_is_shown_unless_it_acts(tmp_path: Path) -> None:
    site = Site(tmp_path).write("drugs/examplin.md", drug("![A](a.svg) ![Words](b.svg)"))
    root = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30">'
    site.write("drugs/a.svg", f"{root}</svg>")
    site.write("drugs/b.svg", f"{root}<script>x()</script></svg>")
    assert errors(site) == ["unusable-file"]
    assert published(site) == ["a.svg"]
    assert 'alt="A" width="40" height="30"' in site.html("/drugs/examplin/")
    site.sees("/drugs/examplin/", "A Words")


def test_a_bomb_is_refused_by_its_header() -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 9))
    assert "60000 × 60000 pixels" in inspect_file("x.png", bomb).problem
    with pytest.raises(Image.DecompressionBombError):  # the limit of Pillow is in force elsewhere
        Image.open(io.BytesIO(bomb))


def test_an_address_that_starts_with_a_slash_may_be_in_a_static_folder() -> None:
    assert list(candidates("drugs///img/x.png"))[:2] == ["img/x.png", "static/img/x.png"]
    assert "../public/img/x.png" in candidates("drugs///img/x.png")
    for alias in ("@assets/x.png", "~/assets/x.png", "@/assets/x.png"):
        assert "../../assets/x.png" in candidates(f"drugs//{alias}", ["../../assets"])
    assert list(candidates("drugs//../x.png")) == ["x.png", "../x.png"]


def test_the_content_of_a_repository_has_nothing_beside_it(tmp_path: Path) -> None:
    site = Site(tmp_path).write("drugs/examplin.md", drug("![A pill](/pill.png)"))
    picture(tmp_path / "static/pill.png")
    assert errors(site) == []
    (tmp_path / "content/.git").mkdir()
    assert errors(site) == ["missing-file"]


def test_the_preview_shows_pictures(tmp_path: Path) -> None:
    site = Site(tmp_path).write("drugs/examplin.md", drug("![A pill](pill.png)"))
    path = picture(tmp_path / "content/drugs/pill.png")
    session = Session(options_of(site))
    session.start()
    session.wait_until_loaded()

    def shown() -> bytes:
        page = session.answer("drugs/examplin/index.html")
        assert page is not None
        address = page.content.decode().partition('<img src="/')[2].partition('"')[0]
        file = session.answer(address)
        assert file is not None
        return file.content

    assert shown() == path.read_bytes()
    picture(path, "blue", (60, 40))
    change = session.refresh([path])
    assert change.urls is not None
    assert "/drugs/examplin/" in change.urls
    assert shown() == path.read_bytes()
    run(site)
    page = session.answer("drugs/examplin/index.html")
    assert page is not None
    assert page.content == site.file("/drugs/examplin/").read_bytes()
    session.close()
