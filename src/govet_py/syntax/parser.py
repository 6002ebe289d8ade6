"""One Go file to plain data: parse, repair where the grammar lags behind the language, read, lower."""

from __future__ import annotations

import time
from functools import cache

from tree_sitter import Parser, Tree

from govet_py.model.declarations import FileSyntax, Notice
from govet_py.model.source import SourceFile
from govet_py.syntax.declarations import FileReader
from govet_py.syntax.grammar import LANGUAGE
from govet_py.syntax.repair import repair


@cache
def _parser() -> Parser:
    return Parser(LANGUAGE)


def parse(file: SourceFile, content: bytes) -> FileSyntax:
    """All that later stages need of a file. Never raises for what the file contains: what cannot be
    read becomes a notice. Spans are byte offsets into `content`."""
    start = time.process_time()
    tree = _parser().parse(content)
    renamed: frozenset[int] = frozenset()
    source, repaired = content, False
    if tree.root_node.has_error:
        source, renamed = repair(content, tree)
        repaired = source != content
        tree = _parser().parse(source) if repaired else tree
    seconds = time.process_time() - start
    syntax = FileReader(file, source, renamed).read(tree.root_node)
    syntax.repaired = repaired
    syntax.partial = tree.root_node.has_error
    syntax.parse_seconds = seconds
    if syntax.partial:
        line = _error_line(tree)
        note = Notice("partial-parse", file.path, line, "the file does not parse whole; what did not parse is left out")
        syntax.notices = (*syntax.notices, note)
    return syntax


def _error_line(tree: Tree) -> int:
    node = tree.root_node
    while True:
        inner = next((child for child in node.children if child.has_error or child.is_missing), None)
        if inner is None:
            return node.start_point[0] + 1
        node = inner
