"""Links to other sites: where the content has them, and whether they still work."""
