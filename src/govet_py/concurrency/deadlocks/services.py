"""Objects that run a callback on a goroutine of their own, and whose methods wait for that goroutine.

`t.Stop()` of such a timer sends to the goroutine that `t.Start(f)` began; while that runs f it does not
receive. All timers share the code, so the two ends are matched by the object: the field or variable on which
both are called. *Derived*: an operation on a field of the receiver that lets a waiter go on, in a function
that also runs a parameter, or a function kept in a field, before it comes there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Union

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member
from govet_py.callgraph.parameters import position_of
from govet_py.callgraph.slices import Slices
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.deadlocks.runners import Runner, Runners, is_own
from govet_py.concurrency.deadlocks.waits import RELEASERS, Callback, Hop, Operation, Operations, Wait
from govet_py.concurrency.locks.lock_names import LockName, lock_name
from govet_py.model import ir
from govet_py.model.concurrency import AllocRoot, FunctionValue, Path

MAX_LEVELS = 3

Object = Union[LockName, Path]


class Services:
    """The waits for goroutines that run callbacks of an object."""

    def __init__(
        self, code: Code, values: ValueAnalysis, calls: CallGraph, slices: Slices, operations: Operations
    ) -> None:
        self._code = code
        self._values = values
        self._calls = calls
        self._slices = slices
        self._operations = operations
        self._runners = Runners(code, values, calls)

    def waits(self) -> Iterator[Wait]:
        """Calls of methods that wait for an object's goroutine, with the callbacks that this object runs."""
        releases = {kind for kinds in RELEASERS.values() for kind in kinds}
        runners: dict[Operation, list[Runner]] = {}
        for operation in self._operations.all:
            if operation.kind in releases and (found := list(self._runners.of(operation))):
                runners[operation] = found
        for wait in self._operations.waits if runners else ():
            if len(wait.alternatives) == 1:
                releasers = self._operations.releasers(wait.alternatives[0])
                yield from self._served(wait, [runner for one in releasers for runner in runners.get(one, ())])

    def _served(self, wait: Wait, serving: list[Runner]) -> Iterator[Wait]:
        method = self._runners.method_of(wait.alternatives[0]) if serving else None
        if method is not None:
            below = (Hop(wait.function, wait.register),)
            yield from self._calls_of(method, wait, below, self._callbacks(serving), MAX_LEVELS)

    # -- which callback belongs to which object ----------------------------------------------------

    def _callbacks(self, serving: list[Runner]) -> dict[Object, list[Callback]]:
        found: dict[Object, list[Callback]] = {}
        for runner in serving:
            position = position_of(runner.method, runner.value)
            if position is None:
                pairs = self._kept(runner)
            elif runner.method.is_method:
                pairs = self._given(runner.method, position, MAX_LEVELS)
            else:
                pairs = self._made(runner.method, position)
            for owner, function, way in pairs:
                found.setdefault(owner, []).append(Callback(function, runner.at, runner.release, way))
        return found

    def _given(
        self, method: FunctionCode, position: int, levels: int
    ) -> Iterator[tuple[Object, str, tuple[Hop, ...]]]:
        """The objects on which a method is called, with what is given for parameter `position` there."""
        for code, register, receiver in self._calls.method_calls(method.id):
            call = code.code[register]
            assert isinstance(call, ir.Call)
            argument = call.args[position - 1] if 0 < position <= len(call.args) else ir.NONE
            here = (Hop(code.id, register),)
            for value in self._values.of(code, argument):
                if isinstance(value, FunctionValue):
                    yield from ((one, value.function, here) for one in self._objects(code, receiver))
                elif levels and (outer := position_of(code, value)) is not None:
                    above = self._given(code, outer, levels - 1) if is_own(code, receiver) else ()
                    for owner, function, way in above or self._made_there(code, receiver, outer):
                        yield owner, function, (*way, *here)

    def _made_there(
        self, maker: FunctionCode, receiver: int, position: int
    ) -> Iterator[tuple[Object, str, tuple[Hop, ...]]]:
        """The same for parameter `position` of the function that has made the object."""
        made = (path.root for path in self._values.paths(maker, receiver))
        if not maker.is_method and any(isinstance(one, AllocRoot) and one.function == maker.id for one in made):
            yield from self._made(maker, position)

    def _kept(self, runner: Runner) -> Iterator[tuple[Object, str, tuple[Hop, ...]]]:
        """The functions that were put in the field of an object when it was made."""
        member = lock_name(self._code, runner.method, runner.value)
        if member is None or not isinstance(member, Member):
            return
        for function, register in self._slices.stored(member):
            maker = self._code.function(function)
            for path in self._values.paths(maker, register):
                position = position_of(maker, path)
                if position is not None:
                    yield from self._made(maker, position)

    def _made(self, maker: FunctionCode, position: int) -> Iterator[tuple[Object, str, tuple[Hop, ...]]]:
        for caller, edge in self._calls.callers.get(maker.id, ()):
            code = self._code.get(caller) if isinstance(caller, str) else None
            call = code.code[edge.site] if code else None
            if code is None or not isinstance(call, ir.Call) or position >= len(call.args):
                continue
            for value in self._values.of(code, call.args[position]):
                if isinstance(value, FunctionValue):
                    for owner in self._homes(code, edge.site):
                        yield owner, value.function, (Hop(code.id, edge.site),)

    def _homes(self, code: FunctionCode, made: int) -> Iterator[Object]:
        """Where the result of a call is kept."""
        yield from self._objects(code, made)
        for register, instruction in enumerate(code.code):
            match instruction:
                case ir.SetField() if instruction.value == made:
                    for base in self._values.paths(code, instruction.base):
                        name = lock_name(self._code, code, base.extend((instruction.name,)))
                        if name is not None:
                            yield name
                case ir.Composite() if made in instruction.values:
                    key = instruction.keys[instruction.values.index(made)]
                    for path in self._values.paths(code, register) if isinstance(key, str) else ():
                        name = lock_name(self._code, code, path.extend((str(key),)))
                        if name is not None:
                            yield name

    # -- who waits ---------------------------------------------------------------------------------

    def _calls_of(
        self,
        method: FunctionCode,
        wait: Wait,
        below: tuple[Hop, ...],
        callbacks: dict[Object, list[Callback]],
        levels: int,
    ) -> Iterator[Wait]:
        for code, register, receiver in self._calls.method_calls(method.id):
            if code.mode_of(register) == ir.Mode.GO:
                continue
            found = [c for one in self._objects(code, receiver) for c in callbacks.get(one, ())]
            if found:
                yield Wait(code.id, register, wait.alternatives, below, tuple(found), wait.bounded)
            elif levels and is_own(code, receiver):
                yield from self._calls_of(code, wait, (Hop(code.id, register), *below), callbacks, levels - 1)

    def _objects(self, code: FunctionCode, register: int) -> Iterator[Object]:
        for path in self._values.paths(code, register):
            name = lock_name(self._code, code, path)
            yield path if name is None else name
