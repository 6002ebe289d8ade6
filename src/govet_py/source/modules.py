"""Import paths: from go.mod and go.work where they are, else from how the packages import each other."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from govet_py.files import read_regular

LARGEST_MODULE_FILE = 1 << 20

LANGUAGE_WITHOUT_GO_LINE = (1, 16)
"""What the go command assumes of a module that does not say; projects from before modules are older still."""

_MODULE = re.compile(r"^[ \t]*module[ \t]+[\"`]?([^\s\"`]+)", re.MULTILINE)
_GO = re.compile(r"^[ \t]*go[ \t]+(\d+)\.(\d+)", re.MULTILINE)
_REPLACE = re.compile(
    r"^[ \t]*+(?:replace[ \t]++)?[\"`]?([^\s\"`(]++)[\"`]?(?:[ \t]++v\S++)?"
    r"[ \t]*+=>[ \t]*+[\"`]?(\.\.?(?:/[^\s\"`]*)?)",
    re.MULTILINE,
)
_COMMENT = re.compile(r"//[^\n]*")


@dataclass(frozen=True, slots=True)
class Module:
    """A module: its directory (absolute), module path and language version. `replaced` gives the import
    path of directories that a local replace directive stands for."""

    directory: str
    path: str
    go_version: tuple[int, int]
    replaced: dict[str, str] = field(default_factory=dict)

    def import_path(self, directory: str) -> str:
        """The import path of a directory (absolute) of the module."""
        rest = os.path.relpath(directory, self.directory).replace(os.sep, "/")
        if rest == ".":
            return self.path
        return rest if self.path in ("", "std") else f"{self.path}/{rest}"


def read_module(directory: str) -> Module | None:
    """The module whose go.mod lies in `directory` itself, or None (also when it cannot be read)."""
    text = _read(os.path.join(directory, "go.mod"))
    declared = _MODULE.search(text)
    if declared is None:
        return None
    version = _GO.search(text)
    go_version = (int(version[1]), int(version[2])) if version else LANGUAGE_WITHOUT_GO_LINE
    return Module(directory, declared[1], go_version, _replaced(directory, text))


def enclosing_module(directory: str) -> Module | None:
    """The module that a directory belongs to: that of the nearest go.mod above."""
    while True:
        module = read_module(directory)
        parent = os.path.dirname(directory)
        if module is not None or parent == directory:
            return module
        directory = parent


def workspace_replacements(directory: str) -> dict[str, str]:
    """The local replace directives of the go.work in `directory`, if there is one."""
    return _replaced(directory, _read(os.path.join(directory, "go.work")))


def _replaced(directory: str, text: str) -> dict[str, str]:
    return {os.path.normpath(os.path.join(directory, target)): path for path, target in _REPLACE.findall(text)}


def _read(path: str) -> str:
    try:
        return _COMMENT.sub("", read_regular(path, LARGEST_MODULE_FILE).decode("utf-8", "replace"))
    except OSError:
        return ""


def infer_prefix(directories: Collection[str], imports: Iterable[str]) -> str | None:
    """The import path of the root of a tree without go.mod, by majority vote, or None.

    `directories` are those with Go files, relative to the root. Each import path votes for what stands
    before its longest suffix that is such a directory. Paths with a domain outvote the others, which
    may be the standard library.
    """
    votes: Counter[str] = Counter()
    for path in set(imports):
        prefix = _prefix(path, directories)
        if prefix is not None:
            votes[prefix] += 1
    with_domain = {prefix: n for prefix, n in votes.items() if "." in prefix.partition("/")[0]}
    ranked = sorted((with_domain or votes).items(), key=lambda vote: (-vote[1], -len(vote[0]), vote[0]))
    return ranked[0][0] if ranked else None


def _prefix(path: str, directories: Collection[str]) -> str | None:
    parts = path.split("/")
    for at in range(len(parts)):
        if "/".join(parts[at:]) in directories:
            return "/".join(parts[:at])
    return None
