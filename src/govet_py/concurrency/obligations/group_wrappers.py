"""Types that have a group inside: their methods start functions that the group counts, or wait for it.

`func (p *pool) Go(f func()) { p.wg.Add(1); go func() { defer p.wg.Done(); f() }() }` makes of every `p.Go(f)` a start
on the group `p.wg`, and a method that begins with `p.wg.Wait()` waits for it wherever it is called.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode, literal_id
from govet_py.callgraph.parameters import argument_of, position_of
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.obligations.wait_groups import GroupCall, Op, WaitGroups
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import FunctionValue, Path, VarRoot


class Wrapped(NamedTuple):
    """The call at `register` of `function` starts what is in register `started` (NONE for a wait) on group `path`."""

    function: str
    register: int
    path: Path
    started: int = ir.NONE


class GroupWrappers:
    """The starts and waits of a program that methods of its own make."""

    def __init__(self, code: Code, values: ValueAnalysis, calls: CallGraph, groups: WaitGroups) -> None:
        self._code = code
        self._values = values
        self._calls = calls
        self._groups = groups

    @cached_property
    def waits(self) -> list[Wrapped]:
        """The calls of methods that wait first of all, in order."""
        return [
            Wrapped(caller.id, site, path)
            for code, wait in self._on_receiver(Op.WAIT)
            if code.block_of(wait.register) == 0
            for caller, site, path in self._callers(code, wait)
        ]

    @cached_property
    def starts(self) -> dict[str, list[Wrapped]]:
        """By declaration: the calls of methods that start an argument and count it."""
        found: dict[str, list[Wrapped]] = {}
        for op in (Op.ADD, Op.GO):
            for code, call in self._on_receiver(op):
                for position in self._runs(code, call):
                    for caller, site, path in self._callers(code, call):
                        started = argument_of(code, caller, site, position)
                        found.setdefault(caller.body_id, []).append(Wrapped(caller.id, site, path, started))
        return found

    def _on_receiver(self, op: Op) -> Iterator[tuple[FunctionCode, GroupCall]]:
        """The calls on groups that lie inside the receiver of a method."""
        for id in sorted(self._groups.calls):
            code = self._code.function(id)
            for call in self._groups.of(id, op) if code.index == 0 else ():
                root, inline = call.path.root, code.mode_of(call.register) == ir.Mode.CALL
                if inline and isinstance(root, VarRoot) and code.body.vars[root.var].kind == ir.VarKind.RECEIVER:
                    yield code, call

    def _callers(self, code: FunctionCode, call: GroupCall) -> Iterator[tuple[FunctionCode, int, Path]]:
        """The calls of a method, each with the group under the name it has there."""
        for caller, site, receiver in self._calls.method_calls(code.id):
            callee, paths = caller.callee(site), self._values.paths(caller, receiver)
            via = callee.via if isinstance(callee, p.Static) else ()
            if len(paths) == 1:
                yield caller, site, paths[0].extend((*via, *call.path.fields))

    def _runs(self, code: FunctionCode, call: GroupCall) -> Iterator[int]:
        """The positions of the parameters that a method runs on a goroutine which a call has counted."""
        for starter in self._goroutines(code, call):
            for register in starter.of_kind(ir.Call):
                callee = starter.callee(register)
                if isinstance(callee, p.Value):
                    yield from self._parameters(starter, callee.register)
        step = code.code[call.register]
        if call.op == Op.GO and isinstance(step, ir.Call) and step.args:
            yield from self._parameters(code, step.args[0])

    def _goroutines(self, code: FunctionCode, call: GroupCall) -> Iterator[FunctionCode]:
        """The literals that a method starts on a group, or that count down what it has counted up."""
        step = code.code[call.register]
        if call.op == Op.GO and isinstance(step, ir.Call) and step.args:
            values = self._values.of(code, step.args[0])
            ids = [value.function for value in values if isinstance(value, FunctionValue)]
            yield from (self._code.function(id) for id in ids if self._code.get(id) and id != code.body_id)
        for index in range(1, len(code.body.functions)):
            inner = self._code.function(literal_id(code.body_id, index))
            dones = [*self._groups.dones(inner), *self._groups.of_callees(inner, Op.DONE)]
            if call.op == Op.ADD and any(done.is_on(call) for done in dones):
                yield inner

    def _parameters(self, code: FunctionCode, register: int) -> Iterator[int]:
        """The parameters of the declared function at hand that a register may hold."""
        declared = self._code.function(code.body_id)
        found = (position_of(declared, path) for path in self._values.paths(code, register))
        return (at for at in found if at is not None)
