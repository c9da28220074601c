"""The configuration of a site: `Config`, and `load_config` that reads it from site.yaml."""

from .reading import SETTINGS_FILE, Settings, load_config, read_settings
from .settings import (
    DEFAULT_DISCLAIMER,
    FOLDER_KINDS,
    Collection,
    Config,
    Disclaimer,
    Origin,
    Publisher,
    ReviewPolicy,
    Shortcode,
    site_path,
)

__all__ = [
    "DEFAULT_DISCLAIMER",
    "FOLDER_KINDS",
    "SETTINGS_FILE",
    "Collection",
    "Config",
    "Disclaimer",
    "Origin",
    "Publisher",
    "ReviewPolicy",
    "Settings",
    "Shortcode",
    "load_config",
    "read_settings",
    "site_path",
]
