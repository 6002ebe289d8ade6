"""Critical sections as written: which locks a function takes by name, and what it touches while it holds them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from tree_sitter import Node

from mutation.golang import FUNCTIONS, body, declaration_of, field, function_of, method_call, statements, walk
from mutation.model import Source

LOCKS = ("Lock", "RLock")
UNLOCKS = ("Unlock", "RUnlock")
_WRITES = ("assignment_statement", "inc_statement", "dec_statement")


class Held(NamedTuple):
    """A function and one lock that it takes: `locks` and `unlocks` are the statements that do, in order."""

    function: Node
    lock: str
    locks: list[Node]
    unlocks: list[Node]

    @property
    def base(self) -> str:
        """The object whose field the lock is, "" for a lock that is a variable."""
        return self.lock.rpartition(".")[0]

    @property
    def member(self) -> str:
        return self.lock.rpartition(".")[2]

    @property
    def lock_of(self) -> str:
        """The lock as seen from the variable that holds its object: `mu`, `state.mu`."""
        return self.lock.partition(".")[2]

    @property
    def is_exclusive(self) -> bool:
        return any((lock.text or b"").endswith(b".Lock()") for lock in self.locks)


@cache
def held_in(source: Source) -> tuple[Held, ...]:
    """All functions of a file with each lock that they take and give back themselves."""
    return tuple(_held_in(source))


def _held_in(source: Source) -> Iterator[Held]:
    for function in source.of(*FUNCTIONS):
        found: dict[str, tuple[list[Node], list[Node]]] = {}
        for statement in _calls(function):
            owner = function_of(statement)
            lock = method_call(source, statement, *LOCKS)
            if lock is not None and owner == function:
                found.setdefault(lock, ([], []))[0].append(statement)
            lock = method_call(source, statement, *UNLOCKS)
            if lock is not None and (owner == function or _is_deferred(owner)):
                found.setdefault(lock, ([], []))[1].append(statement)
        for lock, (locks, unlocks) in found.items():
            if locks and unlocks and _is_first(function, locks[0], unlocks):
                yield Held(function, lock, locks, unlocks)


def _is_first(function: Node, lock: Node, unlocks: list[Node]) -> bool:
    """Whether the function itself takes the lock before it gives it back: its caller does not hold it."""
    return all(lock.start_byte < unlock.start_byte for unlock in unlocks)


def _calls(function: Node) -> Iterator[Node]:
    inner = body(function)
    for node in walk(inner) if inner is not None else ():
        if node.type in ("expression_statement", "defer_statement"):
            yield node


def _is_deferred(literal: Node | None) -> bool:
    if literal is None or literal.type != "func_literal" or literal.parent is None:
        return False
    around = literal.parent.parent
    return around is not None and around.type == "defer_statement"


def touched(source: Source, held: Held) -> set[str]:
    """The fields of the lock's object, or the variables beside the lock, that are named while it is held."""
    return {_member(source, held, node) for node in _held_nodes(held)} - {"", held.member}


def written(source: Source, held: Held) -> set[str]:
    """Those of them that are assigned, deleted from or appended to while the lock is held for writing."""
    if not held.is_exclusive:
        return set()
    found = set()
    for node in _held_nodes(held):
        found |= {_member(source, held, inner) for target in _targets(source, node) for inner in _roots(target)}
    return found - {"", held.member}


def _targets(source: Source, node: Node) -> list[Node]:
    """What a statement or a call of a builtin writes to."""
    if node.type in _WRITES:
        left = field(node, "left")
        return left.named_children if left is not None else node.named_children
    if node.type == "call_expression" and source.text(field(node, "function")) in ("delete", "clear"):
        return (field(node, "arguments") or node).named_children[:1]
    return []


Use = tuple[str, str, str]
"""The type of a lock's object, "" for any, the lock, and a name that is touched under it."""


@cache
def uses(package: tuple[Source, ...]) -> tuple[Counter[Use], Counter[Use]]:
    """In how many sections of a package a name is touched, and written, under a lock of some name."""
    users: Counter[Use] = Counter()
    writers: Counter[Use] = Counter()
    for source in package:
        for held in held_in(source):
            owner = owner_of(source, held)
            users.update((owner, held.member, name) for name in touched(source, held))
            writers.update((owner, held.member, name) for name in written(source, held))
    return users, writers


def count(found: Counter[Use], owner: str, member: str, name: str) -> int:
    """How many sections there are of a type, and of objects whose type the text does not tell."""
    if not owner:
        return sum(times for (_, *rest), times in found.items() if rest == [member, name])
    return found[owner, member, name] + found["", member, name]


def owner_of(source: Source, held: Held) -> str:
    """The type of the lock's object where that is, or belongs to, the receiver; "" elsewhere."""
    method = held.function if held.function.type == "method_declaration" else declaration_of(held.function)
    receiver = source.text(field(method, "receiver")).strip("()").split()
    is_own = len(receiver) == 2 and held.base.partition(".")[0] == receiver[0]
    return receiver[1].lstrip("*") + held.base.removeprefix(receiver[0]) if is_own else ""


@cache
def changed(package: tuple[Source, ...]) -> frozenset[tuple[str, str]]:
    """The fields of a package whose elements or own fields are written under a lock of some name: what is merely
    replaced may be handed out."""
    found = set()
    for source in package:
        for held in held_in(source):
            for node in _held_nodes(held) if held.is_exclusive and held.base else ():
                for target in _targets(source, node):
                    inner = field(target, "operand")
                    while inner is not None:
                        found.add((held.lock_of, _member(source, held, inner)))
                        inner = field(inner, "operand")
                    if node.type == "call_expression":
                        found.add((held.lock_of, _member(source, held, target)))
    return frozenset(found)


@cache
def takers(package: tuple[Source, ...]) -> frozenset[tuple[str, str]]:
    """The methods of a package that take a lock of their receiver as their first step, with the name of the lock."""
    found = set()
    for source in package:
        for held in held_in(source):
            own = statements(held.function)
            if held.function.type == "method_declaration" and own and own[0] == held.locks[0]:
                found.add((source.text(field(held.function, "name")), held.member))
    return frozenset(found)


def _held_nodes(held: Held) -> Iterator[Node]:
    """The nodes between the first lock and the end of the function or the last plain unlock."""
    start = held.locks[0].end_byte
    plain = [one for one in held.unlocks if one.type == "expression_statement"]
    deferred = len(plain) < len(held.unlocks)
    end = held.function.end_byte if deferred else plain[-1].start_byte
    for node in walk(held.function):
        if start <= node.start_byte and node.end_byte <= end:
            yield node


def _roots(target: Node) -> Iterator[Node]:
    """What an assignment to `a.b[c].d` writes into: itself and what it is an element of."""
    node: Node | None = target
    while node is not None and node.type in ("index_expression", "selector_expression", "identifier"):
        yield node
        node = field(node, "operand")


def _member(source: Source, held: Held, node: Node) -> str:
    """The name of a field of the lock's object, or of a variable that the function has not declared."""
    if held.base:
        is_field = node.type == "selector_expression" and source.text(field(node, "operand")) == held.base
        return source.text(field(node, "field")) if is_field else ""
    if node.type != "identifier" or source.text(node) in _declared(source, held.function):
        return ""
    return source.text(node)


def _declared(source: Source, function: Node) -> set[str]:
    """The names that a function declares itself: parameters and what `:=` and `var` bring in."""
    names: set[str] = set()
    for node in walk(function):
        if node.type in ("short_var_declaration", "range_clause"):
            left = field(node, "left")
            names |= {source.text(one) for one in walk(left)} if left is not None else set()
        elif node.type in ("var_spec", "parameter_declaration"):
            names |= {source.text(one) for one in node.children_by_field_name("name")}
    return names
