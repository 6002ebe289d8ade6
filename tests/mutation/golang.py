"""Questions to Go syntax trees that several operators ask."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from mutation.model import Edit, Source

FUNCTIONS = ("function_declaration", "method_declaration", "func_literal")
LOOPS = frozenset(("for_statement",))
_WORD = re.compile(r"[A-Za-z_]\w*")


def field(node: Node | None, name: str) -> Node | None:
    """A child by its field; None of None."""
    return None if node is None else node.child_by_field_name(name)


def function_of(node: Node) -> Node | None:
    """The innermost function or literal around a node."""
    return enclosing(node, FUNCTIONS)


def declaration_of(node: Node) -> Node | None:
    """The declared function around a node."""
    return enclosing(node, FUNCTIONS[:2])


def enclosing(node: Node, kinds: tuple[str, ...]) -> Node | None:
    """The innermost node of some kinds around a node."""
    around = node.parent
    while around is not None and around.type not in kinds:
        around = around.parent
    return around


def within(node: Node, outer: Node) -> bool:
    return outer.start_byte <= node.start_byte and node.end_byte <= outer.end_byte


def walk(node: Node, into_literals: bool = True) -> Iterator[Node]:
    """A node and all below it, in order of the text."""
    yield node
    for child in node.named_children:
        if into_literals or child.type != "func_literal":
            yield from walk(child, into_literals)


def body(function: Node) -> Node | None:
    return field(function, "body")


def statements(function: Node) -> list[Node]:
    """The statements of a function's own block."""
    return items(body(function))


def items(block: Node | None) -> list[Node]:
    """The statements of a block or a case."""
    if block is None:
        return []
    lists = [child for child in block.named_children if child.type == "statement_list"]
    return [one for found in lists for one in found.named_children if one.type != "comment"]


def following(statement: Node) -> list[Node]:
    """The statements after one in its list."""
    parent = statement.parent
    if parent is None or parent.type != "statement_list":
        return []
    return [one for one in parent.named_children if one.start_byte >= statement.end_byte and one.type != "comment"]


def preceding(statement: Node) -> list[Node]:
    """The statements before one in its list, nearest first."""
    parent = statement.parent
    if parent is None or parent.type != "statement_list":
        return []
    found = [one for one in parent.named_children if one.end_byte <= statement.start_byte and one.type != "comment"]
    return found[::-1]


def call_in(statement: Node) -> Node | None:
    """The call that a statement is: by itself, deferred or as a goroutine."""
    if statement.type in ("expression_statement", "defer_statement", "go_statement"):
        inner = statement.named_children[0] if statement.named_children else None
        return inner if inner is not None and inner.type == "call_expression" else None
    return None


def callee(source: Source, call: Node | None) -> str:
    """What a call calls, as written."""
    return source.text(field(call, "function"))


def arguments(call: Node | None) -> list[Node]:
    found = field(call, "arguments")
    return [] if found is None else [one for one in found.named_children if one.type != "comment"]


def method_call(source: Source, statement: Node, *names: str) -> str | None:
    """The object of a statement `object.name()`, deferred or not, without arguments."""
    call = call_in(statement)
    function = field(call, "function")
    if call is None or statement.type == "go_statement" or function is None or function.type != "selector_expression":
        return None
    if arguments(call) or source.text(field(function, "field")) not in names:
        return None
    return source.text(field(function, "operand"))


def words(source: Source, node: Node | None) -> set[str]:
    """The identifiers in a node."""
    return set(_WORD.findall(source.text(node)))


def leaves(statement: Node | None) -> bool:
    """Whether a statement leaves the block around it."""
    if statement is None:
        return False
    kinds = ("return_statement", "break_statement", "continue_statement", "goto_statement")
    return statement.type in kinds or (statement.type == "expression_statement" and _ends(statement))


def _ends(statement: Node) -> bool:
    call = call_in(statement)
    function = field(call, "function")
    return function is not None and function.text in (b"panic", b"os.Exit", b"log.Fatal", b"log.Fatalf")


def in_loop(node: Node) -> Node | None:
    """The innermost loop around a node in the same function."""
    around = enclosing(node, ("for_statement", *FUNCTIONS))
    return around if around is not None and around.type == "for_statement" else None


def is_endless(loop: Node) -> bool:
    """Whether a loop has no condition and no range."""
    head = [child for child in loop.named_children if child.type not in ("block", "comment")]
    return not head or (head[0].type == "for_clause" and field(head[0], "condition") is None)


def started(source: Source) -> set[str]:
    """The names of the functions that `go` starts, in the file and beside it."""
    return {
        callee(one, call_in(start)).rpartition(".")[2]
        for one in source.package
        for start in one.of("go_statement")
    }


def is_goroutine(source: Source, function: Node) -> bool:
    """Whether a function is what a go statement starts."""
    name = source.text(field(function, "name"))
    return name in started(source) if name else is_started(function)


def leaves_otherwise(loop: Node, case: Node, function: Node) -> bool:
    """Whether a loop of a function has a way out besides one case."""
    kinds = ("return_statement", "break_statement", "goto_statement")
    return any(
        node.type in kinds and function_of(node) == function and not case.start_byte <= node.start_byte < case.end_byte
        for node in walk(loop)
    )


def deleted(source: Source, node: Node) -> Edit:
    """The edit that takes a node out and keeps its line breaks."""
    return replaced(source, node, "")


def replaced(source: Source, node: Node, text: str) -> Edit:
    """The edit that puts a text in place of a node and keeps its line breaks."""
    missing = source.text(node).count("\n") - text.count("\n")
    return Edit(node.start_byte, node.end_byte, text + "\n" * missing)


def before(node: Node, text: str) -> Edit:
    return Edit(node.start_byte, node.start_byte, text)


def behind(node: Node, text: str) -> Edit:
    return Edit(node.end_byte, node.end_byte, text)


def is_started(literal: Node) -> bool:
    """Whether a literal is started as a goroutine: by `go` or as the argument of a method Go."""
    parent = literal.parent
    if parent is None:
        return False
    if parent.type == "call_expression":
        return parent.parent is not None and parent.parent.type == "go_statement"
    call = parent.parent if parent.type == "argument_list" else None
    function = field(call, "function")
    return function is not None and (function.text or b"").endswith(b".Go")
