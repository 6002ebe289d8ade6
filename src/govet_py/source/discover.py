"""Which files are scanned: all Go files of the packages below the given paths, as the go command sees them.

Nothing here parses Go or fails on odd files: what cannot be read becomes a notice.
Cost: one directory walk and the first bytes of each file.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from govet_py.errors import UsageError
from govet_py.files import LARGEST, LARGEST_GENERATED, read_regular
from govet_py.model.declarations import Notice
from govet_py.model.source import SourceFile
from govet_py.source.constraints import header_matches, name_matches
from govet_py.source.given import require_scannable
from govet_py.source.header import Header, read_header
from govet_py.source.modules import (
    LANGUAGE_WITHOUT_GO_LINE,
    Module,
    enclosing_module,
    infer_prefix,
    read_module,
    workspace_replacements,
)
from govet_py.source.product import TEST_API, is_skipped, is_test_directory, is_test_file

MODERN_GO = (1, 22)


@dataclass(frozen=True, slots=True)
class Discovery:
    """The files of a scan, sorted by path. `excluded` counts files whose build constraints do not hold,
    `tests_left_out` test files and files of test helper packages that were not asked for."""

    root: Path
    files: tuple[SourceFile, ...]
    notices: tuple[Notice, ...]
    excluded: int = 0
    tests_left_out: int = 0


@dataclass(frozen=True, slots=True)
class _Candidate:
    absolute: str
    directory: str
    name: str
    in_tests: bool
    module: Module | None
    explicit: bool


def discover(paths: Sequence[Path], *, tests: bool = False, tags: Collection[str] = ()) -> Discovery:
    """Finds the Go files below `paths` (files are always taken, directories are walked).

    `tests` adds test files and test helper packages; `tags` are build tags that hold besides those of
    linux/amd64. Raises UsageError for a path that does not exist or is no Go file or directory.
    """
    absolute = [os.path.abspath(path) for path in paths or (Path("."),)]
    require_scannable(str(path) for path in paths)
    return _Walk(_common_root(absolute), tests, tags).run(absolute)


def _common_root(paths: Sequence[str]) -> str:
    directories = [path if os.path.isdir(path) else os.path.dirname(path) for path in paths]
    try:
        return os.path.commonpath(directories)
    except ValueError:
        raise UsageError("the paths have no directory in common") from None


class _Walk:
    """One run of `discover`: candidates first, then their heads, then import paths."""

    def __init__(self, root: str, tests: bool, tags: Collection[str]) -> None:
        self._root = root
        self._tests = tests
        self._tags = frozenset(tags)
        self._replaced: dict[str, str] = {}
        self._notices: list[Notice] = []
        self._excluded = 0
        self._left_out = 0

    def run(self, paths: Sequence[str]) -> Discovery:
        found: dict[str, _Candidate] = {}
        for path in paths:
            for candidate in self._candidates(path):
                found.setdefault(candidate.absolute, candidate)
        headers = {path: header for path in sorted(found) if (header := self._header(found[path])) is not None}
        kept = [(found[path], header) for path, header in headers.items()]
        prefix = self._inferred_prefix(kept)
        files = [self._file(candidate, header, prefix) for candidate, header in kept]
        files.sort(key=lambda file: file.path)
        return Discovery(Path(self._root), tuple(files), tuple(self._notices), self._excluded, self._left_out)

    def _candidates(self, path: str) -> Iterator[_Candidate]:
        if os.path.isdir(path):
            yield from self._walk(path)
            return
        directory = os.path.dirname(path)
        yield _Candidate(path, directory, os.path.basename(path), False, enclosing_module(directory), True)

    def _walk(self, top: str) -> Iterator[_Candidate]:
        """All Go files below `top`. Symbolic links to directories are not followed, so there are no loops."""
        above = enclosing_module(top)
        stack: list[tuple[str, Module | None, bool]] = [(top, above, False)]
        while stack:
            directory, module, in_tests = stack.pop()
            entries = self._entries(directory)
            names = {entry.name for entry in entries}
            if "go.mod" in names:
                module = read_module(directory) or module
                self._replaced.update(module.replaced if module else {})
            if "go.work" in names:
                self._replaced.update(workspace_replacements(directory))
            for entry in entries:
                if _is_directory(entry):
                    if not is_skipped(entry.name):
                        stack.append((entry.path, module, in_tests or is_test_directory(entry.name)))
                elif entry.name.endswith(".go") and not entry.name.startswith((".", "_")):
                    yield _Candidate(entry.path, directory, entry.name, in_tests, module, False)

    def _entries(self, directory: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(directory) as entries:
                return sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self._notice("unreadable", directory, error)
            return []

    def _header(self, candidate: _Candidate) -> Header | None:
        """The head of a file that takes part in the scan, None for one that does not."""
        if not candidate.explicit and not self._name_wanted(candidate):
            return None
        try:
            header = read_header(candidate.absolute)
            _check_size(candidate.absolute, LARGEST_GENERATED if header.is_generated else LARGEST)
            wanted = candidate.explicit or self._head_wanted(candidate, header)
        except OSError as error:
            self._notice("unreadable", candidate.absolute, error)
            return None
        return header if wanted else None

    def _name_wanted(self, candidate: _Candidate) -> bool:
        if not self._tests and (candidate.in_tests or is_test_file(candidate.name)):
            self._left_out += 1
            return False
        if not name_matches(candidate.name, self._tags):
            self._excluded += 1
            return False
        return True

    def _head_wanted(self, candidate: _Candidate, header: Header) -> bool:
        if b"build" in header.text and not header_matches(header.text.decode("utf-8", "replace"), self._tags):
            self._excluded += 1
            return False
        if not self._tests and _serves_tests(candidate, header):
            self._left_out += 1
            return False
        return True

    def _notice(self, kind: str, path: str, error: OSError) -> None:
        kind = "too-large" if error.errno == errno.EFBIG else kind
        self._notices.append(Notice(kind, self._relative(path), 0, error.strerror or str(error)))

    def _relative(self, path: str) -> str:
        return os.path.relpath(path, self._root).replace(os.sep, "/")

    def _inferred_prefix(self, kept: Sequence[tuple[_Candidate, Header]]) -> str | None:
        """The import path of the scan root, as far as files outside any module tell."""
        loose = [(candidate, header) for candidate, header in kept if candidate.module is None]
        directories = {self._relative(candidate.directory) for candidate, _ in loose}
        return infer_prefix(directories, (path for _, header in loose for path in header.imports))

    def _file(self, candidate: _Candidate, header: Header, prefix: str | None) -> SourceFile:
        module = candidate.module
        if module is not None:
            import_path, go_version = self._in_module(candidate.directory, module), module.go_version
        else:
            import_path = self._without_module(candidate.directory, prefix)
            go_version = LANGUAGE_WITHOUT_GO_LINE if prefix else MODERN_GO
        return SourceFile(
            path=self._relative(candidate.absolute),
            absolute=candidate.absolute,
            import_path=import_path,
            is_test=candidate.in_tests or is_test_file(candidate.name) or _serves_tests(candidate, header),
            is_generated=header.is_generated,
            go_version=go_version,
        )

    def _in_module(self, directory: str, module: Module) -> str:
        replacement = self._replaced.get(module.directory)
        if replacement is None:
            return module.import_path(directory)
        return Module(module.directory, replacement, module.go_version).import_path(directory)

    def _without_module(self, directory: str, prefix: str | None) -> str:
        rest = self._relative(directory)
        if rest == ".":
            return prefix or os.path.basename(self._root)
        return f"{prefix}/{rest}" if prefix else rest


def _check_size(path: str, most: int) -> None:
    """Raises OSError for a file that would take more time and memory than one file may."""
    if os.stat(path).st_size > most:
        raise OSError(errno.EFBIG, f"larger than {most >> 20} MB, left out")


def _is_directory(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _serves_tests(candidate: _Candidate, header: Header) -> bool:
    """Reports whether a file is handed tests: the whole file is read, but few import "testing"."""
    if "testing" not in header.imports:
        return False
    try:
        return TEST_API.search(read_regular(candidate.absolute)) is not None
    except OSError:
        return False
