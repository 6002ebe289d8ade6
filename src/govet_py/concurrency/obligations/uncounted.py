"""Work that tests a state and is not counted, beside work that is.

A method tests a field under a lock, counts itself in a WaitGroup and gives the lock back: whoever changes the field
waits until it is done with what both use. A method that makes the same test, gives the lock back and works with the
same things without being counted may still be at it when they are taken away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode, literal_id, package_of
from govet_py.callgraph.members import Member
from govet_py.concurrency.describe import short_name
from govet_py.concurrency.locks.lock_names import LockName, lock_name
from govet_py.concurrency.locks.locksets import LockSets
from govet_py.concurrency.obligations.wait_groups import Op, WaitGroups
from govet_py.knowledge.concurrency import SYNCHRONISED
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.finding import Confidence, Finding, Related, Rule, Step


class Counted(NamedTuple):
    """`function` counts itself in `group` at `add`, under `lock`, after it has tested `fields`, and then works with
    the fields `used`."""

    function: str
    group: Member
    add: int
    lock: LockName
    fields: frozenset[str]
    used: frozenset[str]


class Uncounted(NamedTuple):
    """`function` tests `field` at `test`, and works at `work` with what `counted` is counted for; `wait` is where those
    are waited for."""

    function: str
    field: str
    test: int
    work: int
    counted: Counted
    wait: tuple[str, int]


class UncountedWork:
    """The methods of a program that leave out what others do."""

    def __init__(self, code: Code, calls: CallGraph, groups: WaitGroups, locks: Mapping[str, LockSets]) -> None:
        self._code = code
        self._calls = calls
        self._groups = groups
        self._locks = locks

    def find(self) -> Iterator[Uncounted]:
        """One a method."""
        for counted in [one for id in sorted(self._groups.calls) for one in self._counted(self._code.function(id))]:
            for wait in self._groups.waited.get(counted.group, ()):
                guarded = counted._replace(
                    fields=counted.fields & self._changed(wait), used=counted.used & self._used_after(wait)
                )
                if guarded.fields and guarded.used:
                    yield from self._beside(guarded, wait)

    def _counted(self, code: FunctionCode) -> Iterator[Counted]:
        locks, done = self._locks.get(code.id), {one.member for one in self._groups.dones(code)}
        for add in self._groups.of(code.id, Op.ADD) if locks is not None and _receiver(code) != ir.NONE else ():
            held = self._held(code, add.register)
            if add.member is not None and add.member in done and len(held) == 1:
                lock = next(iter(held))
                fields = frozenset(field for field, at in self._tests(code, lock) if at < add.register)
                used = frozenset(field for at, field in _works(code) if at > add.register)
                yield Counted(code.id, add.member, add.register, lock, fields, used)

    def _held(self, code: FunctionCode, register: int) -> set[LockName]:
        locks = self._locks.get(code.id)
        held = locks.at(register) if locks is not None else ()
        return {name for lock in held if (name := lock_name(self._code, code, lock.path)) is not None}

    def _tests(self, code: FunctionCode, lock: LockName) -> Iterator[tuple[str, int]]:
        """The fields of the receiver that a method reads under a lock."""
        for register in code.of_kind(ir.Selector):
            field = _field_of(code, register)
            if field and isinstance(code.denotes(register), p.FieldRef) and lock in self._held(code, register):
                yield field, register

    # -- who waits -----------------------------------------------------------------------------------

    def _changed(self, wait: tuple[str, int]) -> frozenset[str]:
        """The fields that the waiting function, or one that calls it, sets."""
        callers = [caller for caller, _ in self._calls.callers.get(wait[0], ()) if isinstance(caller, str)]
        codes = (self._code.function(id) for id in (wait[0], *callers))
        sets = (code.code[at] for code in codes for at in code.of_kind(ir.SetField))
        return frozenset(step.name for step in sets if isinstance(step, ir.SetField))

    def _used_after(self, wait: tuple[str, int]) -> frozenset[str]:
        """The fields that the waiting function works with when it has waited, in its literals too."""
        waiter = self._code.function(wait[0])
        inner = (literal_id(waiter.body_id, index) for index in range(1, len(waiter.body.functions)))
        later = [field for at, field in _works(waiter) if at > wait[1]]
        return frozenset([*later, *(field for id in inner for _, field in _works(self._code.function(id)))])

    # -- who is not counted --------------------------------------------------------------------------

    def _beside(self, counted: Counted, wait: tuple[str, int]) -> Iterator[Uncounted]:
        for id in self._locking.get(_owner(counted.function), ()):
            code = self._code.function(id)
            if id in (counted.function, wait[0]) or self._is_counted(code, counted):
                continue
            found = self._works_on(code, counted)
            if found is not None and not self._runs_counted(code, counted):
                yield Uncounted(id, *found, counted, wait)

    @cached_property
    def _locking(self) -> dict[str, list[str]]:
        """The functions that take locks, by the type that they are methods of."""
        found: dict[str, list[str]] = {}
        for id in sorted(self._locks):
            found.setdefault(_owner(id), []).append(id)
        return found

    def _works_on(self, code: FunctionCode, counted: Counted) -> tuple[str, int, int] | None:
        """The test of a method under the lock, before a way out, and its work without the lock thereafter."""
        tests = [(field, at) for field, at in self._tests(code, counted.lock) if field in counted.fields]
        for work, field in _works(code) if tests else ():
            if field in counted.used and counted.lock not in self._held(code, work):
                if any(tests[0][1] < at < work for at in code.of_kind(ir.Return)):
                    return (*tests[0], work)
        return None

    def _is_counted(self, code: FunctionCode, counted: Counted) -> bool:
        adds = (*self._groups.of(code.id, Op.ADD), *self._groups.of_callees(code, Op.ADD))
        return any(add.member == counted.group for add in adds)

    def _runs_counted(self, code: FunctionCode, counted: Counted) -> bool:
        """Whether all that call a method are counted, or wait themselves."""
        callers = {caller.id for caller, _ in self._calls.sites(code.id)}
        waiting = {id for id, _ in self._groups.waited.get(counted.group, ())}
        return bool(callers) and all(
            id in waiting or self._is_counted(self._code.function(id), counted) for id in callers
        )


def uncounted_finding(rule: Rule, program: Code, found: Uncounted) -> Finding:
    """How it is told."""
    code, counted = program.function(found.function), program.function(found.counted.function)
    waiter, group = program.function(found.wait[0]), found.counted.group.name
    message = (
        f"{short_name(code.id)} tests {found.field} and works on when it has given the lock back, not counted in "
        f"{group} as {short_name(counted.id)} is: {short_name(waiter.id)} does not wait for it"
    )
    steps = (
        Step(code.site(found.test), f"tests {found.field}", 1),
        Step(waiter.site(found.wait[1]), f"has changed it, and waits for {group} only", 2),
        Step(code.site(found.work), "may still be at work", 1),
    )
    related = (Related(counted.site(found.counted.add), f"{short_name(counted.id)} is counted here"),)
    identity = ("uncounted", str(found.counted.group))
    return Finding(rule, Confidence.MEDIUM, message, steps[0].site, code.id, identity, steps, related)


def _owner(function: str) -> str:
    """What a function's id begins with: for a method, its package and type."""
    return function.rpartition(".")[0]


def _receiver(code: FunctionCode) -> int:
    """The receiver's variable of a method, or of the one around a literal."""
    params = code.body.functions[0].params
    return params[0] if params and code.body.vars[params[0]].kind == ir.VarKind.RECEIVER else ir.NONE


def _field_of(code: FunctionCode, register: int) -> str:
    """The field of the receiver that a value is, or lies below."""
    name = ""
    step = code.code[register] if register >= 0 else None
    while isinstance(step, ir.Selector | ir.FieldAddr):
        name, step = step.name, code.code[step.base]
    return name if isinstance(step, ir.Load) and step.var == _receiver(code) else ""


def _works(code: FunctionCode) -> Iterator[tuple[int, str]]:
    """The calls of methods of what lies below a field of the receiver, with the field; locks and groups are no work."""
    for register in code.of_kind(ir.Call):
        callee = code.callee(register)
        if isinstance(callee, p.Static | p.Interface) and package_of(p.known_name(callee)) not in SYNCHRONISED:
            if field := _field_of(code, callee.receiver):
                yield register, field
