"""What changed between two revisions of the content, in clinical terms."""
