"""Build constraints: `//go:build` and `// +build` lines, and `_GOOS_GOARCH` in file names.

After "Build constraints" in the documentation of cmd/go. They are judged for linux/amd64 with gc and
cgo, plus the tags asked for.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

NEWEST_GO_MINOR = 30

SATISFIED = frozenset({"linux", "unix", "amd64", "gc", "cgo"} | {f"go1.{n}" for n in range(1, NEWEST_GO_MINOR + 1)})

SYSTEMS = frozenset({
    "aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios", "js", "linux", "nacl", "netbsd",
    "openbsd", "plan9", "solaris", "wasip1", "windows", "zos",
})

ARCHITECTURES = frozenset({
    "386", "amd64", "amd64p32", "arm", "armbe", "arm64", "arm64be", "loong64", "mips", "mipsle", "mips64", "mips64le",
    "mips64p32", "mips64p32le", "ppc", "ppc64", "ppc64le", "riscv", "riscv64", "s390", "s390x", "sparc", "sparc64",
    "wasm",
})

_TOKEN = re.compile(r"\s*(&&|\|\||!|\(|\)|[\w.]+)")


def name_matches(name: str, tags: Collection[str] = ()) -> bool:
    """Reports whether the system and architecture in a file's name, if any, are the scan's."""
    parts = name.removesuffix(".go").removesuffix("_test").split("_")[1:]
    if not parts:
        return True
    wanted = parts[-1:] if parts[-1] in SYSTEMS | ARCHITECTURES else []
    if wanted and parts[-1] in ARCHITECTURES and parts[-2:-1] and parts[-2] in SYSTEMS:
        wanted = parts[-2:]
    return all(tag in SATISFIED or tag in tags for tag in wanted)


def header_matches(header: str, tags: Collection[str] = ()) -> bool:
    """Reports whether the constraints in a file's header (the text before its package clause) hold.

    A `//go:build` line overrules `// +build` lines; one that does not parse counts as holding.
    """
    plus: list[str] = []
    for line in header.splitlines():
        line = line.strip()
        if line.startswith("//go:build "):
            return _Expression(line[len("//go:build "):], tags).value()
        if line.startswith("//") and line[2:].lstrip().startswith("+build "):
            plus.append(line[2:].lstrip()[len("+build "):])
    return all(_plus_line(line, tags) for line in plus)


def _plus_line(line: str, tags: Collection[str]) -> bool:
    """`a,b !c`: commas are and, spaces are or."""
    return any(all(_plus_tag(tag, tags) for tag in option.split(",")) for option in line.split())


def _plus_tag(tag: str, tags: Collection[str]) -> bool:
    name = tag.lstrip("!")
    return (name in SATISFIED or name in tags) != tag.startswith("!")


class _Expression:
    """A recursive descent evaluator of `//go:build` expressions."""

    def __init__(self, text: str, tags: Collection[str]) -> None:
        self._tokens: Iterator[str] = iter(_TOKEN.findall(text))
        self._tags = tags
        self._next = next(self._tokens, "")

    def value(self) -> bool:
        return self._or() if self._next else True

    def _take(self) -> str:
        token, self._next = self._next, next(self._tokens, "")
        return token

    def _or(self) -> bool:
        result = self._and()
        while self._next == "||":
            self._take()
            result = self._and() or result
        return result

    def _and(self) -> bool:
        result = self._not()
        while self._next == "&&":
            self._take()
            result = self._not() and result
        return result

    def _not(self) -> bool:
        negated = False
        while self._next == "!":
            self._take()
            negated = not negated
        return self._atom() != negated

    def _atom(self) -> bool:
        token = self._take()
        if token == "(":
            result = self._or()
            self._take()
            return result
        return token in SATISFIED or token in self._tags
