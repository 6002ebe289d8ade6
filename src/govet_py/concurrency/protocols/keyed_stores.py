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
from govet_py.callgraph.parameters import argument_above
from govet_py.knowledge.records import JOINS, KEY_BUILDS, KEY_READS, KEY_WATCHES, Record, short_id
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import Func, Interface, Tuple, is_error
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
        self._uses: dict[tuple[str, int], _Use] = {}
        for at, use in self._find(calls):
            self._uses.setdefault((use.function, at), use)

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
        watching = [
            (code, at)
            for code, at in named
            if _method(code, at).startswith(KEY_WATCHES) and _may_fail(self._code.program, code, at)
        ]
        watches = [*_direct(watching), *_through(calls, watching)]
        yield from watches
        stores = {use.store for _, use in watches}
        others = (*KEY_READS, *KEY_BUILDS)
        keeping = [(code, at) for code, at in named if _method(code, at).startswith(others)] if stores else []
        for found in (_direct(keeping), _through(calls, keeping)):
            yield from ((at, use) for at, use in found if use.store in stores)


def _direct(named: Iterable[tuple[FunctionCode, int]]) -> Iterator[tuple[int, _Use]]:
    """The uses of keys that calls are."""
    for code, call in named:
        text = _text_of(code, call)
        key = _named(code, code.source(text)) if text != ir.NONE else ""
        if key:
            yield call, _Use(code.id, _store(code, call), _method(code, call), key)


def _through(calls: CallGraph, named: Iterable[tuple[FunctionCode, int]]) -> Iterator[tuple[int, _Use]]:
    """The calls of functions that use the key they are given."""
    for code, call in named:
        text, params = _text_of(code, call), code.function.params
        load = code.code[code.source(text)] if text != ir.NONE else None
        if not isinstance(load, ir.Load) or load.var not in params:
            continue
        for caller, site in calls.sites(code.id):
            given = argument_above(code, caller, site, params.index(load.var))
            key = _named(caller, caller.source(given)) if given != ir.NONE else ""
            if key:
                yield site, _Use(caller.id, _store(code, call), _method(code, call), key)


def _store(code: FunctionCode, call: int) -> str:
    """What a method is one of."""
    return short_id(p.known_name(code.callee(call))).removesuffix(f".{_method(code, call)}")


def _record(key: str, uses: list[_Use]) -> Record:
    def named(*prefixes: str) -> frozenset[str]:
        return frozenset(use.name for use in uses if use.method.startswith(prefixes))

    return Record(key, named(*KEY_WATCHES), named(*KEY_READS), named(*KEY_BUILDS))


def _method(code: FunctionCode, register: int) -> str:
    """The method that a call names, "" for other instructions."""
    call = code.code[register]
    callee = code.code[call.callee] if isinstance(call, ir.Call) else None
    return callee.name if isinstance(callee, ir.Selector) else ""


def _text_of(code: FunctionCode, register: int) -> int:
    """The first text that a method is given; NONE when there is none."""
    call = code.code[register]
    given = call.args if isinstance(call, ir.Call) else ()
    return next((one for one in given if code.type_of(one) in (STRING, UNTYPED_STRING)), ir.NONE)


def _named(code: FunctionCode, register: int, within: frozenset[int] = frozenset()) -> str:
    """The name of a text; `within`: the texts that it is part of, among which it is itself in `path += "/x"`."""
    if register in within:
        return ""
    within |= {register}
    value, what = code.code[register], code.denotes(register)
    if isinstance(what, p.ConstantRef):
        return short_id(f"{what.package}.{what.name}")
    if isinstance(value, ir.Const):
        return value.value
    if isinstance(value, ir.Binary):
        return _pattern(code, (value.left, value.right), within)
    callee = code.callee(register) if isinstance(value, ir.Call) else None
    if not isinstance(value, ir.Call) or not isinstance(callee, p.Static):
        return ""
    return _pattern(code, value.args, within) if callee.function in JOINS else short_id(callee.function)


def _pattern(code: FunctionCode, parts: tuple[int, ...], within: frozenset[int]) -> str:
    """The text that is put together of parts, with `*` for what has no name; "" if no word tells what it is about."""
    named = [_named(code, code.source(part), within) for part in parts]
    return "".join(name or "*" for name in named) if any(WORD.search(VERB.sub("", name)) for name in named) else ""


def _may_fail(program: p.Program, code: FunctionCode, register: int) -> bool:
    """Whether a call answers with an error, or tells it a function, or an object's method, that it is given."""
    type_, call = code.type_of(register), code.code[register]
    last = type_.elems[-1:] if isinstance(type_, Tuple) else (type_,)
    if any(map(is_error, last)) or not isinstance(call, ir.Call):
        return any(map(is_error, last))
    called = program.underlying(code.type_of(call.callee))
    for one in map(program.underlying, called.params if isinstance(called, Func) else ()):
        methods = one.methods if isinstance(one, Interface) else ()
        told = [one] if isinstance(one, Func) else [method.signature for method in methods]
        if any(is_error(param) for signature in told for param in signature.params):
            return True
    return False
