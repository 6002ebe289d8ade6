"""Goroutines of an object that run callbacks: who runs what, before it comes to an operation that others wait for.

The goroutine may be a method, a literal inside one or inside a constructor, or a function that is given channels of the
object and what to run; it runs the callback itself or by way of a function that it gives it to.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.flow import comes_before
from govet_py.callgraph.parameters import argument_of, parameter_of, position_of
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.deadlocks.waits import Hop, Operation
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import AllocRoot, Path, VarRoot
from govet_py.model.types import Func

DEPTH = 2


class Runner(NamedTuple):
    """A goroutine of an object that runs callbacks: `method` is that whose receiver it is, or the function that makes
    the object, `at` the call of the callback, `value` what is called there, in terms of that method."""

    method: FunctionCode
    at: Hop
    release: Operation
    value: Path


class Runners:
    """The goroutines that run callbacks."""

    def __init__(self, code: Code, values: ValueAnalysis, calls: CallGraph) -> None:
        self._code = code
        self._values = values
        self._calls = calls
        self._runs: dict[tuple[str, int], dict[int, list[int]]] = {}

    def of(self, release: Operation) -> Iterator[Runner]:
        """The callbacks that a function runs before it comes to an operation on its receiver's field."""
        code = self._code.function(release.function)
        run = list(self._run_before(code, release.register))
        method = (self.method_of(release) or self._maker_of(release)) if run else None
        for at, value in run:
            if method is not None:
                if parameter_of(method, value) is not None:
                    yield Runner(method, at, release, value)
            else:
                yield from self._started(code, at, release, value)

    def _run_before(self, code: FunctionCode, end: int) -> Iterator[tuple[Hop, Path]]:
        """The calls that run function values before a function comes to an instruction, with what is run."""
        for register, run in self._running(code, DEPTH).items():
            if comes_before(code, register, end):
                for value in (value for at in run for value in self._values.paths(code, at)):
                    yield Hop(code.id, register), value

    def _running(self, code: FunctionCode, depth: int) -> dict[int, list[int]]:
        """The calls of a function that run function values, themselves or as arguments, with their registers."""
        known = self._runs.get((code.id, depth))
        if known is None:
            known = self._runs[code.id, depth] = {}
            for register in code.of_kind(ir.Call):
                call, callee = code.code[register], code.callee(register)
                if isinstance(call, ir.Call) and call.mode == ir.Mode.CALL:
                    run = [callee.register] if isinstance(callee, p.Value) else self._lent(code, call, callee, depth)
                    known.update({register: run} if run else {})
        return known

    def _lent(self, code: FunctionCode, call: ir.Call, callee: p.Callee, depth: int) -> list[int]:
        """The variables of function type that a call gives to a function which runs them."""
        given = [(at, code.code[argument]) for at, argument in enumerate(call.args)]
        lent = [at for at, load in given if isinstance(load, ir.Load) and self._is_function(code, load.var)]
        inner = self._code.get(callee.function) if isinstance(callee, p.Static) and lent and depth else None
        if inner is None or not isinstance(callee, p.Static):
            return []
        run = [at for registers in self._running(inner, depth - 1).values() for at in registers]
        params = {position_of(inner, value) for at in run for value in self._values.paths(inner, at)}
        return [call.args[at] for at in lent if at + (callee.receiver != ir.NONE) in params]

    def _is_function(self, code: FunctionCode, var: int) -> bool:
        return isinstance(self._code.program.underlying(code.types.var_type(var)), Func)

    def _started(self, code: FunctionCode, at: Hop, release: Operation, value: Path) -> Iterator[Runner]:
        """The methods that give a function a field of their receiver for its channel, and a parameter of theirs for
        what it runs, if it does not have that from them already."""
        for end in self._values.paths(code, release.operand) if not release.owner else ():
            for caller, call, channel in self._given_for(code, end):
                method = self._code.function(caller.body_id)
                paths = self._values.paths(caller, channel)
                if method.is_method and any(self._is_part(method, path, False) for path in paths):
                    for given in self._given_at(code, value, caller, call):
                        if parameter_of(method, given) is not None:
                            yield Runner(method, at, release, given)

    def _given_for(self, code: FunctionCode, path: Path) -> Iterator[tuple[FunctionCode, int, int]]:
        """The calls of a function, with the register of what each gives for the parameter that a path is."""
        position = position_of(code, path)
        for caller, call in self._calls.sites(code.id) if position is not None else ():
            argument = argument_of(code, caller, call, position or 0)
            if argument != ir.NONE:
                yield caller, call, argument

    def _given_at(self, code: FunctionCode, path: Path, caller: FunctionCode, call: int) -> tuple[Path, ...]:
        """What a path is to a caller: what it gives for the parameter, or the same to who is around a literal."""
        position = position_of(code, path)
        return (path,) if position is None else self._values.paths(caller, argument_of(code, caller, call, position))

    def method_of(self, operation: Operation) -> FunctionCode | None:
        """The method on whose receiver an operation is done, itself or in a function literal inside it."""
        code = self._code.function(operation.owner or operation.function)
        method = self._code.function(code.body_id)
        if not method.is_method:
            return None
        paths = self._values.paths(code, operation.operand)
        return method if any(self._is_part(method, path, bool(operation.via)) for path in paths) else None

    def _maker_of(self, operation: Operation) -> FunctionCode | None:
        """The function that has made the object, or the channel for it, on which a literal inside does an operation."""
        code = self._code.function(operation.function)
        maker = self._code.function(code.body_id)
        if maker.is_method or code is maker or operation.owner:
            return None
        made = (path.root for path in self._values.paths(code, operation.operand))
        return maker if any(isinstance(one, AllocRoot) and one.function == maker.id for one in made) else None

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
            if isinstance(call, ir.Call) and at < len(call.args) and is_own(code, receiver):
                given = self._values.paths(code, call.args[at])
                if any((one.fields and _is_receiver(code, one)) or self._is_kept(code, one) for one in given):
                    return True
        return False


def is_own(code: FunctionCode, receiver: int) -> bool:
    """Reports whether a method is called on the caller's own receiver."""
    instruction = code.code[receiver]
    return isinstance(instruction, ir.Load) and code.body.vars[instruction.var].kind == ir.VarKind.RECEIVER


def _is_receiver(code: FunctionCode, path: Path) -> bool:
    """Whether a path begins at the receiver of a method."""
    root = path.root
    known = isinstance(root, VarRoot) and root.body == code.body_id
    return known and isinstance(root, VarRoot) and code.body.vars[root.var].kind == ir.VarKind.RECEIVER
