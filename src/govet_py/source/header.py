"""What the head of a Go file tells without parsing it: constraints, generated or not, package, imports."""

from __future__ import annotations

import re
from dataclasses import dataclass

from govet_py.files import read_head

HEAD_BYTES = 8192

_GENERATED = re.compile(rb"^// Code generated (?:.* DO NOT EDIT\.|by goyacc\b.*)\r?$", re.MULTILINE)
_YACC_LINE = re.compile(rb"\A//line \S+\.y:\d+")
_PACKAGE = re.compile(rb"package\s+(\w+)")
_SPACE = re.compile(rb"[\s;]*")
_IMPORTS = re.compile(rb"import\s*\(([^)]*)\)|import\s+([^\n(]*)")
_IMPORT_PATH = re.compile(rb'(?:^|[\s;])(?:[\w.]+\s+)?["`]([^"`\n]+)["`]')


@dataclass(frozen=True, slots=True)
class Header:
    """`text` is what stands before the package clause; `package` is "" when no clause was found."""

    text: bytes
    package: str
    is_generated: bool
    imports: tuple[str, ...]


def read_header(path: str) -> Header:
    """Reads the first bytes of a file. Raises OSError when it cannot be read."""
    return parse_header(read_head(path, HEAD_BYTES))


def parse_header(head: bytes) -> Header:
    """The header of a file that starts with `head`."""
    head = head.removeprefix(b"\xef\xbb\xbf")
    start = _after_comments(head)
    text = head[:start]
    clause = _PACKAGE.match(head, start)
    if clause is None:
        return Header(text, "", _is_generated(text), ())
    return Header(text, clause[1].decode("ascii", "replace"), _is_generated(text), _imports(head, clause.end()))


def _is_generated(text: bytes) -> bool:
    """Code that a tool wrote (golang.org/s/generatedcode; older goyacc marks only the line directive)."""
    if b"// Code generated " in text and _GENERATED.search(text):
        return True
    return _YACC_LINE.match(text) is not None


def _after_comments(head: bytes) -> int:
    """Where the first token that is no comment starts."""
    at = 0
    while True:
        at = _SPACE.match(head, at).end()  # type: ignore[union-attr]  # matches the empty string
        if head.startswith(b"//", at):
            end = head.find(b"\n", at)
        elif head.startswith(b"/*", at):
            end = head.find(b"*/", at) + 1
        else:
            return at
        if end <= 0:
            return len(head)
        at = end + 1


def _imports(head: bytes, start: int) -> tuple[str, ...]:
    found: list[str] = []
    for block in _IMPORTS.finditer(head, start):
        paths = _IMPORT_PATH.findall(block[1] or block[2] or b"")
        found.extend(path.decode("utf-8", "replace") for path in paths)
    return tuple(found)
