"""Length-preserving repairs of what does not parse, so that offsets stay valid.

tree-sitter-go 0.25 lags behind the language. Go 1.26 `new(expr)`, and functions that are called `new`
or `make`: the word is changed, which makes it an ordinary call; names are read from the file itself,
so nobody else sees the change. Go 1.27 generic methods: the type parameters after the method's name are blanked.

What still does not parse is kept from spreading: an unclosed brace would swallow all functions after
it. Functions that do not parse on their own get an empty body, told by gofmt's layout: a top-level
`func` starts a line and its closing brace stands alone at the start of one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from govet_py.syntax.grammar import Patience, tree_of

_TOKEN = re.compile(
    rb"""(?P<skip>//[^\n]*+|`[^`]*+`|"(?:\\[^\n]|[^"\\\n])*+"?|'(?:\\[^\n]|[^'\\\n])++'?)|(?P<comment>/\*)"""
    rb"""|(?P<open>[([{])|(?P<close>[])}])"""
)
_BUILTIN = re.compile(rb"(?<![\w.)])(?<!func )(?P<word>new|make)\s*(?=\()")
_METHOD = re.compile(rb"^func\s*(?=\()", re.MULTILINE)
_METHOD_NAME = re.compile(rb"\s*\w+\s*(?=\[)")
_TOP_LEVEL = re.compile(rb"^(?:func|type|var|const|import|package)\b", re.MULTILINE)
_CLOSING = re.compile(rb"^\}", re.MULTILINE)
_NO_BODY = re.compile(rb"(?:\binterface|\bstruct)\s*+\Z")
_BEFORE_BRACE = 256
"""Bytes that are looked at for the word before a brace."""
_MOST_WORK = 8
"""How often the bytes of a file may be parsed in its calls of `new`: these nest."""
_INK = re.compile(rb"[^\s]")


def modernised(source: bytes, patience: Patience) -> bytes:
    """The source in the Go that the grammar knows; the source itself when nothing fits."""
    layout = _Layout(source)
    out = bytearray(source)
    work = _MOST_WORK * len(source)
    for start, last, end in layout.builtin_calls():
        work -= end - start
        if work < 0:
            break
        if tree_of(b"package p\nvar _ = " + source[start:end] + b"\n", patience).root_node.has_error:
            out[last] = ord("_")
    for start, end in layout.method_type_parameters():
        out[start:end] = _blank(source[start:end])
    return bytes(out)


def without_broken(source: bytes, patience: Patience) -> tuple[bytes, frozenset[int]]:
    """The source with the bodies of broken functions emptied, and where those functions start."""
    layout = _Layout(source)
    starts = [m.start() for m in _TOP_LEVEL.finditer(source) if m.start() not in layout.skipped]
    out = bytearray(source)
    emptied: set[int] = set()
    for start, end in zip(starts, [*starts[1:], len(source)], strict=False):
        chunk = source[start:end]
        if chunk.startswith(b"func") and tree_of(b"package p\n" + chunk, patience).root_node.has_error:
            body = layout.body(start, end)
            if body is not None:
                out[body[0] : body[1]] = b"{}" + _blank(source[body[0] + 2 : body[1]])
                emptied.add(start)
    return bytes(out), frozenset(emptied)


def _tokens(source: bytes) -> Iterator[tuple[str, int, int]]:
    """Kind, start and end of what is skipped, and of brackets. A comment without an end is none."""
    at, comments = 0, True
    while token := _TOKEN.search(source, at):
        kind, start, at = str(token.lastgroup), token.start(), token.end()
        if kind == "comment":
            closing = source.find(b"*/", at) if comments else -1
            comments = closing >= 0
            if not comments:
                continue
            kind, at = "skip", closing + 2
        yield kind, start, at


def _blank(source: bytes) -> bytes:
    return _INK.sub(b" ", source)


class _Layout:
    """Where the comments, strings and brackets of a file are."""

    def __init__(self, source: bytes) -> None:
        self._source = source
        self._closing: dict[int, int] = {}
        self.skipped = _Ranges()
        self._opening: list[int] = []
        unclosed: list[int] = []
        for kind, at, end in _tokens(source):
            if kind == "skip":
                self.skipped.append(at, end)
            elif kind == "open":
                self._opening.append(at)
                unclosed.append(at)
            elif unclosed:
                self._closing[unclosed.pop()] = at

    def builtin_calls(self) -> Iterator[tuple[int, int, int]]:
        """Each `new(...)` and `make(...)`: its start, the last letter of its name, its end."""
        for call in _BUILTIN.finditer(self._source):
            closing = self._closing.get(call.end())
            if closing is not None and call.start() not in self.skipped:
                yield call.start(), call.end("word") - 1, closing + 1

    def method_type_parameters(self) -> Iterator[tuple[int, int]]:
        """The brackets between the name and the parameters of each generic method."""
        for word in _METHOD.finditer(self._source):
            receiver = self._closing.get(word.end())
            name = _METHOD_NAME.match(self._source, receiver + 1) if receiver is not None else None
            end = self._closing.get(name.end()) if name is not None else None
            if name is not None and end is not None and word.start() not in self.skipped:
                yield name.end(), end + 1

    def body(self, start: int, end: int) -> tuple[int, int] | None:
        """The body of the function that starts at `start` and whose text ends before `end`, braces included."""
        at = start
        for opening in self._opening[bisect_left(self._opening, start) : bisect_left(self._opening, end)]:
            if opening >= at:
                near = max(start, opening - _BEFORE_BRACE)
                if self._source[opening] == ord("{") and not _NO_BODY.search(self._source, near, opening):
                    return opening, self._body_end(opening, end)
                at = self._closing.get(opening, opening)
        return None

    def _body_end(self, opening: int, end: int) -> int:
        closing = _CLOSING.search(self._source, opening, end)
        if closing is not None:
            return closing.end()
        return max(self._before_comments(opening, end), opening + 2)

    def _before_comments(self, start: int, end: int) -> int:
        """Where the blank lines and comments start that end a text: they belong to what follows."""
        while end > start:
            line = self._source.rfind(b"\n", start, end - 1) + 1
            words = self._source[line:end]
            if not line or not (words.startswith(b"//") or words.isspace()):
                break
            end = line
        return end


class _Ranges:
    """Ascending ranges of offsets."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def append(self, start: int, end: int) -> None:
        self._starts.append(start)
        self._ends.append(end)

    def __contains__(self, offset: int) -> bool:
        at = bisect_right(self._starts, offset) - 1
        return at >= 0 and offset < self._ends[at]
