"""`python -m monograph_site` is the same as `monograph-site`."""

from .cli.main import main

if __name__ == "__main__":
    main()
