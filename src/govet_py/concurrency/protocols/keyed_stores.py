"""The records of stores that keep everything by key: `conn.Watch(ctx, rulesPath)`, `conn.Set(ctx, rulesPath, rules)`.

A record is a key that the program has a name for (a constant, a function that gives the path) or writes out, in parts
too, which one call watches, and may fail to, and another builds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.knowledge.records import BUILDS, JOINS, READS, WATCH, Record, short_id
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import Tuple, is_error
from govet_py.resolve.universe import STRING, UNTYPED_STRING

WORD = re.compile(r"\w")
VERB = re.compile(r"%[-+# 0]*[\d.]*[a-zA-Z]")
"""What package fmt puts an operand in place of."""


class _Use(NamedTuple):
    """A call that watches, reads or builds the record of a key."""

    function: str
    store: str
    method: str
    key: str

    @property
    def name(self) -> str:
        return f"{self.store}.{self.method}({self.key})"


class KeyedStores:
    """What a program does to the records of stores, by key."""

    def __init__(self, code: Code, calls: CallGraph) -> None:
        self._code = code
        self._uses = {(use.function, at): use for at, use in self._find(calls)}

    def name(self, function: str, call: int) -> str:
        """What a call does to which record, `topo.Conn.Watch(rulesPath)`; "" for other calls."""
        use = self._uses.get((function, call))
        return use.name if use is not None else ""

    def records(self, known: Iterable[Record]) -> tuple[Record, ...]:
        """The records that are watched and built, but those that `known` functions watch."""
        watches = {name for record in known for name in record.watches}
        by_key: dict[str, list[_Use]] = {}
        for use in self._uses.values():
            by_key.setdefault(use.key, []).append(use)
        found = (_record(key, by_key[key]) for key in sorted(by_key))
        own = {use.name for use in self._uses.values() if short_id(use.function) in watches}
        return tuple(one for one in found if one.watches - own and one.ensures)

    def _find(self, calls: CallGraph) -> Iterator[tuple[int, _Use]]:
        """All uses of keys that some store watches."""
        named = [(self._code.function(id), edge.site) for id in self._code.ids() for edge in calls.edges[id]]
        watches = [(at, use) for code, at in named for use in _uses(code, at, (WATCH,)) if _may_fail(code, at)]
        yield from watches
        stores = {use.store for _, use in watches}
        if stores:
            others = ((at, use) for code, at in named for use in _uses(code, at, (*READS, *BUILDS)))
            yield from ((at, use) for at, use in others if use.store in stores)


def _uses(code: FunctionCode, call: int, prefixes: tuple[str, ...]) -> Iterator[_Use]:
    method = _method(code, call)
    if method.startswith(prefixes) and (key := _key_of(code, call)):
        name = short_id(p.known_name(code.callee(call)))
        yield _Use(code.id, name.removesuffix(f".{method}"), method, key)


def _record(key: str, uses: list[_Use]) -> Record:
    def named(*prefixes: str) -> frozenset[str]:
        return frozenset(use.name for use in uses if use.method.startswith(prefixes))

    return Record(key, named(WATCH), named(*READS), named(*BUILDS))


def _method(code: FunctionCode, register: int) -> str:
    """The method that a call names, "" for other instructions."""
    call = code.code[register]
    callee = code.code[call.callee] if isinstance(call, ir.Call) else None
    return callee.name if isinstance(callee, ir.Selector) else ""


def _key_of(code: FunctionCode, register: int) -> str:
    """The first text that a method is given, by the name that the program has for it."""
    call = code.code[register]
    for argument in call.args if isinstance(call, ir.Call) else ():
        if code.type_of(argument) in (STRING, UNTYPED_STRING):
            return _named(code, code.source(argument))
    return ""


def _named(code: FunctionCode, register: int) -> str:
    value, what = code.code[register], code.denotes(register)
    if isinstance(what, p.ConstantRef):
        return short_id(f"{what.package}.{what.name}")
    if isinstance(value, ir.Const):
        return value.value
    if isinstance(value, ir.Binary):
        return _pattern(code, (value.left, value.right))
    callee = code.callee(register) if isinstance(value, ir.Call) else None
    if not isinstance(value, ir.Call) or not isinstance(callee, p.Static):
        return ""
    return _pattern(code, value.args) if callee.function in JOINS else short_id(callee.function)


def _pattern(code: FunctionCode, parts: tuple[int, ...]) -> str:
    """The text that is put together of parts, with `*` for what has no name; "" if no word tells what it is about."""
    named = [_named(code, code.source(part)) for part in parts]
    return "".join(name or "*" for name in named) if any(WORD.search(VERB.sub("", name)) for name in named) else ""


def _may_fail(code: FunctionCode, call: int) -> bool:
    type_ = code.type_of(call)
    last = type_.elems[-1:] if isinstance(type_, Tuple) else (type_,)
    return any(map(is_error, last))
