"""Changes to content files: spans that are certain (`fix`), and the canonical form (`convert`)."""
