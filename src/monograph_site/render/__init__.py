"""Pages → bytes, with templates."""

import time

IMPORTED_AT = time.time_ns()
"""Before any module of this room was read."""
