"""Another generator's site → site.yaml, and a report of what was understood.

The addresses of the new site are not guessed: it is planned as a build would plan it, and every
former address that it does not answer gets a redirect.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from msgspec import Struct, field
from msgspec.structs import replace

from ..build.cache import Cache
from ..build.entries import Loader, load_entries
from ..build.options import Options, read_inputs
from ..build.state import cached_config
from ..build.summary import Clock
from ..config import SETTINGS_FILE, read_settings
from ..config.settings_file import FRAGMENT_SUFFIXES, read_fragments
from ..loader.includes import MAX_INCLUDE_DEPTH, included_names
from ..model.source import Source
from ..model.strings import digest, fold
from ..pages import plan_pages, reserved_addresses
from ..regex import regex
from ..site.addresses import KINDS
from ..site.catalogue import site as make_site
from ..site.settings_addresses import former_path
from ..site.site import Site
from ..source.attachments import STATIC_FOLDERS
from .conventions import recognise
from .host_redirects import add_host_redirects
from .old_site import OldPage, OldSite, mapping, read_pages, relative, texts
from .shortcodes import ShortcodeLine, suggest_shortcodes
from .site_yaml import write_site_yaml
from .spelling import as_in_hugo, as_in_zola, join

_AS_OF = "9999-12-31"
"""A day on which every page is published that is not a draft."""

_HOST_FILE = regex(
    r"CNAME|favicon\.(?:ico|png)|apple-touch-icon[\w-]*\.png|(?:ads|humans|security)\.txt|\.well-known"
    r"|google[0-9a-f]{8,}\.html"
)


class Adoption(Struct):
    """The result of moving in, before anything is written."""

    site: OldSite
    site_yaml: str = ""
    shortcodes: list[ShortcodeLine] = field(default_factory=list)
    menu: dict[str, str] = field(default_factory=dict)
    pages: int = 0
    kept: int = 0
    """Former addresses that pages still have."""
    redirects: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By former address: the new one, and why."""
    unanswered: list[str] = field(default_factory=list)
    """Former addresses that lead nowhere, each with the reason."""
    broken_files: list[str] = field(default_factory=list)
    """Content files that can't be pages until their errors are fixed."""


def adopt(folder: Path, jobs: int = 1) -> Adoption:
    """What site.yaml of the content of another generator's folder should be. Nothing is written.

    Raises UsageProblem where no generator is recognised or its configuration can't be read, and
    OSError.
    """
    site = recognise(folder)
    add_host_redirects(site, folder)
    pages, fragments = _pages_with_fragments(site, folder)
    result = Adoption(site, shortcodes=suggest_shortcodes(pages), pages=len(pages))
    draft = write_site_yaml(site, result.shortcodes, {}, {})
    with tempfile.TemporaryDirectory() as cache:
        new = _plan(site.content, draft, fragments, Path(cache), jobs)
    _Addresses(result, new).compare(pages)
    result.site_yaml = write_site_yaml(site, result.shortcodes, result.menu, result.redirects)
    return result


def _pages_with_fragments(site: OldSite, folder: Path) -> tuple[list[OldPage], dict[str, str]]:
    """The pages of a site, and the fragments that they include; `site.includes` gets the folders of
    those that are elsewhere than this tool looks by itself."""
    content = site.content
    fragments = read_settings(content).fragments
    pages = read_pages(content, site.exclude, fragments)
    for _ in range(MAX_INCLUDE_DEPTH):  # fragments include others
        names = {(page.path, name) for page in pages for name in page.includes}
        names |= {
            (path, name)
            for path, text in fragments.items()
            for name in included_names(text, fragments)
        }
        found = sorted(filter(None, (_place_of(name, path, site, folder) for path, name in names)))
        new = [place for place in dict.fromkeys(found) if place not in site.includes]
        if not new:
            break
        site.includes += new
        fragments = read_fragments(content, site.includes)
        pages = read_pages(content, site.exclude, fragments)
    return pages, fragments


def _place_of(name: str, path: str, site: OldSite, folder: Path) -> str:
    """What `includes` says for a file of this name, which the file at `path` includes: its folder,
    or the file itself where that is the folder of the site or of its content; '' for none."""
    content = site.content
    for base in (
        (content / path).parent,
        content,
        folder,
        *(folder / b for b in site.include_bases),
    ):
        file = base / name
        inside = Path(os.path.abspath(file)).is_relative_to(os.path.abspath(folder))
        if file.suffix in FRAGMENT_SUFFIXES and inside and file.is_file():
            tops = (os.path.abspath(content), os.path.abspath(folder))
            is_top = os.path.abspath(file.parent) in tops
            return relative(file if is_top else file.parent, content)
    return ""


def _plan(content: Path, site_yaml: str, fragments: dict[str, str], cache: Path, jobs: int) -> Site:
    """The site as a build with this site.yaml would plan it."""
    options = Options(_AS_OF, content, cache / "templates", cache / "output", cache, jobs=jobs)
    settings = replace(
        read_settings(content),
        digest=digest(site_yaml),
        source=Source(SETTINGS_FILE, site_yaml),
        fragments=fragments,
    )
    inputs = read_inputs(options, settings)
    config, _ = cached_config(settings, options, inputs.code)
    records = Cache(cache / "records")
    loader = Loader(content, config, records, {})
    entries = load_entries(options, inputs, inputs.content, loader, Clock())
    records.close()
    return make_site(entries, config, _AS_OF, reserved=reserved_addresses(config))


class _Addresses:
    """Compares former addresses with those of the new site."""

    def __init__(self, result: Adoption, new: Site) -> None:
        self._result, self._site, self._new = result, result.site, new
        self._answered = {page.url.removesuffix("index.html") for page in plan_pages(new)}
        self._folded = {fold(url).rstrip("/") for url in self._answered}
        self._urls = {entry.path: entry.url for entry in new.entries}
        self._urls |= {entry.path: url for url, entry in new.intros.items()}
        self._kinds = {entry.path: entry.kind for entry in new.entries}

    def compare(self, pages: list[OldPage]) -> None:
        """Fill the result: what is kept, the redirects, the menu, and what leads nowhere."""
        self._result.broken_files = sorted(self._new.unbuilt)
        published = [page for page in pages if page.path not in self._new.hidden]
        for page in published:
            if page.path not in self._urls and page.path not in self._new.unbuilt:
                continue
            for number, old in enumerate(self._site.addresses_of(page)):
                source = f"{page.path}: {'its former address' if number == 0 else 'alias'}"
                self._answer(old, self._urls.get(page.path, ""), source)
        for old, target in self._site.redirects.items():
            self._answer(old, self._present(target), f"redirect to {target}")
        for label, target in self._site.menu.items():
            address = self._present(target)
            if address.startswith("/#"):  # a part of a front page that its theme made
                self._site.not_understood.append(
                    f"menu: {label} ({target}): the front page has no such heading"
                )
            elif address:
                self._result.menu[label] = address
            else:
                self._site.not_understood.append(f"menu: {label} ({target}) has no page")
        for tag, language in self._site.languages.items():
            language.menu = {
                label: address
                for label, target in language.menu.items()
                if (address := self._present(f"/{tag}{target}") or self._present(target))
                and not address.startswith(("/#", f"/{tag}/#"))
            }
        self._answer_feeds()
        if self._site.tool == "Hugo":
            self._answer_sections(published)
        self._answer_terms(published)

    def _list_of(self, pages: Iterable[OldPage]) -> str:
        """The list that shows most of these pages; the front page where none does."""
        kinds = Counter(self._kinds[page.path] for page in pages if page.path in self._kinds)
        lists = [KINDS[kind][2] for kind, _ in kinds.most_common(1)]
        return next((url for url in lists if url in self._answered), "/")

    def _answer_feeds(self) -> None:
        """The feed of the site, and of each language with one, at its former addresses."""
        tags = [tag for tag in self._site.languages if tag != self._site.main_language]
        for old in self._site.feeds:
            for prefix in ("", *(f"/{tag}" for tag in tags)):
                new = f"{prefix}/feed.xml"
                if new in self._answered:
                    self._answer(f"{prefix}{old}", new, "the feed")
                elif not prefix:
                    self._leave(
                        f"{old}: no feed, which needs a host in `base_url` and dates in pages"
                    )

    def _answer_sections(self, pages: list[OldPage]) -> None:
        """The lists that Hugo makes of top folders without `_index.md`."""
        by_address: dict[str, list[OldPage]] = {}
        for page in pages:
            prefix, plain = self._site.without_language(page)
            if plain.folders:
                address = prefix + join(as_in_hugo(plain.folders[0]))
                by_address.setdefault(address, []).append(page)
        for address, inside in sorted(by_address.items()):
            self._answer(address, self._list_of(inside), f"list of {address}")

    def _answer_terms(self, pages: list[OldPage]) -> None:
        """The lists of terms: redirected to the only page with a term, else to the largest list."""
        spell = as_in_zola if self._site.tool == "Zola" else as_in_hugo
        for key in self._site.lists:
            by_address: dict[str, list[OldPage]] = {}
            for page in pages:
                prefix, _ = self._site.without_language(page)
                stated = page.front.get(key) or mapping(page.front.get("taxonomies")).get(key)
                for address in (join(key), *(join(key, spell(term)) for term in texts(stated))):
                    if texts(stated):
                        by_address.setdefault(prefix + address, []).append(page)
            for address, tagged in sorted(by_address.items()):
                only = self._urls.get(tagged[0].path, "") if len(tagged) == 1 else ""
                self._answer(address, only or self._list_of(tagged), f"list of {key}")

    def _answer(self, old: str, target: str, source: str) -> None:
        """Count a former address as kept, or redirect it to a new one ('' for none)."""
        if self._is_answered(old):
            self._result.kept += 1
            return
        try:
            former = former_path(unquote(old))
        except ValueError as problem:
            self._leave(f"{old}: {problem}")
            return
        if former in self._result.redirects:
            return
        if not target:
            self._leave(f"{old}: no page to redirect to ({source})")
        elif fold(former).rstrip("/") in self._folded:
            self._leave(f"{old}: differs from another address only in its case")
        elif self._new.reserved.page_kind_at(former):
            self._leave(f"{old}: is kept for a list of this tool")
        else:
            self._result.redirects[former] = (target, source)

    def _leave(self, line: str) -> None:
        if line not in self._result.unanswered:
            self._result.unanswered.append(line)

    def _is_answered(self, old: str) -> bool:
        path = "/" + unquote(old).partition("#")[0].lstrip("/")
        path = path.removesuffix("index.html") if path.endswith("/index.html") else path
        return path in self._answered or f"{path.rstrip('/')}/" in self._answered

    def _present(self, target: str) -> str:
        """The address in the new site of a former one; '' where there is none. An address of another
        host stays."""
        parts = urlsplit(target)
        base = urlsplit(self._site.settings.get("base_url", ("", ""))[0])
        is_ours = parts.netloc == base.netloc and parts.path.startswith(base.path.rstrip("/") + "/")
        if parts.netloc and not is_ours:
            return target if parts.scheme in ("http", "https") else ""
        path = "/" + unquote(parts.path).lstrip("/")
        if base.path.strip("/") and path.startswith(base.path):
            path = "/" + path[len(base.path) :].lstrip("/")
        anchor = f"#{parts.fragment}" if parts.fragment else ""
        if self._is_answered(path):
            is_page = f"{path.rstrip('/')}/" in self._answered and not path.endswith(".html")
            return (f"{path.rstrip('/')}/" if is_page else path) + anchor
        try:
            redirect = self._result.redirects.get(former_path(path))
        except ValueError:
            return ""
        return redirect[0] + anchor if redirect else ""


def report_lines(result: Adoption) -> list[str]:
    """What was understood, what was not, and what to do next, for people."""
    site = result.site
    lines = [f"A site of {site.tool} ({site.config_file}): {result.pages} pages in {site.content}/"]
    lines += ["", "Understood:"]
    lines += [f"  {key}: {value}" for key, (value, _) in site.settings.items()]
    lines += [f"  permalink of {folder}: {p}" for folder, (p, _) in site.permalinks.items()]
    if site.languages:
        lines.append(f"  languages: {', '.join(site.languages)}")
    if result.menu:
        lines.append(f"  menu: {', '.join(result.menu)}")
    certain = [line.name for line in result.shortcodes if line.is_certain]
    if certain:
        lines.append(f"  shortcodes: {', '.join(certain)}")
    lines.append(
        f"  addresses: {_plural(result.kept, 'former address')} kept, "
        f"{len(result.redirects)} redirected"
    )
    unclear = [f"shortcode {s.name} ({s.uses})" for s in result.shortcodes if not s.is_certain]
    not_understood = [*site.not_understood, *unclear, *_other_files(site.content)]
    if not_understood:
        lines += ["", "Not understood:", *(f"  {line}" for line in not_understood)]
    if result.unanswered:
        lines += ["", "Former addresses without a page:"]
        lines += [f"  {line}" for line in result.unanswered]
    lines += ["", "Next:"]
    if result.broken_files:
        lines.append(f"  fix {_plural(len(result.broken_files), 'file')} that can't be pages yet")
    if unclear:
        lines.append(
            "  say in `shortcodes` what each of these names becomes; until then they show nothing"
        )
    if host_files := _host_files(site):
        lines.append(f"  copy into the output where you publish it: {', '.join(host_files)}")
    lines.append(f"  monograph-site check --content {site.content}")
    lines.append(f"  monograph-site build --content {site.content}")
    return lines


def _host_files(site: OldSite) -> list[str]:
    """Files at the top of the old site that hosts, browsers and search engines ask for by name, and
    that this tool does not make."""
    names = (*site.static, *(f"{up}{name}" for up in ("", "../") for name in STATIC_FOLDERS), ".")
    folders = [site.content / name for name in names if (site.content / name).is_dir()]
    return sorted(
        {
            path.name
            for folder in folders
            for path in folder.iterdir()
            if _HOST_FILE.fullmatch(path.name)
        }
    )


def _other_files(content: Path) -> list[str]:
    """Pages in forms that are not read, by suffix."""
    suffixes = Counter(
        path.suffix
        for path in content.rglob("*")
        if path.suffix in (".Rmd", ".org", ".adoc", ".rst", ".ipynb", ".mdoc")
        and "node_modules" not in path.parts
    )
    return [f"{_plural(count, f'{suffix} file')}" for suffix, count in sorted(suffixes.items())]


def _plural(count: int, noun: str) -> str:
    ending = "" if count == 1 else "es" if re.search(r"(?:s|x|ch)$", noun) else "s"
    return f"{count:,} {noun}{ending}"
