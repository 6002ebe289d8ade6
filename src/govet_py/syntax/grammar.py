"""The tree-sitter grammar for Go: its language object and parser, node kinds and fields as integers."""

from __future__ import annotations

import sys
import time
from functools import cache

import tree_sitter
import tree_sitter_go

LANGUAGE = tree_sitter.Language(tree_sitter_go.language())


def kind(name: str) -> int:
    """The id of a named node kind. Raises ValueError for a name that the grammar lacks."""
    found = LANGUAGE.id_for_node_kind(name, True)
    if not found:
        raise ValueError(f"the grammar has no node kind {name!r}")
    return found


def field(name: str) -> int:
    """The id of a field. Raises ValueError for a name that the grammar lacks."""
    found = LANGUAGE.field_id_for_name(name)
    if not found:
        raise ValueError(f"the grammar has no field {name!r}")
    return found


_WATCHED = 1 << 12
_PIECE = 1 << 16

COMMENT = kind("comment")


@cache
def _parser() -> tree_sitter.Parser:
    return tree_sitter.Parser(LANGUAGE)


class TooSlow(Exception):
    """Parsing took more time than a file may take."""


class Patience:
    """The seconds of processor time that are left for a file: what is no Go may take a thousand times longer
    than Go."""

    def __init__(self, seconds: float) -> None:
        self._end = time.process_time() + seconds

    def is_over(self, offset: int = 0, has_error: bool = False) -> bool:
        """Reports whether to give up (the signature is that of tree-sitter's progress callback)."""
        return time.process_time() > self._end


def tree_of(source: bytes, patience: Patience | None = None) -> tree_sitter.Tree:
    """The syntax tree of a file, with error nodes where it does not parse. Raises TooSlow."""
    if patience is None or len(source) < _WATCHED:
        return _parser().parse(source)
    try:
        return _parser().parse(lambda at, point: source[at : at + _PIECE], progress_callback=patience.is_over)
    except ValueError as error:  # "Parsing failed"
        _parser().reset()
        raise TooSlow from error


def text(source: bytes, node: tree_sitter.Node) -> str:
    """The source text of a node, interned."""
    return sys.intern(source[node.start_byte : node.end_byte].decode("utf-8", "replace"))


def children(node: tree_sitter.Node) -> list[tree_sitter.Node]:
    """The named children of a node without comments."""
    found = node.named_children
    for child in found:
        if child.kind_id == COMMENT:
            return [c for c in found if c.kind_id != COMMENT]
    return found
