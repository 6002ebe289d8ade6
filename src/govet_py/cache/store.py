"""Entries on disk by key: written whole or not at all, read whole or not at all.

An entry is a magic word, a digest of key and content, and the content: what is cut off, changed, of another
version or under another's name is as good as not there, and is written anew. Writers write to a name of
their own and rename, so that readers and other writers see an old entry or a new one, never half of one.
Nothing here raises for what the disk does: without its cache a scan is slow, not wrong.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from govet_py.cache.codec import Damaged, decoded, encoded

MAGIC = b"govet-py 1\n"
LIMIT = 1 << 30
"""Bytes; a large project takes some 50 MB for each version of the tool, and little for each edit."""

_ROOM = 0.75
_TOUCHED = 3600.0
_LEFT_BEHIND = 24 * 3600.0
_TEMPORARY = ".new-"
_DIGEST = 32
_HEAD = len(MAGIC) + _DIGEST


class Entry(NamedTuple):
    path: Path
    size: int
    used: float


class Store:
    """The entries of one folder, which is `folder.prepared`. `limit` bounds what they take together."""

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        self.folder = folder
        self._limit = limit

    def load(self, key: str) -> Any | None:
        """The value of an entry, or None when there is no such entry or it is damaged."""
        content = self.read(key)
        if content is None:
            return None
        try:
            return decoded(content)
        except Damaged:
            return None

    def save(self, key: str, value: object) -> None:
        """Writes an entry; a value nested too deeply to be written is not kept."""
        with suppress(RecursionError):
            self.write(key, encoded(value))

    def read(self, key: str) -> bytes | None:
        """The content of an entry as it was written, or None."""
        path = self._path(key)
        try:
            whole = path.read_bytes()
            if not whole.startswith(MAGIC) or whole[len(MAGIC):_HEAD] != _digest(key, memoryview(whole)[_HEAD:]):
                return None
            _touch(path)
        except OSError:
            return None
        return whole[_HEAD:]

    def write(self, key: str, content: bytes) -> None:
        """Writes the content of an entry, unless the disk will not have it."""
        path = self._path(key)
        temporary = path.parent / f"{_TEMPORARY}{secrets.token_hex(8)}"
        try:
            path.parent.mkdir(mode=0o700, exist_ok=True)
            with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(MAGIC + _digest(key, content))
                file.write(content)
            os.replace(temporary, path)
        except OSError:
            with suppress(OSError):
                temporary.unlink()

    def entries(self) -> list[Entry]:
        """All entries, whoever wrote them, those used last first."""
        found = [entry for entry in self._files() if not entry.path.name.startswith(_TEMPORARY)]
        return sorted(found, key=lambda entry: (-entry.used, entry.path))

    def trim(self) -> None:
        """Takes away what was not used for longest, until there is room again, and what killed writers left."""
        now = time.time()
        for entry in self._files():
            if entry.path.name.startswith(_TEMPORARY) and now - entry.used > _LEFT_BEHIND:
                _remove(entry.path)
        entries = self.entries()
        left = sum(entry.size for entry in entries)
        if left > self._limit:
            while entries and left > self._limit * _ROOM:
                entry = entries.pop()
                left -= entry.size
                _remove(entry.path)

    def clear(self) -> int:
        """Takes everything away and gives the number of entries; others may be writing meanwhile."""
        count = len(self.entries())
        for entry in self._files():
            _remove(entry.path)
        return count

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]

    def _files(self) -> Iterator[Entry]:
        """The files two levels down with names like ours: a folder set by mistake loses nothing else."""
        with suppress(OSError):
            for part in sorted(self.folder.iterdir()):
                if len(part.name) == 2 and part.is_dir() and not part.is_symlink():
                    yield from _files_in(part)


def _files_in(part: Path) -> Iterator[Entry]:
    with suppress(OSError), os.scandir(part) as found:
        for one in found:
            with suppress(OSError):
                if _is_ours(one.name) and one.is_file(follow_symlinks=False):
                    about = one.stat(follow_symlinks=False)
                    yield Entry(Path(one.path), about.st_size, about.st_mtime)


def _is_ours(name: str) -> bool:
    return name.startswith(_TEMPORARY) or (len(name) == 2 * _DIGEST - 2 and set(name) <= set("0123456789abcdef"))


def _digest(key: str, content: bytes | memoryview) -> bytes:
    made = blake2b(key.encode("ascii"), digest_size=_DIGEST)
    made.update(content)
    return made.digest()


def _touch(path: Path) -> None:
    """Remembers that an entry is in use, now and then: what is not used goes first."""
    if time.time() - path.stat().st_mtime > _TOUCHED:
        os.utime(path)


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
