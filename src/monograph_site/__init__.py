"""monograph-site: publish drug monographs kept as Markdown in git as a static, honest website."""

__version__ = "0.1.0"
