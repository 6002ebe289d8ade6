"""The tree-sitter queries that ship as `queries/*.scm`: inside the package, or at the repository root."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from tree_sitter import Node, Query, QueryCursor

from govet_py.syntax.grammar import LANGUAGE

NAMES = ("declarations", "directives", "gotos")


def query_text(name: str) -> str:
    """The text of a query. Raises FileNotFoundError when it did not ship."""
    packaged = files("govet_py") / "queries" / f"{name}.scm"
    if packaged.is_file():
        return packaged.read_text("utf-8")
    return (Path(__file__).parents[3] / "queries" / f"{name}.scm").read_text("utf-8")


@cache
def _query(name: str) -> Query:
    return Query(LANGUAGE, query_text(name))


def captures(name: str, node: Node, depth: int | None = None) -> dict[str, list[Node]]:
    """The captures of a query below a node, by capture name, in source order. With `depth`, matches
    start at most so many levels down: a query of top-level declarations need not walk the bodies."""
    cursor = QueryCursor(_query(name))
    if depth is not None:
        cursor.set_max_start_depth(depth)
    found = cursor.captures(node)
    for nodes in found.values():
        nodes.sort(key=_start)
    return found


def _start(node: Node) -> int:
    return node.start_byte
