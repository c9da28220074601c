"""The configuration of a site: `Config`, and `load_config` that reads it from site.yaml."""

from .reading import FILE, load_config, settings
from .settings import (
    DEFAULT_DISCLAIMER,
    FOLDER_KINDS,
    Collection,
    Config,
    Disclaimer,
    Origin,
    Publisher,
    ReviewPolicy,
    site_path,
)

__all__ = [
    "DEFAULT_DISCLAIMER",
    "FILE",
    "FOLDER_KINDS",
    "Collection",
    "Config",
    "Disclaimer",
    "Origin",
    "Publisher",
    "ReviewPolicy",
    "load_config",
    "settings",
    "site_path",
]
