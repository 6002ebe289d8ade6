"""Mistakes with a lock in the arms of another, or of a wait: orders swapped, locks kept too long or taken too early."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from tree_sitter import Node

from mutation.golang import (
    FUNCTIONS,
    behind,
    body,
    call_in,
    callee,
    deleted,
    enclosing,
    field,
    following,
    function_of,
    items,
    leaves,
    method_call,
    preceding,
    replaced,
    statements,
    walk,
)
from mutation.model import Change, Edit, Source
from mutation.sections import LOCKS, Held, held_in


def order_swapped(source: Source) -> Iterator[Change]:
    """Of two functions that take two locks in one order, one takes them in the other."""
    pairs = [(held, inner) for held in held_in(source) for inner in held_in(source) if _is_nested(held, inner)]
    times = Counter((outer.member, inner.member) for outer, inner in pairs)
    for outer, inner in pairs:
        if times[outer.member, inner.member] < 2 or outer.member == inner.member:
            continue
        first, second = outer.locks[0], inner.locks[0]
        if body(outer.function) is not None:
            yield Change(
                first,
                (
                    replaced(source, first, source.text(second)),
                    replaced(source, second, source.text(first)),
                ),
            )


def _is_nested(outer: Held, inner: Held) -> bool:
    if outer.function != inner.function or len(outer.locks) != 1 or len(inner.locks) != 1:
        return False
    first, second = outer.locks[0], inner.locks[0]
    plain = [one for one in outer.unlocks if one.type == "expression_statement"]
    return (
        first.start_byte < second.start_byte
        and first.parent == second.parent
        and all(one.start_byte > second.end_byte for one in plain)
    )


def waits_under_lock(source: Source) -> Iterator[Change]:
    """The unlock in front of a wait is gone, and comes after it instead."""
    for unlock in source.of("expression_statement"):
        lock = method_call(source, unlock, "Unlock")
        after = following(unlock)
        locked = any(method_call(source, one, *LOCKS) == lock for one in preceding(unlock))
        if lock is None or not locked or not after or not _waits(source, after[0]):
            continue
        relock = after[1] if len(after) > 1 and method_call(source, after[1], "Lock") == lock else None
        if relock is not None:
            yield Change(unlock, (deleted(source, unlock), deleted(source, relock)))
        else:
            text = source.text(after[0])
            yield Change(unlock, (deleted(source, unlock), replaced(source, after[0], f"{text}; {lock}.Unlock()")))


def _waits(source: Source, statement: Node) -> bool:
    """A wait for a group, a receive, a send, or a loop of nothing else."""
    if statement.type == "for_statement":
        inside = items(field(statement, "body"))
        return bool(inside) and all(_waits(source, one) for one in inside)
    if statement.type == "send_statement":
        return True
    if method_call(source, statement, "Wait") is not None:
        return True
    return statement.type == "expression_statement" and source.text(statement).startswith("<-")


def kept_until_return(source: Source) -> Iterator[Change]:
    """A lock that is given back in front of waits, of calls that wait or lock, or of functions that others have given,
    is given back by a deferred unlock instead."""
    telling = _waiting(source.package) | _lockers(source.package)
    for held in held_in(source):
        own = statements(held.function)
        if len(held.locks) != 1 or len(held.unlocks) != 1 or held.unlocks[0] not in own or held.locks[0] not in own:
            continue
        lock, unlock = held.locks[0], held.unlocks[0]
        later = [node for one in following(unlock) for node in walk(one)]
        if unlock.type == "expression_statement" and any(_is_telling(source, node, telling) for node in later):
            give = f"; defer {source.text(call_in(unlock))}"
            yield Change(lock, (behind(lock, give), deleted(source, unlock)))


def _is_telling(source: Source, node: Node, telling: frozenset[str]) -> bool:
    """A wait, a call of a function of the package that waits or locks, or of a parameter. A call of the function's
    own name hands on to another object."""
    if node.type == "call_expression":
        name, function = callee(source, node), function_of(node)
        parameters, own = source.text(field(function, "parameters")), source.text(field(function, "name"))
        return name.rpartition(".")[2] in telling - {own} or bool(re.search(rf"\b{re.escape(name)} func\(", parameters))
    return node.type == "expression_statement" and _waits(source, node)


def taken_too_early(source: Source) -> Iterator[Change]:
    """A lock is taken in front of a call that waits, instead of behind it."""
    waiting = _waiting(source.package)
    for held in held_in(source):
        lock = held.locks[0]
        earlier = preceding(lock)[:1]
        name = callee(source, call_in(earlier[0])).rpartition(".")[2] if earlier else ""
        if name in waiting and len(held.locks) == 1 and held.unlocks[0].type == "defer_statement":
            yield Change(
                lock,
                (
                    replaced(source, earlier[0], source.text(lock)),
                    replaced(source, lock, source.text(earlier[0])),
                ),
            )


@cache
def _waiting(package: tuple[Source, ...]) -> frozenset[str]:
    """The names of functions of a package that wait in their own body."""
    found = set()
    for one in package:
        for function in one.of(*FUNCTIONS[:2]):
            steps = [node for node in walk(function) if node.type in ("send_statement", "expression_statement")]
            if any(_waits(one, node) for node in steps):
                found.add(one.text(field(function, "name")))
    return frozenset(found)


@cache
def _lockers(package: tuple[Source, ...]) -> frozenset[str]:
    """The names of functions of a package that take a lock."""
    return frozenset(one.text(field(held.function, "name")) for one in package for held in held_in(one))


def goroutine_inlined(source: Source) -> Iterator[Change]:
    """Under a lock, `go f()` became `f()`, where f takes a lock as well."""
    known = _lockers(source.package)
    for held in held_in(source):
        for start in (node for node in walk(held.function) if node.type == "go_statement"):
            call = call_in(start)
            name = callee(source, call).rpartition(".")[2]
            if call is not None and name in known and function_of(start) == held.function and _is_inside(held, start):
                yield Change(start, (Edit(start.start_byte, call.start_byte, ""),))


def _is_inside(held: Held, node: Node) -> bool:
    plain = [one for one in held.unlocks if one.type == "expression_statement"]
    return held.locks[0].end_byte < node.start_byte and all(one.start_byte > node.end_byte for one in plain)


def read_lock_widened(source: Source) -> Iterator[Change]:
    """A read lock is a write lock where the function waits, or takes another read lock, while it holds it. A lock that
    everybody takes for reading only shuts nobody out."""
    for held in held_in(source):
        if held.is_exclusive or len(held.locks) != 1:
            continue
        inner = [node for node in walk(held.function) if _is_inside(held, node) and node.type == "expression_statement"]
        if any(_waits(source, node) or _may_wait(source, method_call(source, node, "RLock")) for node in inner):
            given = [*held.locks, *held.unlocks]
            yield Change(held.locks[0], tuple(replaced(source, one, _widened(source.text(one))) for one in given))


def _may_wait(source: Source, lock: str | None) -> bool:
    """Whether a lock that is taken for reading is taken for writing somewhere in the package."""
    if lock is None:
        return False
    member = lock.rpartition(".")[2]
    return any(held.member == member and held.is_exclusive for one in source.package for held in held_in(one))


def _widened(text: str) -> str:
    return text.replace(".RLock()", ".Lock()").replace(".RUnlock()", ".Unlock()")


def try_lock_waits(source: Source) -> Iterator[Change]:
    """Under a lock, a TryLock that gives up became a Lock."""
    for test in source.of("if_statement"):
        condition, inner = source.text(field(test, "condition")), items(field(test, "consequence"))
        lock = condition.removeprefix("!").removesuffix(".TryLock()")
        if condition != f"!{lock}.TryLock()" or not inner or not leaves(inner[-1]):
            continue
        if any(
            held.function == function_of(test) and held.lock != lock and _is_inside(held, test)
            for held in held_in(source)
        ):
            yield Change(test, (replaced(source, test, f"{lock}.Lock()"),))


def send_waits(source: Source) -> Iterator[Change]:
    """Under a lock, a send that gives up when nobody receives waits instead; who receives takes that lock."""
    for select in source.of("select_statement"):
        cases = [one for one in select.named_children if one.type in ("communication_case", "default_case")]
        send = next((found for one in cases if (found := field(one, "communication")) is not None), None)
        if len(cases) != 2 or send is None or send.type != "send_statement" or any(items(one) for one in cases):
            continue
        channel = source.text(field(send, "channel")).rpartition(".")[2]
        for held in held_in(source):
            if (
                held.function == function_of(select)
                and _is_inside(held, select)
                and _receives_locked(source, channel, held.member)
            ):
                yield Change(select, (replaced(source, select, source.text(send)),))


def _receives_locked(source: Source, channel: str, lock: str) -> bool:
    """Whether a select has a case that receives from a channel and takes a lock."""
    for case in source.of("communication_case"):
        received = source.text(field(case, "communication")).rpartition("<-")[2].rpartition(".")[2]
        if received == channel and any(
            (found := method_call(source, one, *LOCKS)) and found.endswith(f".{lock}") for one in items(case)
        ):
            return enclosing(case, ("for_statement", *FUNCTIONS)) is not None
    return False
