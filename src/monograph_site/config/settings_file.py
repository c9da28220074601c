"""site.yaml as it was read, before anything in it is understood."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ..model.source import Source
from ..model.strings import digest

SETTINGS_FILE = "site.yaml"
_SCOPES_CONTENT = re.compile(r"(?:^|[{,])\s*[\"']?(?:exclude|static)[\"']?\s*:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Settings:
    """site.yaml as it was read, once in a run. Without such a file everything is empty."""

    digest: str = ""
    """Of its bytes."""
    source: Source = Source(SETTINGS_FILE, "")
    """Its text; empty where it cannot be read."""
    problem: str = ""
    """Why it cannot be read."""

    @property
    def scopes_content(self) -> bool:
        """Whether it may say which files are content. Without that, nothing in it has to be
        understood before the content folder is scanned."""
        return bool(_SCOPES_CONTENT.search(self.source.text))


def read_settings(content: Path) -> Settings:
    """site.yaml of a content folder."""
    try:
        data = (content / SETTINGS_FILE).read_bytes()
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        return Settings(problem=str(error))
    except UnicodeDecodeError as error:
        return Settings(digest(data), problem=str(error))
    return Settings(digest(data), Source(SETTINGS_FILE, text))
