"""One Go file to plain data: parse, repair where the grammar lags behind the language, read, lower."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import NamedTuple

from tree_sitter import Node, Tree

from govet_py.model.declarations import FileSyntax, Notice
from govet_py.model.source import SourceFile
from govet_py.syntax.declarations import FileReader
from govet_py.syntax.grammar import kind, tree_of
from govet_py.syntax.repair import modernised, without_broken

FUNCTIONS = frozenset((kind("function_declaration"), kind("method_declaration")))


class Parsed(NamedTuple):
    """A tree whose offsets are those of the file. `emptied`: where functions start that did not parse."""

    tree: Tree
    repaired: bool
    emptied: frozenset[int]


def parse(file: SourceFile, content: bytes) -> FileSyntax:
    """All that later stages need of a file. Never raises for what the file contains: what cannot be
    read becomes a notice. Spans are byte offsets into `content`."""
    start = time.process_time()
    tree, repaired, emptied = _parsed(content)
    seconds = time.process_time() - start
    syntax = FileReader(file, content, emptied).read(tree.root_node)
    syntax.repaired = repaired
    syntax.partial = tree.root_node.has_error or bool(emptied)
    syntax.parse_seconds = seconds
    syntax.notices += tuple(_notices(file.path, tree.root_node))
    return syntax


def _notices(path: str, root: Node) -> Iterator[Notice]:
    """What does not parse besides functions, which have notices of their own."""
    for child in root.children:
        if (child.has_error or child.is_missing) and child.kind_id not in FUNCTIONS:
            yield Notice("partial-parse", path, _error_line(child), "what does not parse here is left out")
            return


def _parsed(content: bytes) -> Parsed:
    tree = tree_of(content)
    if not tree.root_node.has_error:
        return Parsed(tree, False, frozenset())
    source = modernised(content)
    repaired = source != content
    tree = tree_of(source) if repaired else tree
    if not tree.root_node.has_error:
        return Parsed(tree, repaired, frozenset())
    source, emptied = without_broken(source)
    return Parsed(tree_of(source) if emptied else tree, repaired, emptied)


def _error_line(node: Node) -> int:
    while True:
        inner = next((child for child in node.children if child.has_error or child.is_missing), None)
        if inner is None:
            return node.start_point[0] + 1
        node = inner
