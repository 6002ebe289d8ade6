"""Mistakes that make goroutines share what each had to itself: joins left out, copies widened, variables hoisted."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from mutation.golang import (
    arguments,
    before,
    callee,
    deleted,
    enclosing,
    field,
    following,
    function_of,
    in_loop,
    is_started,
    method_call,
    replaced,
    walk,
    words,
)
from mutation.model import Change, Source
from mutation.sections import LOCKS, Held, changed, held_in

_COPIES = ("maps.Clone", "slices.Clone")


def join_deleted(source: Source) -> Iterator[Change]:
    """A wait for goroutines is gone although what follows uses a variable that they write; to return the map or slice
    that they fill is no use by itself, and where a lock is taken first, they take it too."""
    for statement in source.of("expression_statement"):
        bare = source.text(statement).startswith("<-")
        function = function_of(statement)
        if function is None or not (bare or method_call(source, statement, "Wait") is not None):
            continue
        if any(method_call(source, one, *LOCKS) for one in following(statement)[:1]):
            continue
        used = {name for one in following(statement) for name in _accessed(source, one)}
        started = [
            one
            for one in walk(function)
            if one.type == "func_literal" and is_started(one) and one.end_byte < statement.start_byte
        ]
        written = {name for literal in started for name in _assigned(source, literal)}
        if used & written:
            yield Change(statement, (deleted(source, statement),))


def _identifiers(source: Source, node: Node) -> set[str]:
    return {source.text(one) for one in walk(node) if one.type == "identifier"}


def _accessed(source: Source, statement: Node) -> set[str]:
    """The variables that a statement reads or writes, not those that it hands out or measures."""
    left_out = (
        "return_statement", "expression_list", "argument_list", "literal_element", "literal_value", "keyed_element",
    )
    found = set()
    for node in walk(statement):
        parent = node.parent
        is_bare = parent is not None and parent.type in left_out and statement.type == "return_statement"
        if node.type == "identifier" and not is_bare:
            found.add(source.text(node))
    return found


def _assigned(source: Source, literal: Node) -> set[str]:
    """The variables of the function around a literal that it assigns, or whose elements it does."""
    found, own = set(), set()
    for node in walk(literal):
        left = field(node, "left")
        if node.type in ("short_var_declaration", "range_clause") and left is not None:
            own |= _identifiers(source, left)
        elif node.type == "assignment_statement" and left is not None:
            found |= {source.text(_root(target)) for target in left.named_children}
        elif node.type in ("inc_statement", "dec_statement"):
            found.add(source.text(_root(node.named_children[0])))
    return found - own


def _root(target: Node) -> Node:
    inner = field(target, "operand")
    return target if inner is None or target.type == "call_expression" else _root(inner)


def copy_widened(source: Source) -> Iterator[Change]:
    """A copy that is made under a lock to be returned, or to be written, is the original. What is returned is written
    in place by others; what is written, others have: it was read under a lock or from an atomic. Not what an element of
    a container refers to: the lock is the container's, and whoever takes the element out may be alone with it."""
    for call in source.of("call_expression"):
        original = _original(source, call)
        if original is None or "[" in original:
            continue
        shared = ".Load()" in original or bool(_sections(source, call))
        if _is_returned_under_lock(source, call, original) or (shared and _is_written_after(source, call)):
            yield Change(call, (replaced(source, call, original),))


def _original(source: Source, call: Node) -> str | None:
    name, given = callee(source, call), arguments(call)
    if name in _COPIES:
        return source.text(given[0])
    base, _, method = name.rpartition(".")
    if method.lower() in ("clone", "clonevt", "copy") and base and not given:
        return base
    if not base and name.lower().startswith(("clone", "copy")) and len(given) == 1:
        return source.text(given[0])
    return None


def _is_returned_under_lock(source: Source, call: Node, original: str) -> bool:
    statement = enclosing(call, ("return_statement", "block"))
    if statement is None or statement.type != "return_statement":
        return False
    written = changed(source.package)
    return any(
        original.startswith(f"{held.base}.") and (held.lock_of, original.removeprefix(f"{held.base}.")) in written
        for held in _sections(source, call)
    )


def _sections(source: Source, node: Node) -> list[Held]:
    """The locks that a function has taken in front of a node."""
    function = function_of(node)
    return [one for one in held_in(source) if one.function == function and one.locks[0].start_byte < node.start_byte]


def _is_written_after(source: Source, call: Node) -> bool:
    """Whether the copy gets a name whose elements or fields the function goes on to write."""
    holder = enclosing(call, ("short_var_declaration", "block"))
    if holder is None or holder.type != "short_var_declaration":
        return False
    name = source.text(field(holder, "left"))
    for node in (inner for one in following(holder) for inner in walk(one)):
        left = field(node, "left") if node.type == "assignment_statement" else None
        targets = left.named_children if left is not None else []
        if any(source.text(_root(one)) == name and one.type != "identifier" for one in targets):
            return True
    return False


def variable_hoisted(source: Source) -> Iterator[Change]:
    """A variable of a goroutine that is started in a loop is declared in front of the loop; where the loop has one of
    that name already, it would hide it."""
    for literal in source.of("func_literal"):
        loop = in_loop(literal) if is_started(literal) else None
        if loop is None:
            continue
        for node in walk(literal):
            if node.type != "short_var_declaration" or function_of(node) != literal:
                continue
            name = source.text(field(node, "left"))
            right = source.text(field(node, "right"))
            if _is_declared(source, loop, literal, name):
                continue
            if name.isidentifier() and name.startswith("err") and _is_used_after(source, name, literal, node):
                yield Change(node, (before(loop, f"var {name} error; "), replaced(source, node, f"{name} = {right}")))
                break


def _is_declared(source: Source, loop: Node, literal: Node, name: str) -> bool:
    """Whether the body of a loop declares a name itself, in front of a literal in it."""
    return any(
        name in words(source, field(one, "left"))
        for one in walk(loop, into_literals=False)
        if one.type in ("short_var_declaration", "range_clause") and one.start_byte < literal.start_byte
    )


def _is_used_after(source: Source, name: str, literal: Node, declared: Node) -> bool:
    return any(
        source.text(one) == name
        for one in walk(literal)
        if one.type == "identifier" and one.start_byte > declared.end_byte
    )
