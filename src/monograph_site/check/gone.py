"""The findings that the program itself makes while it reads, by theme; those of the rules stand in `rules/`."""
