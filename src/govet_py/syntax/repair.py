"""Length-preserving repairs of what tree-sitter-go 0.25 does not know, so that offsets stay valid.

Go 1.26 `new(expr)`: the builtin is renamed to a plain identifier of the same length; the places are
remembered and lowering gives the name back. Go 1.27 generic methods: the type parameters after the
method's name are blanked. Only files that did not parse are touched, strings and comments never.
"""

from __future__ import annotations

import re

from tree_sitter import Tree

from govet_py.syntax.queries import captures

_TOKENS = re.compile(
    rb"""(?P<skip>//[^\n]*|/\*.*?\*/|`[^`]*`|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+')"""
    rb"""|(?P<new>(?<![\w.])new(?=\s*\())"""
    rb"""|(?P<method>(?<![\w.])func\s*\([^()]*\)\s*\w+)(?P<params>\s*\[[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*\])(?=\s*\()""",
    re.DOTALL,
)
RENAMED = b"ne_"


def repair(source: bytes, tree: Tree) -> tuple[bytes, frozenset[int]]:
    """The repaired source and the offsets of renamed `new`s; the source itself when nothing fits."""
    errors = [node.start_byte for nodes in captures("errors", tree.root_node).values() for node in nodes]
    errors_end = [node.end_byte for nodes in captures("errors", tree.root_node).values() for node in nodes]
    if not errors:
        return source, frozenset()
    low, high = min(errors), max(errors_end)
    out = bytearray(source)
    renamed: set[int] = set()
    for token in _TOKENS.finditer(source):
        if token.group("new"):
            start = token.start("new")
            if start <= high and _closing(source, start) >= low:
                out[start : start + 3] = RENAMED
                renamed.add(start)
        elif token.group("params"):
            begin, end = token.span("params")
            out[begin:end] = bytes(10 if byte == 10 else 32 for byte in source[begin:end])
    return bytes(out), frozenset(renamed)


def _closing(source: bytes, start: int) -> int:
    """The offset of the parenthesis that closes the call at `start` (strings are not looked at)."""
    depth = 0
    for at in range(source.index(b"(", start), len(source)):
        if source[at] == 40:
            depth += 1
        elif source[at] == 41:
            depth -= 1
            if depth == 0:
                return at
    return len(source)
