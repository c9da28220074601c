"""A new site, and a new page of each kind, ready to fill."""
