"""Mistakes that let somebody in between a test and what is done because of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from mutation.golang import (
    before,
    behind,
    deleted,
    field,
    following,
    function_of,
    items,
    leaves,
    method_call,
    preceding,
    replaced,
    walk,
)
from mutation.model import Change, Source
from mutation.sections import Held, held_in

_CAS = re.compile(r"^!([\w.]+)\.CompareAndSwap\((\w+), (\w+)\)$")
_SWAP = re.compile(r"^([\w.]+)\.Swap\(true\)$")
_LOAD_OR_STORE = re.compile(r"^(\w+), (?:\w+) := ([\w.]+)\.LoadOrStore\((.+), (.+)\)$")


def section_split(source: Source) -> Iterator[Change]:
    """The lock is given back and taken again between a test of a field and the write to the same field."""
    for held in held_in(source):
        if not held.base or not held.is_exclusive or len(held.locks) != 1:
            continue
        gap = f"{held.lock}.Unlock(); {held.lock}.Lock(); "
        for test in (node for node in walk(held.function, into_literals=False) if node.type == "if_statement"):
            if function_of(test) != held.function or not _is_inside(held, test):
                continue
            fields = _fields(source, held, field(test, "condition")) | _fields(source, held, field(test, "initializer"))
            inner, after = items(field(test, "consequence")), following(test)
            if inner and leaves(inner[-1]) and fields & _written(source, held, after):
                yield Change(test, (behind(test, f"; {gap[:-2]}"),))
            elif inner and not leaves(inner[-1]) and fields & _written(source, held, inner):
                yield Change(test, (before(inner[0], gap),))


def _is_inside(held: Held, node: Node) -> bool:
    """Whether a statement runs with the lock held: after the lock, with no plain unlock before its end."""
    plain = [one for one in held.unlocks if one.type == "expression_statement"]
    return held.locks[0].end_byte < node.start_byte and all(one.start_byte > node.end_byte for one in plain)


def _fields(source: Source, held: Held, node: Node | None) -> set[str]:
    found = set()
    for one in walk(node) if node is not None else ():
        if one.type == "selector_expression" and source.text(field(one, "operand")) == held.base:
            found.add(source.text(field(one, "field")))
    return found - {held.member}


def _looks(source: Source, held: Held, node: Node | None) -> set[str]:
    """What is read of the object, as written: a field or an element of one."""
    found = set()
    for one in walk(node) if node is not None else ():
        if one.type in ("selector_expression", "index_expression") and source.text(one).startswith(f"{held.base}."):
            if one.parent is None or one.parent.type not in ("selector_expression", "index_expression"):
                found.add(source.text(one))
    return found


def _written(source: Source, held: Held, statements: list[Node]) -> set[str]:
    found: set[str] = set()
    for node in (inner for one in statements for inner in walk(one)):
        if node.type in ("assignment_statement", "inc_statement", "dec_statement"):
            found |= _fields(source, held, field(node, "left") or node)
    return found


def second_look_deleted(source: Source) -> Iterator[Change]:
    """The test after the lock was taken a second time is gone."""
    for held in held_in(source):
        if not held.base:
            continue
        for lock in held.locks[1:]:
            first = next((one for one in following(lock) if one.type == "if_statement"), None)
            if first is None or method_call(source, lock, "Lock") is None:
                continue
            inner = items(field(first, "consequence"))
            looks = _looks(source, held, field(first, "condition")) | _looks(source, held, field(first, "initializer"))
            earlier = set().union(*(_looks(source, held, one) for one in preceding(lock)))
            fields = _fields(source, held, field(first, "condition")) | _fields(
                source, held, field(first, "initializer")
            )
            if inner and leaves(inner[-1]) and looks & earlier and fields & _written(source, held, following(first)):
                yield Change(first, (deleted(source, first),))


def swap_torn(source: Source) -> Iterator[Change]:
    """A compare-and-swap became a load and a store, LoadOrStore of something with state a Store."""
    for test in source.of("if_statement"):
        condition, inner = field(test, "condition"), items(field(test, "consequence"))
        match = _CAS.match(source.text(condition))
        swap = _SWAP.match(source.text(condition))
        if condition is None or not inner or not leaves(inner[-1]) or not (match or swap):
            continue
        cell, old, new = match.groups() if match else (swap[1] if swap else "", "false", "true")
        asks = f"{cell}.Load()" if old == "false" else f"{cell}.Load() != {old}"
        yield Change(test, (replaced(source, condition, asks), behind(test, f"; {cell}.Store({new})")))
    for node in source.of("short_var_declaration"):
        match = _LOAD_OR_STORE.match(source.text(node))
        if match and re.search(r"&|make\(|new\(|func\(", match[4]):
            name, cell, key, value = match.groups()
            yield Change(node, (replaced(source, node, f"var {name} any = {value}; {cell}.Store({key}, {name})"),))
