"""Mistakes with locks: a pair that is missing, an unlock that a path lacks, orders swapped, calls under the lock."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from mutation.golang import (
    arguments,
    before,
    call_in,
    callee,
    deleted,
    field,
    following,
    function_of,
    in_loop,
    is_started,
    leaves,
    method_call,
    replaced,
    statements,
    walk,
)
from mutation.model import Change, Edit, Source
from mutation.sections import UNLOCKS, Held, count, held_in, owner_of, takers, touched, uses


def pair_deleted(source: Source) -> Iterator[Change]:
    """A function takes its lock no more, although it touches what is written under a lock of that name: in this
    function or in another. What no critical section writes needs no lock, so that is no mistake; a lock that is taken
    under a condition may not be needed either. And it must still show which lock guards it: two functions besides
    lock for it, or goroutines are started in sight. Sections of another type, with a field and a
    lock of those names, show nothing."""
    users, writers = uses(source.package)
    for held in held_in(source):
        if held.locks[0] not in statements(held.function):
            continue
        owner, lock = owner_of(source, held), held.member
        names = {name for name in touched(source, held) if count(writers, owner, lock, name)}
        if any(_is_evident(source, held, count(users, owner, lock, name)) for name in names):
            yield Change(held.locks[0], tuple(_unused(source, held, one) for one in (*held.locks, *held.unlocks)))


def _is_evident(source: Source, held: Held, users: int) -> bool:
    """Whether others show that the lock is needed: two more sections, or goroutines that come here."""
    name = source.text(field(held.function, "name"))
    starts = [one for file in source.package for one in _starts(file) if name and f"{name}(" in file.text(one)]
    return users > 2 or _is_many(held, users) or (bool(starts) and (users > 1 or any(map(in_loop, starts))))


def _starts(source: Source) -> Iterator[Node]:
    """The statements that start goroutines."""
    yield from source.of("go_statement")
    yield from (one for one in source.of("expression_statement") if callee(source, call_in(one)).endswith(".Go"))


def _is_many(held: Held, users: int) -> bool:
    """A literal runs beside itself where it is started in a loop; with one section alone that is the only way, unless
    who starts it is called by many."""
    if held.function.type != "func_literal":
        return not held.base
    return users > 1 or not is_started(held.function) or in_loop(held.function) is not None


def _unused(source: Source, held: Held, statement: Node) -> Edit:
    """A local lock must still be used, or the program does not compile."""
    if held.base or statement != held.locks[0]:
        return deleted(source, statement)
    return replaced(source, statement, f"_ = &{held.lock}")


def unlock_deleted_on_path(source: Source) -> Iterator[Change]:
    """An unlock in front of a return, break or continue is gone, in a function that has other unlocks."""
    for held in held_in(source):
        plain = [
            one for one in held.unlocks if one.type == "expression_statement" and function_of(one) == held.function
        ]
        if len(plain) < 2 or len(plain) < len(held.unlocks):
            continue
        for unlock in plain:
            after = following(unlock)
            if after and leaves(after[0]) and after[0].type == "return_statement":
                yield Change(unlock, (deleted(source, unlock),))


def deferred_unlock_deleted(source: Source) -> Iterator[Change]:
    """The deferred unlock of a function is gone, and no other one is left."""
    for held in held_in(source):
        if len(held.unlocks) == 1 and held.unlocks[0].type == "defer_statement" and len(held.locks) == 1:
            yield Change(held.unlocks[0], (deleted(source, held.unlocks[0]),))


def unlock_at_end_only(source: Source) -> Iterator[Change]:
    """A deferred unlock stands before the last return instead: the returns above it keep the lock."""
    for held in held_in(source):
        if len(held.unlocks) != 1 or held.unlocks[0].type != "defer_statement" or len(held.locks) != 1:
            continue
        defer, own = held.unlocks[0], statements(held.function)
        early = [
            one
            for one in walk(held.function, into_literals=True)
            if one.type == "return_statement" and function_of(one) == held.function and one.start_byte > defer.end_byte
        ]
        if defer in own and own and own[-1].type == "return_statement" and len(early) > 1 and not _calls(own[-1]):
            call = call_in(defer)
            yield Change(defer, (deleted(source, defer), before(own[-1], f"{source.text(call)}; ")))


def _calls(statement: Node) -> bool:
    return any(node.type == "call_expression" for node in walk(statement))


def unlock_mistyped(source: Source) -> Iterator[Change]:
    """`defer mu.Unlock()` became `defer mu.Lock()`."""
    for held in held_in(source):
        for unlock in held.unlocks:
            if unlock.type == "defer_statement" and len(held.unlocks) == 1 and call_in(unlock) is not None:
                text = source.text(unlock).replace("Unlock()", "Lock()")
                yield Change(unlock, (replaced(source, unlock, text),))


def upgraded_without_unlock(source: Source) -> Iterator[Change]:
    """The read lock is kept where the write lock is taken, or the lock where a callee takes it again: the unlock in
    front of it and the lock after it are gone."""
    for unlock in source.of("expression_statement"):
        lock = method_call(source, unlock, *UNLOCKS)
        if lock is None:
            continue
        after = following(unlock)
        if after and method_call(source, after[0], "Lock") == lock:
            yield Change(unlock, (deleted(source, unlock),))


def kept_around_call(source: Source) -> Iterator[Change]:
    """A lock that is given back around one call of a method that takes it is held throughout."""
    known = takers(source.package)
    for unlock in source.of("expression_statement"):
        lock, after = method_call(source, unlock, "Unlock"), following(unlock)
        if lock is None or len(after) < 2 or method_call(source, after[1], "Lock") != lock:
            continue
        called = {callee(source, node).rpartition(".") for node in walk(after[0]) if node.type == "call_expression"}
        if any(
            (name, lock.rpartition(".")[2]) in known and base == lock.rpartition(".")[0] for base, _, name in called
        ):
            yield Change(unlock, (deleted(source, unlock), deleted(source, after[1])))


def locked_twin_not_called(source: Source) -> Iterator[Change]:
    """Under the lock, `fooLocked()` became `foo()`, a method of the same type that takes the lock itself, and as many
    arguments."""
    known = takers(source.package)
    counts = _parameters(source.package)
    for held in held_in(source):
        for call in (node for node in walk(held.function) if node.type == "call_expression"):
            base, _, name = callee(source, call).rpartition(".")
            twin = name.removesuffix("Locked")
            inside = call.start_byte > held.locks[0].end_byte and len(held.unlocks) == 1
            name_node = field(field(call, "function"), "field")
            if (
                inside
                and name_node is not None
                and twin != name
                and base == held.base
                and (twin, held.member) in known
                and counts.get(twin) == len(arguments(call))
            ):
                yield Change(call, (replaced(source, name_node, twin),))


def _parameters(package: tuple[Source, ...]) -> dict[str, int]:
    """How many parameters the methods of a package take, by name."""
    return {
        one.text(field(method, "name")): len(
            [name for part in _parts(method) for name in part.children_by_field_name("name")]
        )
        for one in package
        for method in one.of("method_declaration")
    }


def _parts(method: Node) -> list[Node]:
    found = field(method, "parameters")
    return [] if found is None else [one for one in found.named_children if one.type == "parameter_declaration"]
