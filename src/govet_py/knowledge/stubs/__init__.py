"""Declarations of libraries that are not in the scanned tree, as Go source without bodies.

`stubs/net/http.go.txt` declares package `net/http`: what inference needs to tell the types of results,
fields and methods, no more. To teach the tool a library, add a file. Parsed like any other Go file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from govet_py.model.source import SourceFile

SUFFIX = ".go.txt"

REPLACEMENT = "sync/replacement"
"""The stub of packages that replace package sync, with locks that find deadlocks or log who waits."""

REPLACES: frozenset[str] = frozenset({"sync", "syncutil", "syncutils", "deadlock", "go-deadlock"})
"""How such packages are called, by the last element of their path."""


def stub_sources() -> Iterator[tuple[SourceFile, bytes]]:
    """Every stub with its content, in order of import path."""
    top = Path(__file__).parent
    for path in sorted(top.rglob(f"*{SUFFIX}")):
        relative = path.relative_to(top).as_posix()
        import_path = relative.removesuffix(SUFFIX)
        yield SourceFile(f"<stubs>/{relative}", str(path), import_path), path.read_bytes()
