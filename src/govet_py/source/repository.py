"""Which repository a scan lies in: paths of reports for programs are relative to it."""

from __future__ import annotations

import os
from pathlib import Path


def enclosing_repository(directory: Path) -> str:
    """The nearest directory above (or `directory` itself) with a `.git`, absolute; "" when there is none."""
    for place in (directory, *directory.parents):
        if os.path.lexists(place / ".git"):
            return str(place)
    return ""
