"""Mistakes with what is expected: a time limit that nobody calls expected, a record that nobody makes sure of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from mutation.golang import (
    FUNCTIONS,
    body,
    call_in,
    callee,
    deleted,
    enclosing,
    field,
    items,
    preceding,
    replaced,
    walk,
    words,
)
from mutation.model import Change, Source
from mutation.named import Named, named

_LIMITS = re.compile(r"(?i)^(?:\w+\.)?\w*(?:querytimeout|3024)$|^3024$")
_BUILDS = re.compile(r"\.(?:Update|Rebuild)Srv\w+\(")
_WATCHES = re.compile(r"\.WatchSrv\w+\(")
_DEADLINE = re.compile(r"errors\.Is\((\w+), context\.DeadlineExceeded\)")


def limit_unexpected(source: Source) -> Iterator[Change]:
    """A classifier does not list the error of a time limit any more, or a loop does not tell it apart. Where the test
    returns the error, it was fatal before: without the test it is not."""
    for case in source.of("expression_case"):
        values = field(case, "value")
        for value in values.named_children if values is not None else []:
            if _LIMITS.match(source.text(value)):
                yield Change(case, (replaced(source, value, "65535"),))
    for call in source.of("call_expression"):
        match, parent = _DEADLINE.fullmatch(source.text(call)), call.parent
        if match is None or parent is None:
            continue
        if parent.type == "binary_expression" and source.text(field(parent, "operator")) == "||":
            test = enclosing(call, ("if_statement", *FUNCTIONS))
            if not _returns(source, test, match[1]):
                yield Change(call, (replaced(source, call, "false"),))
            continue
        test = parent if parent.type == "if_statement" else parent.parent
        inner = items(field(test, "consequence"))
        if test is not None and test.type == "if_statement" and inner and inner[-1].type == "continue_statement":
            yield Change(test, (deleted(source, test),))


def _returns(source: Source, test: Node | None, error: str) -> bool:
    """Whether an if returns an error that it has tested."""
    last = items(field(test, "consequence"))[-1:]
    return any(one.type == "return_statement" and error in words(source, one) for one in last)


def not_ensured(source: Source) -> Iterator[Change]:
    """Start-up does not build a record any more before it watches it: the statement that does is gone. Others build
    it too, or nobody would wait for it. Where its caller has built the record by then, it is there to be watched."""
    known = named(source.world)
    builds = known.closed(known.doing(_BUILDS), set(known.bodies), set()) | {
        name for name in known.bodies if _BUILDS.match(f".{name}(")
    }
    watches = known.closed(known.doing(_WATCHES), set(known.bodies), set()) | {
        name for name in known.bodies if _WATCHES.match(f".{name}(")
    }
    for function in source.of("function_declaration", "method_declaration"):
        for statement in items(body(function)):
            if not _called(source, statement) & watches:
                continue
            kinds = ("expression_statement", "if_statement")
            building = [one for one in preceding(statement) if one.type in kinds and _called(source, one) & builds]
            if _built_before(source, function, builds):
                break
            if len(building) == 1 and _built_elsewhere(known, _called(source, building[0]) & builds):
                yield Change(building[0], (deleted(source, building[0]),))
            break


def _called(source: Source, statement: Node) -> set[str]:
    return {callee(source, node).rpartition(".")[2] for node in walk(statement) if node.type == "call_expression"} | {
        callee(source, call_in(statement)).rpartition(".")[2]
    }


def _built_before(source: Source, function: Node, builds: set[str]) -> bool:
    """Whether a function of the package calls another one after something that builds the record."""
    name = source.text(field(function, "name"))
    for one in source.package:
        for caller in one.of("function_declaration", "method_declaration"):
            calls = [callee(one, node).rpartition(".")[2] for node in walk(caller) if node.type == "call_expression"]
            if caller != function and name in calls and set(calls[: calls.index(name)]) & builds:
                return True
    return False


def _built_elsewhere(known: Named, building: set[str]) -> bool:
    """Whether some other function of the tree calls what builds the record."""
    below = set().union(*(known.calls.get(name, set()) for name in building)) | building
    return any(calls & below & set(known.bodies) for name, calls in known.calls.items() if name not in below)
