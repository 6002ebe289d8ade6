"""The words of mutation: a source file to mutate, a change to it, the mutant that comes out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from tree_sitter import Node, Tree

from govet_py.syntax.grammar import tree_of


class Edit(NamedTuple):
    """Bytes `start` to `end` of a file become `text`."""

    start: int
    end: int
    text: str


class Change(NamedTuple):
    """What an operator does at one place: the node that it is about, and its edits."""

    node: Node
    edits: tuple[Edit, ...]


class Mutant(NamedTuple):
    """A file with one mistake in it. `before` and `after` are the text that differs, `line` is where it is, and
    `first` to `last` are the lines of the function around it. Lines keep their numbers in the mutated file."""

    rule: str
    operator: str
    file: str
    line: int
    before: str
    after: str
    first: int
    last: int
    edits: tuple[Edit, ...]


@dataclass(eq=False)
class Source:
    """A Go file of the tree that is mutated. `package` are the files of its package or case, `world` all files
    of the tree that it is in; both are set when all files are read."""

    path: str
    content: bytes
    package: tuple[Source, ...] = ()
    world: tuple[Source, ...] = ()

    @cached_property
    def tree(self) -> Tree:
        return tree_of(self.content)

    @property
    def root(self) -> Node:
        return self.tree.root_node

    @cached_property
    def nodes(self) -> dict[str, list[Node]]:
        """All named nodes by kind, in order of the text."""
        found: dict[str, list[Node]] = {}
        stack = [self.root]
        while stack:
            node = stack.pop()
            found.setdefault(node.type, []).append(node)
            stack.extend(reversed(node.named_children))
        return found

    def of(self, *kinds: str) -> list[Node]:
        """All nodes of some kinds."""
        return [node for kind in kinds for node in self.nodes.get(kind, [])]

    def text(self, node: Node | None) -> str:
        """The text of a node, "" for None."""
        return "" if node is None else self.content[node.start_byte : node.end_byte].decode("utf-8", "replace")


class Operator(NamedTuple):
    """A way to break correct code. `homes` are the rules whose negatives it is applied to, `*` all; in other code and
    other negatives the mutant counts for the first one. `fits` are the rules that may report what it does."""

    name: str
    changes: Callable[[Source], Iterator[Change]]
    homes: tuple[str, ...]
    fits: frozenset[str]


def mutants(operator: Operator, source: Source, rule: str) -> Iterator[Mutant]:
    """All mutants of a file by one operator, in order of the text."""
    for node, edits in operator.changes(source):
        start, end = min(edit.start for edit in edits), max(edit.end for edit in edits)
        first, last = _around(node)
        after = applied(source.content, edits)
        grown = len(after) - len(source.content)
        yield Mutant(
            rule,
            operator.name,
            source.path,
            node.start_point[0] + 1,
            source.content[start:end].decode("utf-8", "replace"),
            after[start : end + grown].decode("utf-8", "replace"),
            first,
            last,
            edits,
        )


def applied(content: bytes, edits: tuple[Edit, ...]) -> bytes:
    """A file with edits, which must not overlap; lines keep their numbers."""
    for start, end, text in sorted(edits, reverse=True):
        content = content[:start] + text.encode() + content[end:]
    return content


_IMPORT = re.compile(r'^(import\s+|\t)"((?:[^"\n]*/)?([\w.-]+))"$', re.MULTILINE)


def without_unused_imports(content: bytes) -> bytes:
    """A file whose imports that nothing names any more are blank ones, so that it compiles."""
    code = content.decode("utf-8", "replace")

    def blanked(match: re.Match[str]) -> str:
        parts = match[2].split("/")
        name = parts[-2] if re.fullmatch(r"v\d+", parts[-1]) and len(parts) > 1 else parts[-1]
        return match[0] if re.search(rf"\b{re.escape(name)}\.", code) else f'{match[1]}_ "{match[2]}"'

    return _IMPORT.sub(blanked, code).encode()


def _around(node: Node) -> tuple[int, int]:
    """The lines of the declaration around a node."""
    while node.parent is not None and node.parent.parent is not None:
        node = node.parent
    return node.start_point[0] + 1, node.end_point[0] + 1
