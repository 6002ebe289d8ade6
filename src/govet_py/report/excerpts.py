"""Lines of source around a place, cut into pieces that have one look each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise, takewhile
from typing import NamedTuple

from govet_py.model.finding import Report
from govet_py.model.source import Lines, Location, Site
from govet_py.report.escape import safe

_KEYWORDS = (
    "break case chan const continue default defer else fallthrough for func go goto if import interface map package "
    "range return select struct switch type var"
)
_TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?(?:\*/|\Z))"""
    r"""|(?P<string>`[^`]*(?:`|\Z)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?)"""
    rf"""|(?P<keyword>\b(?:{"|".join(_KEYWORDS.split())})\b)""",
    re.DOTALL,
)
_LONGEST = 400
"""Lines of generated or hostile code can be endless; nobody reads further than this."""


class Piece(NamedTuple):
    """`kind` is comment, string, keyword or ""; `marked`: it belongs to the place."""

    text: str
    kind: str
    marked: bool


class Line(NamedTuple):
    number: int
    pieces: tuple[Piece, ...]
    is_place: bool


class Excerpts:
    """The excerpts of one report; each file is read for tokens once."""

    def __init__(self, report: Report) -> None:
        self._contents = report.contents
        self._files: dict[str, _File] = {}

    def around(self, site: Site, context: int) -> tuple[Line, ...]:
        """The line of a site between `context` lines on each side, without blank ones at the ends."""
        file = self._file(site.path)
        at = file.lines.location(site.path, site.span)
        numbers = range(max(1, at.line - context), min(len(file.lines.starts), at.line + context) + 1)
        filled = [number for number in numbers if number == at.line or file.lines.text(number).strip()]
        if not self._contents.get(site.path):
            return ()
        shown = range(filled[0], filled[-1] + 1)
        indent = _indent(file.lines.text(number) for number in shown)
        return tuple(Line(number, tuple(file.pieces(number, at, indent)), number == at.line) for number in shown)

    def _file(self, path: str) -> _File:
        if path not in self._files:
            self._files[path] = _File(self._contents.get(path, b""))
        return self._files[path]


class _File:
    def __init__(self, content: bytes) -> None:
        self.lines = Lines(content)
        text = content.decode("utf-8", "replace")
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._tokens = [(match.start(), match.end(), match.lastgroup or "") for match in _TOKEN.finditer(text)]
        self._begins = [token[0] for token in self._tokens]

    def pieces(self, number: int, place: Location, indent: int) -> Iterator[Piece]:
        """Line `number` from column `indent` on, cut where its look changes."""
        text = self.lines.text(number)[: indent + _LONGEST]
        marks = [(place.column - 1, place.end_column - 1)] if number == place.line else []
        tokens = list(self._tokens_of(number, len(text)))
        cuts = {indent, len(text), *(min(end, len(text)) for ends in marks for end in ends)}
        cuts |= {end for start, stop, _ in tokens for end in (start, stop)}
        ordered = sorted(cut for cut in cuts if cut >= indent)
        for start, stop in pairwise(ordered):
            kind = next((kind for first, last, kind in tokens if first <= start < last), "")
            yield Piece(safe(text[start:stop]), kind, any(first <= start < last for first, last in marks))

    def _tokens_of(self, number: int, length: int) -> Iterator[tuple[int, int, str]]:
        """The tokens on a line, in its columns from 0."""
        start = self._starts[number - 1]
        at = max(bisect_right(self._begins, start) - 1, 0)
        while at < len(self._tokens) and self._tokens[at][0] < start + length:
            first, last, kind = self._tokens[at]
            if last > start:
                yield max(first - start, 0), min(last - start, length), kind
            at += 1


def _indent(lines: Iterable[str]) -> int:
    """How much white space all lines begin with; blank lines have no say."""
    filled = [line for line in lines if line.strip()]
    columns = takewhile(lambda column: column[0].isspace() and len(set(column)) == 1, zip(*filled, strict=False))
    return sum(1 for _ in columns)
