"""One Go file to plain data: parse, repair where the grammar lags behind the language, read, lower."""

from __future__ import annotations

import time
from typing import NamedTuple

from tree_sitter import Node, Tree

from govet_py.model.declarations import FileSyntax, Notice
from govet_py.model.source import SourceFile
from govet_py.syntax.declarations import FileReader
from govet_py.syntax.grammar import Patience, TooSlow, kind, tree_of
from govet_py.syntax.repair import modernised, without_broken
from govet_py.syntax.skim import skimmed

FUNCTIONS = frozenset((kind("function_declaration"), kind("method_declaration")))


PATIENCE = 3.0
"""Seconds of processor time; the slowest file of Vitess takes a tenth of that."""


MOST_CHILDREN = 50_000
"""Of a node near the root of a tree with errors: bytes that are no Go make a node each."""


class Parsed(NamedTuple):
    """A tree whose offsets are those of the file. `emptied`: where functions start that did not parse."""

    tree: Tree
    repaired: bool
    emptied: frozenset[int]


def parse(file: SourceFile, content: bytes) -> FileSyntax:
    """All that later stages need of a file. Never raises for what the file contains: what cannot be
    read becomes a notice. Raises TooSlow for what takes too long. Spans are byte offsets into `content`."""
    start = time.process_time()
    patience = Patience(PATIENCE)
    outline = _outline(content, patience) if file.is_generated else None
    tree, repaired, emptied = outline or _parsed(content, patience)
    seconds = time.process_time() - start
    if tree.root_node.has_error and _is_crowded(tree.root_node):
        raise TooSlow
    syntax = FileReader(file, content, emptied).read(tree.root_node)
    syntax.repaired = repaired
    syntax.partial = tree.root_node.has_error or bool(emptied)
    syntax.parse_seconds = seconds
    line = _error_line(tree.root_node, syntax.notices) if syntax.partial else 0
    if line:
        syntax.notices += (Notice("partial-parse", file.path, line, "what does not parse here is left out"),)
    if not syntax.package and not syntax.notices:
        syntax.notices += (Notice("partial-parse", file.path, 1, "no package clause"),)
    return syntax


def _error_line(root: Node, known: tuple[Notice, ...]) -> int:
    """Where the first error is besides those in functions, which have notices of their own; 0 if nowhere."""
    node = next((child for child in root.children if _is_bad(child) and child.kind_id not in FUNCTIONS), None)
    if node is None:
        return 0 if known else root.start_point[0] + 1
    while inner := next(filter(_is_bad, node.children), None):
        node = inner
    return node.start_point[0] + 1


def _is_crowded(root: Node) -> bool:
    return root.child_count > MOST_CHILDREN or any(one.child_count > MOST_CHILDREN for one in root.children)


def _is_bad(node: Node) -> bool:
    return node.has_error or node.is_missing


def _outline(content: bytes, patience: Patience) -> Parsed | None:
    """A generated file without what its functions do; None where that does not parse."""
    tree = tree_of(skimmed(content), patience)
    return None if tree.root_node.has_error else Parsed(tree, False, frozenset())


def _parsed(content: bytes, patience: Patience) -> Parsed:
    tree = tree_of(content, patience)
    if not tree.root_node.has_error:
        return Parsed(tree, False, frozenset())
    source = modernised(content, patience)
    repaired = source != content
    tree = tree_of(source, patience) if repaired else tree
    if not tree.root_node.has_error:
        return Parsed(tree, repaired, frozenset())
    source, emptied = without_broken(source, patience)
    return Parsed(tree_of(source, patience) if emptied else tree, repaired, emptied)
