"""Where a line of Go goes on: inside parentheses and brackets that it opened, but not into a block."""

from __future__ import annotations

import re

from govet_py.model.source import Lines

MOST_BYTES = 1 << 16
"""Of a statement; what is open for longer is never closed."""

_TOKEN = re.compile(
    rb"""//[^\n]* | /\*.*?\*/ | "(?:\\.|[^"\\\n])*+" | `[^`]*` | '(?:\\.|[^'\\\n])*+' | (?P<sign>[][(){}\n])""",
    re.DOTALL | re.VERBOSE,
)
_CLOSES = {b")": b"(", b"]": b"[", b"}": b"{"}


def last_line(lines: Lines, line: int) -> int:
    """The last line of a statement that starts on `line`: `f(` goes on to its `)`. The body of a function, a
    loop or a function literal does not belong to it, nor does a literal with braces that is open at a line's end."""
    open_: list[bytes] = []
    start = lines.starts[line - 1] if line <= len(lines.starts) else len(lines.content)
    end = start + MOST_BYTES
    for match in _TOKEN.finditer(lines.content, start, end):
        sign = match["sign"]
        if sign is None:
            continue
        if sign == b"\n":
            if not open_ or b"{" in open_:
                return line + lines.content.count(b"\n", start, match.start())
        elif sign not in _CLOSES:
            open_.append(sign)
        elif open_ and open_[-1] == _CLOSES[sign]:
            open_.pop()
    return line + lines.content.count(b"\n", start, end)
