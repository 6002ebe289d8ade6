"""What editors, merges, disks and enemies do to files: each a function of chance and content,
    so that a seed repeats it."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

Mutation = Callable[[Random, bytes], bytes]

TOKENS = """func f ( ) { } [ ] if for switch case default: select go defer goto L L: break return := = , ; new make & <-
    * . type struct interface var const 1 "s" ` // /* */ range chan map fallthrough nil _ iota ... 世 0x ' " \\ << && ~
    """.encode().split()
_WORD = re.compile(rb"[A-Za-z_]\w*")
_BRACKETS = re.compile(rb"[][(){}]")
_TURNED = {
    b"Lock": b"Unlock", b"Unlock": b"Lock", b"RLock": b"RUnlock", b"go": b"defer", b"defer": b"go", b"Add": b"Done",
    b"Done": b"Wait", b"Wait": b"Done", b"close": b"len", b"range": b"<-", b"chan": b"map[chan int]", b"for": b"if",
    b"if": b"for", b"return": b"continue", b"break": b"goto", b"func": b"type", b"struct": b"interface",
    b"context": b"sync", b"sync": b"context", b"select": b"switch", b"switch": b"select", b"case": b"default: case",
    b"mu": b"mu.mu", b"ctx": b"ctx()", b"error": b"[]error", b"int": b"*int", b"nil": b"iota", b"make": b"new",
}
"""Words that change what a program means and mostly leave it Go."""
DEEP = 5_000
LONG = 200_000


def _truncated(chance: Random, content: bytes) -> bytes:
    return content[:chance.randrange(len(content) + 1)]


def _beheaded(chance: Random, content: bytes) -> bytes:
    return content[chance.randrange(len(content) + 1):]


def _lines_swapped(chance: Random, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    for _ in range(chance.randint(1, 4)):
        if lines:
            one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
            lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def _lines_shuffled(chance: Random, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    chance.shuffle(lines)
    return b"".join(lines)


def _lines_lost(chance: Random, content: bytes) -> bytes:
    return b"".join(line for line in content.splitlines(keepends=True) if chance.random() > 0.1)


def _lines_doubled(chance: Random, content: bytes) -> bytes:
    return b"".join(line * (2 if chance.random() < 0.1 else 1) for line in content.splitlines(keepends=True))


def _all_doubled(chance: Random, content: bytes) -> bytes:
    return content * 2


def _put(chance: Random, content: bytes, piece: bytes) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + piece + content[at:]


def _noise(chance: Random, content: bytes) -> bytes:
    out = bytearray(content)
    for _ in range(chance.randint(1, 20)):
        if out:
            out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out)


def _tokens_put(chance: Random, content: bytes) -> bytes:
    for _ in range(chance.randint(1, 5)):
        content = _put(chance, content, b" " + chance.choice(TOKENS) + b" ")
    return content


def _bytes_lost(chance: Random, content: bytes) -> bytes:
    start = chance.randrange(len(content) + 1)
    return content[:start] + content[start + chance.randint(1, 60):]


def _brackets_lost(chance: Random, content: bytes) -> bytes:
    return _BRACKETS.sub(lambda found: b"" if chance.random() < 0.05 else found[0], content)


def _brackets_turned(chance: Random, content: bytes) -> bytes:
    def turned(found: re.Match[bytes]) -> bytes:
        return chance.choice([b"(", b"}", b"]", b"{"]) if chance.random() < 0.05 else found[0]

    return _BRACKETS.sub(turned, content)


def _words_turned(chance: Random, content: bytes) -> bytes:
    return _WORD.sub(lambda found: _TURNED.get(found[0], found[0]) if chance.random() < 0.3 else found[0], content)


def _words_swapped(chance: Random, content: bytes) -> bytes:
    words = _WORD.findall(content) or [b"x"]
    return _WORD.sub(lambda found: chance.choice(words) if chance.random() < 0.08 else found[0], content)


def _one_name(chance: Random, content: bytes) -> bytes:
    """Everything that a file declares or uses under a few names."""
    words = sorted(set(_WORD.findall(content)) - {b"package", b"func", b"import"})
    merged = set(chance.sample(words, k=min(len(words), 6)))
    return _WORD.sub(lambda found: b"same" if found[0] in merged else found[0], content)


def _part_moved(chance: Random, content: bytes) -> bytes:
    start = chance.randrange(len(content) + 1)
    return _put(chance, content, content[start:start + chance.randint(1, 400)])


def _deeper(chance: Random, content: bytes) -> bytes:
    opening, closing = chance.choice([
        (b"{", b"}"), (b"(", b")"), (b"[", b"]"), (b"func() {", b"}()"), (b"if x {", b"}"), (b"*", b""), (b"!", b""),
        (b"[]", b""), (b"struct { a ", b"}"), (b"x.", b""), (b"x[", b"]"), (b"f(", b")"), (b"chan ", b""), (b"<-", b""),
        (b"map[int]", b""), (b"-", b""), (b"for {", b"}"), (b"switch { case ", b": }"), (b"go func() {", b"}()\n"),
    ])
    deep = chance.choice([3, 30, 300, DEEP])
    return _put(chance, content, opening * deep + b"x" + closing * deep)


def _longer(chance: Random, content: bytes) -> bytes:
    pieces = [b"x", b" ", b"\n", b"a,", b"1+", b";", b"\t\n", b"/*", b"//\n", b'"', b"`", b"\\", b"new(", b"f();"]
    piece = chance.choice(pieces)
    return _put(chance, content, piece * (chance.choice([100, 1_000, LONG // 10]) // len(piece)))


def _one_line(chance: Random, content: bytes) -> bytes:
    return content.replace(b"\n", b" ")


_NO_TEXT = [b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xfe\xff"]

MUTATIONS: tuple[Mutation, ...] = (
    _truncated, _beheaded, _lines_swapped, _lines_shuffled, _lines_lost, _lines_doubled, _all_doubled, _noise,
    _tokens_put,
    _bytes_lost, _brackets_lost, _brackets_turned, _words_turned, _words_swapped, _one_name, _part_moved, _deeper,
    _longer,
    _one_line,
    lambda chance, content: _put(chance, content, b"\0" * chance.randint(1, 9)),
    lambda chance, content: b"\xef\xbb\xbf" + content,
    lambda chance, content: _put(chance, content, b"\xef\xbb\xbf"),
    lambda chance, content: _put(chance, content, chance.choice(_NO_TEXT)),
    lambda chance, content: content.replace(b"\n", b"\r\n"),
    lambda chance, content: content.replace(b"\n", b"\r"),
    lambda chance, content: content.replace(b"\n", "\u2028".encode()),
    lambda chance, content: content.decode("utf-8", "replace").encode("utf-16"),
    lambda chance, content: _put(chance, content, chance.randbytes(chance.randint(1, 2_000))),
    lambda chance, content: _put(chance, content, b"\n<<<<<<< HEAD\n=======\n>>>>>>> other\n"),
    lambda chance, content: _put(chance, content, b"\n//govet:ignore all -- x\n//nolint\n//line /etc/passwd:1\n"),
    lambda chance, content: _put(chance, content, b"\x1b[2J\x1b]0;x\x07\n::error::x\n"),
)


def mutated(chance: Random, content: bytes, other: bytes = b"") -> bytes:
    """The content after one to three mutations, perhaps with a part of `other` in it."""
    if other and chance.random() < 0.15:
        start = chance.randrange(len(other))
        content = _put(chance, content, other[start:start + chance.randint(1, 800)])
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        content = chance.choice(MUTATIONS)(chance, content)
    return content
