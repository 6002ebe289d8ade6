"""Where code is: files, and spans packed into one integer.

A span is `start_byte << 20 | length` (length capped): one small object where a pair of positions
would be six. `Lines` turns byte offsets into lines and columns when a finding is told.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

_LENGTH_BITS = 20
_LENGTH_MASK = (1 << _LENGTH_BITS) - 1


def pack_span(start: int, end: int) -> int:
    """The span of bytes [start, end)."""
    return start << _LENGTH_BITS | min(end - start, _LENGTH_MASK)


def span_start(span: int) -> int:
    return span >> _LENGTH_BITS


def span_end(span: int) -> int:
    return (span >> _LENGTH_BITS) + (span & _LENGTH_MASK)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A Go file that takes part in the scan.

    `path` is relative to the scan root with forward slashes; `import_path` is that of its package.
    """

    path: str
    absolute: str
    import_path: str
    is_test: bool = False
    is_generated: bool = False
    go_version: tuple[int, int] = (1, 22)


class Site(NamedTuple):
    """A span of a file: what an analysis remembers of a place in the code."""

    path: str
    span: int


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place as told to a reader: 1-based lines, 1-based columns in Unicode code points, end exclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


class Lines:
    """The line starts of one file's content."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.starts = [0]
        at = content.find(b"\n")
        while at >= 0:
            self.starts.append(at + 1)
            at = content.find(b"\n", at + 1)

    def position(self, offset: int) -> tuple[int, int]:
        """The 1-based (line, column) of a byte offset; offsets past the end give the last position."""
        offset = min(offset, len(self.content))
        line = bisect_right(self.starts, offset)
        start = self.starts[line - 1]
        return line, len(self.content[start:offset].decode("utf-8", "replace")) + 1

    def text(self, line: int) -> str:
        """Line `line` (1-based) without its end, or "" outside the file."""
        if not 1 <= line <= len(self.starts):
            return ""
        start = self.starts[line - 1]
        end = self.starts[line] if line < len(self.starts) else len(self.content)
        return self.content[start:end].decode("utf-8", "replace").rstrip("\r\n")

    def location(self, path: str, span: int) -> Location:
        """The part of `span` that lies on its first line: one finding, one line (SARIF for GitHub)."""
        start = span_start(span)
        line, column = self.position(start)
        end_line, end_column = self.position(span_end(span))
        if end_line > line:
            end_line, end_column = line, len(self.text(line)) + 1
        return Location(path, line, column, end_line, max(end_column, column + 1))
