"""What a cached value depends on, as one digest: contents, options, and the tool down to its own source."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from govet_py.model.source import SourceFile

_LIBRARIES = ("tree-sitter", "tree-sitter-go", "networkx")
_SOURCES = frozenset({".py", ".txt", ".scm"})
_SIZE = 32


def digest(parts: Iterable[bytes]) -> str:
    """One digest of several parts, wherever one ends and the next begins."""
    made = blake2b(digest_size=_SIZE)
    for part in parts:
        made.update(len(part).to_bytes(8, "big"))
        made.update(part)
    return made.hexdigest()


def content_digest(content: bytes) -> str:
    """The digest of a file's bytes."""
    return blake2b(content, digest_size=_SIZE).hexdigest()


def identity() -> str:
    """This tool: its source, the Python that runs it, and the libraries that decide what it sees."""
    here = Path(__file__).parents[1]
    sources = [
        (path.relative_to(top).as_posix().encode(), path.read_bytes())
        for top in (here, here.parents[1] / "queries")
        for path in sorted(top.rglob("*"))
        if path.suffix in _SOURCES
    ]
    parts = [part for source in sources for part in source]
    libraries = [f"{name} {_version(name)}".encode() for name in _LIBRARIES]
    return digest([sys.version.encode(), *libraries, *parts])


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def file_key(tool: str, file: SourceFile, content: str) -> str:
    """The key of a parsed file, whose content has the digest `content`."""
    return digest(_words("file", tool, *_about(file), content))


def result_key(tool: str, files: Sequence[SourceFile], contents: Sequence[str], options: Sequence[str]) -> str:
    """The key of the findings in `files`, whose contents have the digests `contents`, under `options`."""
    about = [word for file, content in zip(files, contents, strict=True) for word in (*_about(file), content)]
    return digest(_words("result", tool, str(len(options)), *options, *about))


def latest_key(tool: str, files: Sequence[SourceFile], options: Sequence[str]) -> str:
    """The key of what the contents of `files` were when they were last analysed under `options`."""
    about = [word for file in files for word in _about(file)]
    return digest(_words("latest", tool, str(len(options)), *options, *about))


def _about(file: SourceFile) -> tuple[str, ...]:
    """All that the analysis may know of a file besides its content; where the tree lies is not among it."""
    return file.path, file.import_path, str(file.is_test), str(file.is_generated), str(file.go_version)


def _words(*words: str) -> Iterable[bytes]:
    return (word.encode("utf-8", "surrogateescape") for word in words)
