"""The configuration of a site: `Config`, and `load_config` that reads it from site.yaml."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .settings_file import SETTINGS_FILE, Settings, read_settings

if TYPE_CHECKING:
    from .reading import load_config
    from .settings import (
        DEFAULT_DISCLAIMER,
        FOLDER_KINDS,
        Collection,
        Config,
        Disclaimer,
        Language,
        Origin,
        Publisher,
        ReviewPolicy,
        Shortcode,
    )

__all__ = [
    "DEFAULT_DISCLAIMER",
    "FOLDER_KINDS",
    "SETTINGS_FILE",
    "Collection",
    "Config",
    "Disclaimer",
    "Language",
    "Origin",
    "Publisher",
    "ReviewPolicy",
    "Settings",
    "Shortcode",
    "load_config",
    "read_settings",
]


def __getattr__(name: str) -> Any:
    # A build in which nothing changed reads site.yaml, and need not know what can be in it.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = ".reading" if name == "load_config" else ".settings"
    globals()[name] = value = getattr(import_module(module, __name__), name)
    return value
