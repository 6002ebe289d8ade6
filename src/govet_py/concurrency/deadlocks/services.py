"""Objects that run a callback on a goroutine of their own, and whose methods wait for that goroutine.

`t.Stop()` of such a timer sends to the goroutine that `t.Start(f)` began; while that runs f it does not
receive. All timers share the code, so the two ends are matched by the object: the field or variable on which
both are called. *Derived*: an operation on a field of the receiver that lets a waiter go on, in a function
that also runs a parameter, or a function kept in a field, before it comes there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Union

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.flow import comes_before
from govet_py.callgraph.members import Member
from govet_py.callgraph.slices import Slices
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.deadlocks.waits import RELEASERS, Callback, Hop, Operation, Operations, Wait
from govet_py.concurrency.locks.lock_names import LockName, lock_name
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import FunctionValue, Path, VarRoot

MAX_LEVELS = 3

Object = Union[LockName, Path]


class Runner(NamedTuple):
    """A goroutine of an object that runs callbacks: `code` is the method whose receiver it is, `at` the call
    of the callback, `value` what is called there, in terms of that method."""

    method: FunctionCode
    at: Hop
    release: Operation
    value: Path


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

    def waits(self) -> Iterator[Wait]:
        """Calls of methods that wait for an object's goroutine, with the callbacks that this object runs."""
        releases = {kind for kinds in RELEASERS.values() for kind in kinds}
        runners: dict[Operation, list[Runner]] = {}
        for operation in self._operations.all:
            if operation.kind in releases and (found := list(self._runners(operation))):
                runners[operation] = found
        for wait in self._operations.waits if runners else ():
            if len(wait.alternatives) == 1:
                releasers = self._operations.releasers(wait.alternatives[0])
                yield from self._served(wait, [runner for one in releasers for runner in runners.get(one, ())])

    def _served(self, wait: Wait, serving: list[Runner]) -> Iterator[Wait]:
        method = self._method_of(wait.alternatives[0]) if serving else None
        if method is not None:
            below = (Hop(wait.function, wait.register),)
            yield from self._calls_of(method, wait, below, self._callbacks(serving), MAX_LEVELS)

    def _runners(self, release: Operation) -> Iterator[Runner]:
        """The callbacks that a function runs before it comes to an operation on its receiver's field."""
        code = self._code.function(release.function)
        method = self._method_of(release)
        if method is None:
            return
        for register, call in enumerate(code.code):
            callee = code.callee(register) if isinstance(call, ir.Call) and call.mode == ir.Mode.CALL else None
            if isinstance(callee, p.Value) and comes_before(code, register, release.register):
                for value in self._values.paths(code, callee.register):
                    root = value.root
                    if isinstance(root, VarRoot) and root.body == method.body_id and root.var in method.function.params:
                        yield Runner(method, Hop(code.id, register), release, value)

    def _method_of(self, operation: Operation) -> FunctionCode | None:
        """The method on whose receiver an operation is done, itself or in a function literal inside it."""
        code = self._code.function(operation.owner or operation.function)
        method = self._code.function(code.body_id)
        if not _has_receiver(method):
            return None
        paths = self._values.paths(code, operation.operand)
        return method if any(self._is_part(method, path, bool(operation.via)) for path in paths) else None

    def _is_part(self, method: FunctionCode, path: Path, embedded: bool) -> bool:
        """Whether a path is a field of a method's receiver: read from it, or kept there under another name."""
        if path.fields or embedded:
            return _is_receiver(method, path)
        return self._is_kept(method, path) or self._is_given(method, path)

    def _is_kept(self, method: FunctionCode, made: Path) -> bool:
        """Whether a method puts what it has made into a field of its receiver."""
        return any(
            made in self._values.paths(method, put.value)
            and any(_is_receiver(method, base) and not base.fields for base in self._values.paths(method, put.base))
            for put in (method.code[register] for register in method.of_kind(ir.SetField))
            if isinstance(put, ir.SetField)
        )

    def _is_given(self, method: FunctionCode, path: Path) -> bool:
        """Whether another method of the same receiver gives one of its fields for a parameter."""
        root = path.root
        if not isinstance(root, VarRoot) or root.body != method.body_id or root.var not in method.function.params[1:]:
            return False
        at = method.function.params.index(root.var) - 1
        for code, register, receiver in self._calls.method_calls(method.id):
            call = code.code[register]
            if isinstance(call, ir.Call) and at < len(call.args) and self._is_own(code, receiver):
                given = self._values.paths(code, call.args[at])
                if any((one.fields and _is_receiver(code, one)) or self._is_kept(code, one) for one in given):
                    return True
        return False

    # -- which callback belongs to which object ----------------------------------------------------

    def _callbacks(self, serving: list[Runner]) -> dict[Object, list[Callback]]:
        found: dict[Object, list[Callback]] = {}
        for runner in serving:
            root = runner.value.root
            assert isinstance(root, VarRoot)
            if runner.value.fields:
                pairs = self._kept(runner)
            else:
                position = runner.method.function.params.index(root.var)
                pairs = self._given(runner.method, position, MAX_LEVELS)
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
                elif levels and not value.fields and self._is_own(code, receiver) and isinstance(value.root, VarRoot):
                    if value.root.var in code.function.params:
                        outer = code.function.params.index(value.root.var)
                        for owner, function, way in self._given(code, outer, levels - 1):
                            yield owner, function, (*way, *here)

    def _kept(self, runner: Runner) -> Iterator[tuple[Object, str, tuple[Hop, ...]]]:
        """The functions that were put in the field of an object when it was made."""
        member = lock_name(self._code, runner.method, runner.value)
        if member is None or not isinstance(member, Member):
            return
        for function, register in self._slices.stored(member):
            maker = self._code.function(function)
            for value in self._values.of(maker, register):
                root = value.root if isinstance(value, Path) and not value.fields else None
                if isinstance(root, VarRoot) and root.var in maker.function.params:
                    yield from self._made(maker, maker.function.params.index(root.var))

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
            call = code.code[register]
            if isinstance(call, ir.Call) and call.mode == ir.Mode.GO:
                continue
            found = [c for one in self._objects(code, receiver) for c in callbacks.get(one, ())]
            if found:
                yield Wait(code.id, register, wait.alternatives, below, tuple(found), wait.bounded)
            elif levels and self._is_own(code, receiver):
                yield from self._calls_of(code, wait, (Hop(code.id, register), *below), callbacks, levels - 1)

    def _objects(self, code: FunctionCode, register: int) -> Iterator[Object]:
        for path in self._values.paths(code, register):
            name = lock_name(self._code, code, path)
            yield path if name is None else name

    @staticmethod
    def _is_own(code: FunctionCode, receiver: int) -> bool:
        """Whether a method is called on the caller's own receiver."""
        instruction = code.code[receiver]
        return isinstance(instruction, ir.Load) and code.body.vars[instruction.var].kind == ir.VarKind.RECEIVER


def _has_receiver(code: FunctionCode) -> bool:
    return bool(code.function.params) and code.body.vars[code.function.params[0]].kind == ir.VarKind.RECEIVER


def _is_receiver(code: FunctionCode, path: Path) -> bool:
    """Whether a path begins at the receiver of a method."""
    root = path.root
    known = isinstance(root, VarRoot) and root.body == code.body_id
    return known and isinstance(root, VarRoot) and code.body.vars[root.var].kind == ir.VarKind.RECEIVER
