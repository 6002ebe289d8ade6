"""Mistakes with what a context carries and whom it obeys: a fresh context where a value or an end was handed down.

Who provides a value and who needs one is read off the names of functions: a provider puts a value into a context
that it returns, a consumer asks a context for a value and can fail, or calls one that does. The name of a consumer
counts only where one function alone has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tree_sitter import Node

from mutation.golang import arguments, callee, declaration_of, enclosing, field, function_of, replaced
from mutation.model import Change, Source
from mutation.named import CALLED, named

_FRESH = "context.Background()"
_ASKS = re.compile(r"\.Value\(")
_PUTS = re.compile(r"context\.WithValue\(")
_WAITS = re.compile(r"<-\s*\w+\.Done\(\)|\.(?:PingContext|QueryContext|ExecContext|DialContext|Invoke|NewStream)\(")


class Roles:
    """The functions of a tree by what they do with contexts."""

    def __init__(self, sources: tuple[Source, ...]) -> None:
        known = named(sources)
        every = named(sources, alone=False)
        returns = {name for name, result in every.results.items() if "context.Context" in result}
        fails = {name for name in known.bodies if "error" in known.results[name] or "panic(" in known.bodies[name]}
        self.providers = every.closed(every.doing(_PUTS) & returns, returns, set())
        self.consumers = known.closed(known.doing(_ASKS) & fails - returns, fails - returns, self.providers, "ctx")
        self.waiters = known.closed(known.doing(_WAITS), fails, set(), "ctx")


@cache
def roles(sources: tuple[Source, ...]) -> Roles:
    """The roles of a tree's functions, found once."""
    return Roles(sources)


def value_dropped(source: Source) -> Iterator[Change]:
    """Between a call that puts a value into the context and one that fails without it, the context is fresh."""
    known = roles(source.world)
    for call in source.of("call_expression"):
        given, declared = arguments(call), declaration_of(call)
        name = callee(source, call).rpartition(".")[2]
        if declared is None or name not in known.consumers or not given or source.text(given[0]) != "ctx":
            continue
        start = source.content[declared.start_byte : call.start_byte].decode("utf-8", "replace")
        assigned = re.findall(r"\bctx\b[^\n=]*=\s*(?:[\w.]+\.)?(\w+)\(", start)
        if any(one in known.providers for one in assigned) and _FRESH not in start:
            yield Change(call, (replaced(source, given[0], _FRESH),))


def detached_from_values(source: Source) -> Iterator[Change]:
    """WithoutCancel, which keeps the values, became Background, in a function whose calls need one."""
    known = roles(source.world)
    for call in source.of("call_expression"):
        declared = declaration_of(call)
        if declared is None or callee(source, call) != "context.WithoutCancel":
            continue
        after = source.content[call.end_byte : declared.end_byte].decode("utf-8", "replace")
        if set(CALLED.findall(after)) & known.consumers:
            yield Change(call, (replaced(source, call, _FRESH),))


def end_dropped(source: Source) -> Iterator[Change]:
    """A call that waits gets a fresh context instead of the parameter of its function. Not where detachment may be
    meant: in literals, deferred calls, and after something failed."""
    known = roles(source.world)
    for call in source.of("call_expression"):
        given, function = arguments(call), function_of(call)
        if function is None or function.type == "func_literal" or not given or source.text(given[0]) != "ctx":
            continue
        name = callee(source, call)
        waits = name.rpartition(".")[2] in known.waiters or _WAITS.search(f"{name}(")
        if (
            waits
            and "ctx context.Context" in source.text(field(function, "parameters"))
            and not _is_meant(source, call)
        ):
            yield Change(call, (replaced(source, given[0], _FRESH),))


def parent_dropped(source: Source) -> Iterator[Change]:
    """A context with a limit is derived from a fresh one instead of the parameter, and handed to a call that waits."""
    known = roles(source.world)
    for call in source.of("call_expression"):
        given, function = arguments(call), function_of(call)
        if callee(source, call) != "context.WithTimeout" or function is None or function.type == "func_literal":
            continue
        parameters = source.text(field(function, "parameters"))
        if source.text(given[0]) != "ctx" or "ctx context.Context" not in parameters or _is_meant(source, call):
            continue
        holder = enclosing(call, ("short_var_declaration", "assignment_statement", "block"))
        left = field(holder, "left")
        name = source.text(left.named_children[0]) if left is not None else ""
        after = source.content[call.end_byte : function.end_byte].decode("utf-8", "replace")
        called = {one for one in re.findall(rf"(\w+)\({name}\b", after) if name}
        if called & known.waiters or any(_WAITS.search(f".{one}(") for one in called):
            yield Change(call, (replaced(source, given[0], _FRESH),))


def _is_meant(source: Source, node: Node) -> bool:
    around = node.parent
    while around is not None:
        if around.type in ("defer_statement", "go_statement", "communication_case"):
            return True
        if around.type == "if_statement" and re.search(
            r"rr\w* != nil|Err\(\)|rrors\.Is", source.text(field(around, "condition"))
        ):
            condition = field(around, "consequence")
            return condition is not None and condition.start_byte <= node.start_byte
        around = around.parent
    return False
