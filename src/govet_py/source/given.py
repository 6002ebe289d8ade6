"""The paths that a user names."""

from __future__ import annotations

import os
from collections.abc import Iterable

from govet_py.errors import UsageError


def require_scannable(paths: Iterable[str]) -> None:
    """Raises UsageError for a path that does not exist or is no Go file or directory."""
    for path in paths:
        if not os.path.lexists(path):
            raise UsageError(f"{path or repr(path)}: no such file or directory")
        if not os.path.isdir(path) and not (path.endswith(".go") and os.path.isfile(path)):
            raise UsageError(f"{path}: not a Go file or a directory")
