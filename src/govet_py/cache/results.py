"""What a cache knows of the scan at hand: its outcome if nothing changed, else its files as far as they are kept.

Contents are read and hashed, however young or old a file is: a clock may lie, and git sets times as it likes.
A result is kept under the digests of the bytes that were parsed, so that an edit during the scan spoils nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from govet_py.cache.keys import content_digest, identity, latest_key, result_key
from govet_py.cache.store import Store
from govet_py.files import read_regular
from govet_py.model.finding import Outcome
from govet_py.model.source import SourceFile


class Results:
    """The cached outcomes of scans of `files` under `options`: words that name all that matters besides files."""

    def __init__(self, store: Store, files: Sequence[SourceFile], options: Sequence[str]) -> None:
        self.store = store
        self.tool = identity()
        self.digests = {file.path: digest for file in files if (digest := _digest(file))}
        self._files = files
        self._options = options

    def load(self) -> Outcome | None:
        """The outcome of an earlier scan of the same contents, or None."""
        key = self._key(self.digests)
        found = self.store.load(key) if key else None
        return found if isinstance(found, Outcome) else None

    def latest(self) -> tuple[Outcome, Mapping[str, str]] | None:
        """The outcome of the last scan of these files, whatever was in them, with the digests of that, or None."""
        digests = self.store.load(latest_key(self.tool, self._files, self._options))
        if not isinstance(digests, dict):
            return None
        key = self._key(digests)
        found = self.store.load(key) if key else None
        return (found, digests) if isinstance(found, Outcome) else None

    def save(self, outcome: Outcome, parsed: Mapping[str, str]) -> None:
        """Keeps the outcome of a scan that parsed contents with the digests `parsed`, by path. One that could
        not see every file is not worth it."""
        key = self._key(parsed)
        if key:
            self.store.save(key, outcome)
            self.store.save(latest_key(self.tool, self._files, self._options), dict(parsed))
        self.store.trim()

    def _key(self, digests: Mapping[str, str]) -> str:
        contents = [digests.get(file.path, "") for file in self._files]
        return result_key(self.tool, self._files, contents, self._options) if all(contents) else ""


def _digest(file: SourceFile) -> str:
    try:
        return content_digest(read_regular(file.absolute))
    except OSError:
        return ""
