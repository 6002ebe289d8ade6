"""What requests write that they share, without a lock: two of them at once write it beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_at
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.describe import expression
from govet_py.concurrency.flow.control import decisions
from govet_py.concurrency.locks.guards import GuardedMembers
from govet_py.concurrency.races.accesses import map_member, written_map
from govet_py.concurrency.races.requests import Requests, Way
from govet_py.concurrency.races.visitors import Visitors
from govet_py.knowledge.concurrency import MAP_WRITERS
from govet_py.model import ir
from govet_py.model.concurrency import EffectKind
from govet_py.model.finding import Step
from govet_py.model.source import Site

MAX_TESTS = 4
_MAP_WRITERS = frozenset(name.rpartition(".")[2] for name in MAP_WRITERS)


class Requested(NamedTuple):
    """Requests write `member`, the code's `what`, in `function` at `site`, and at `more`; `path` leads there."""

    member: Member
    what: str
    is_map: bool
    function: str
    site: Site
    path: tuple[Step, ...]
    more: tuple[Site, ...]


class _Write(NamedTuple):
    member: Member
    what: str
    is_map: bool
    register: int
    way: Way


def requested(
    code: Code, values: ValueAnalysis, calls: CallGraph, guarded: GuardedMembers, visitors: Visitors
) -> Iterator[Requested]:
    """One a field, map or package variable, by the nearest way that leads to a write of it."""
    requests = Requests(code, values, calls, guarded, visitors)
    found: dict[Member, list[Requested]] = {}
    for id in sorted(requests.functions):
        function = code.function(id)
        for write in _writes(code, function, guarded, requests):
            path, site = requests.path(id, write.way), function.site(write.register)
            one = Requested(write.member, write.what, write.is_map, id, site, path, ())
            found.setdefault(write.member, []).append(one)
    for _, writes in sorted(found.items()):
        first, *others = sorted(writes, key=lambda one: (len(one.path), one.site))
        yield first._replace(more=tuple(sorted({one.site for one in others} - {first.site})))


def _writes(code: Code, function: FunctionCode, guarded: GuardedMembers, requests: Requests) -> Iterator[_Write]:
    """The writes of a function that several requests may do at once."""
    alone = requests.takes_turns(function)
    for register in () if alone else function.of_kind(ir.SetField, ir.SetIndex, ir.SetName, ir.Call):
        write = _write(code, function, requests, register) if _may_write(function, register) else None
        if write is not None and requests.is_free(function, register):
            yield from () if _is_filled(code, function, guarded, write) else (write,)


def _may_write(function: FunctionCode, register: int) -> bool:
    """Whether an instruction is an assignment, or a call by the name of one that writes a map."""
    step = function.code[register]
    return not isinstance(step, ir.Call) or getattr(function.code[step.callee], "name", "") in _MAP_WRITERS


def _write(code: Code, function: FunctionCode, requests: Requests, register: int) -> _Write | None:
    """What an instruction writes, if it is something that requests share."""
    step, member = function.code[register], member_at(code.program, function, register)
    if isinstance(step, ir.SetName):
        way, what = requests.functions[function.id], step.name
        return _Write(member, what, False, register, way) if member is not None else None
    base = step.base if isinstance(step, ir.SetField) else written_map(code, function, register)
    shared = requests.way_to(function, base) if base != ir.NONE else None
    if shared is None:
        return None
    what = expression(function, base)
    if isinstance(step, ir.SetField):
        return _Write(member, f"{what}.{step.name}", False, register, shared) if member is not None else None
    map_ = map_member(code.program, function, base) or Member(function.package, function.id, what)
    return _Write(map_, what, True, register, shared)


def _is_filled(code: Code, function: FunctionCode, guarded: GuardedMembers, write: _Write) -> bool:
    """Whether a field is set behind a test for nil alone, and is set so by who makes the object, too."""
    name = write.member.name
    if not _is_default(function, write.register, name):
        return False
    for id in (id for id in code.ids() if id.startswith(f"{write.member.package}.")):
        maker = code.function(id)
        for register in maker.of_kind(ir.SetField):
            step = maker.code[register]
            if isinstance(step, ir.SetField) and step.name == name and _is_default(maker, register, name):
                access = guarded.field_access(maker, register, step.base, name, EffectKind.WRITE)
                if access is not None and access.private and access.member == write.member:
                    return True
    return False


def _is_default(function: FunctionCode, register: int, name: str) -> bool:
    """Whether an instruction is behind a test that finds a field of a name nil."""
    for at, position in decisions(function, register, MAX_TESTS):
        test = function.code[at]
        cond = function.code[test.cond] if isinstance(test, ir.If) else None
        if isinstance(cond, ir.Binary) and cond.op == ("==", "!=")[position]:
            asked, nil = function.code[cond.left], function.code[cond.right]
            is_nil = isinstance(nil, ir.Const) and nil.kind == "nil"
            if is_nil and isinstance(asked, ir.Selector) and asked.name == name:
                return True
    return False
