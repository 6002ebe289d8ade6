"""Where the cache is, and whether it may be trusted: nobody else may write there or on the way there."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

VARIABLE = "GOVET_PY_CACHE_DIR"
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


class Unusable(Exception):
    """There is no folder to cache in; the message says why."""


def wanted(environment: Mapping[str, str]) -> Path:
    """The folder that the environment names: GOVET_PY_CACHE_DIR itself, or one in the user's cache folder (XDG
    Base Directory Specification, and what macOS and Windows have instead). Raises Unusable."""
    named = environment.get(VARIABLE, "")
    if named:
        return Path(os.path.abspath(named))
    base = environment.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(base):
        base = _home_cache(environment)
    if not os.path.isabs(base):
        raise Unusable(f"no home directory, set {VARIABLE}")
    return Path(base) / "govet-py"


def _home_cache(environment: Mapping[str, str]) -> str:
    if sys.platform == "win32":
        return environment.get("LOCALAPPDATA", "")
    home = environment.get("HOME", "")
    return os.path.join(home, "Library/Caches" if sys.platform == "darwin" else ".cache") if home else ""


def prepared(folder: Path) -> Path:
    """The folder, made if it is not there, as a path without links. Raises Unusable when it cannot be made or
    somebody else could write in it or put another in its place."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        real = Path(os.path.realpath(folder))
        if not os.access(real, os.R_OK | os.W_OK | os.X_OK):
            raise Unusable(f"{folder} cannot be written")
        _check(real)
    except OSError as error:
        raise Unusable(f"{folder}: {error.strerror or error}") from error
    return real


def _check(folder: Path) -> None:
    if sys.platform == "win32":  # the user's folders are the user's there; there are no mode bits to ask
        return
    mine = os.geteuid()
    for place in (folder, *folder.parents):
        about = place.stat()
        if about.st_uid not in ((mine,) if place == folder else (mine, 0)):
            raise Unusable(f"{place} belongs to another user")
        shared = about.st_mode & _OTHERS_WRITE
        if shared and (place == folder or not about.st_mode & stat.S_ISVTX):
            raise Unusable(f"others may write in {place}")
