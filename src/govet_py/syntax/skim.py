"""Generated code without the bodies of its functions, of which nothing but their declarations is read.

They are blanked before the file is parsed, which takes twice as long with them. A body is what stands between
a line that begins with `func` and ends with a brace, and the next brace that is a line of its own: so gofmt
writes functions. One with a raw string or the end of a comment in it is left, since there such lines may be text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_HEAD = re.compile(rb"^func .*\{\n", re.MULTILINE)
_END = b"\n}\n"
_BLANK = bytes(byte if byte in b"\r\n" else ord(" ") for byte in range(256))


def skimmed(source: bytes) -> bytes:
    """The source with blanks for what the functions do; what is left stays where it was, lines too."""
    return b"".join(_pieces(source))


def _pieces(source: bytes) -> Iterator[bytes]:
    done = 0
    while head := _HEAD.search(source, done):
        end = source.find(_END, head.end() - 1)
        if end < 0:
            break
        yield source[done : head.end()]
        body = source[head.end() : end + 1]
        yield body if b"`" in body or b"*/" in body else body.translate(_BLANK)
        done = end + 1
    yield source[done:]
