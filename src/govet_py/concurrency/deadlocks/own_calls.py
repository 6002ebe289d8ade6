"""What a function runs on its own goroutine: calls, and callbacks that a callee runs before it returns.

The call graph has an edge to every function literal that is made; here the literal counts only where the
call that it is handed to is known (by its summary) to run it then and there, or is not known at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph, InterfaceNode, Node, Reason
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.parameters import argument_of
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.effects.callbacks import Callbacks
from govet_py.concurrency.effects.summaries import Invocations
from govet_py.knowledge import concurrency as knows
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import ELEMENT, FunctionValue, HeldLock, ParamRoot


class OwnCall(NamedTuple):
    """`target` runs at `register`, or one of `spread` functions does (of a list that is gone through, all do).
    `callback`: it was handed to the call there."""

    register: int
    target: Node
    callback: bool = False
    spread: int = 1


class OwnCalls:
    """The own calls of every function, and their callers."""

    def __init__(
        self,
        code: Code,
        values: ValueAnalysis,
        calls: CallGraph,
        callbacks: Callbacks,
        invocations: Invocations,
    ) -> None:
        self._code = code
        self._values = values
        self._calls = calls
        self._callbacks = callbacks
        self._invocations = invocations
        self._own: dict[Node, tuple[OwnCall, ...]] = {}
        self._kept: dict[Node, list[OwnCall]] = {}
        self.registered: dict[Node, list[tuple[Node, OwnCall]]] = {}
        for function, register in calls.open_calls:
            self._note_open(code.function(function), register)

    def of(self, node: Node) -> tuple[OwnCall, ...]:
        """The own calls of a function, or the implementations of an interface method."""
        found = self._own.get(node)
        if found is None:
            if isinstance(node, InterfaceNode):
                found = tuple(OwnCall(ir.NONE, edge.target) for edge in self._calls.edges.get(node, ()))
            else:
                found = tuple(dict.fromkeys(self._find(self._code.function(node))))
            self._own[node] = found
        return found

    def callers(self, node: Node) -> Iterator[tuple[Node, OwnCall]]:
        """Who runs a function on its own goroutine, and where."""
        for caller in dict.fromkeys(caller for caller, _ in self._calls.callers.get(node, ())):
            yield from ((caller, call) for call in self.of(caller) if call.target == node)
        yield from self.registered.get(node, ())

    def _find(self, code: FunctionCode) -> Iterator[OwnCall]:
        yield from self._direct(code)
        yield from self._kept.get(code.id, ())

    def _note_open(self, code: FunctionCode, register: int) -> None:
        """A call of what comes out of a field or container: all functions that were put there."""
        callee, call = code.callee(register), code.code[register]
        if not isinstance(callee, p.Value) or not isinstance(call, ir.Call) or call.mode == ir.Mode.GO:
            return
        paths = [path for path in self._values.paths(code, callee.register) if path.fields]
        registered = self._callbacks.of(code.id, register) if paths else self._wrapped(code, callee.register)
        found = [value.function for value in registered if self._code.get(value.function)]
        every = any(path.fields[-1:] == (ELEMENT,) for path in paths)
        for target in dict.fromkeys(found):
            own = OwnCall(register, target, spread=1 if every else len(found))
            self._kept.setdefault(code.id, []).append(own)
            self.registered.setdefault(target, []).append((code.id, own))

    def _wrapped(self, code: FunctionCode, callee: int) -> Iterator[FunctionValue]:
        """What callers give to a function that returns the literal at hand, which calls it: `return func() { f() }`."""
        load, outer = code.code[callee], self._code.sibling(code, max(code.function.parent, 0))
        params = outer.function.params
        if not isinstance(load, ir.Load) or load.var not in params or not _returns(outer, code.index):
            return
        for caller, call in self._calls.sites(outer.id):
            argument = argument_of(outer, caller, call, params.index(load.var))
            values = self._values.of(caller, argument) if argument != ir.NONE else ()
            yield from (value for value in values if isinstance(value, FunctionValue))

    def _direct(self, code: FunctionCode) -> Iterator[OwnCall]:
        for edge in self._calls.edges[code.id]:
            instruction = code.code[edge.site]
            if isinstance(instruction, ir.Call):
                if edge.mode != ir.Mode.GO:
                    yield OwnCall(edge.site, edge.target)
            elif edge.reason == Reason.VALUE and isinstance(edge.target, str):
                for register in self._handed(code, edge.target):
                    yield OwnCall(register, edge.target, callback=True)

    def _handed(self, code: FunctionCode, target: str) -> Iterator[int]:
        """The calls of `code` that run function `target` as an argument."""
        for register, position in self._arguments(code).get(target, ()):
            if self._runs(code, register, position):
                yield register

    def _arguments(self, code: FunctionCode) -> dict[str, list[tuple[int, int]]]:
        found: dict[str, list[tuple[int, int]]] = {}
        for register in code.of_kind(ir.Call):
            call = code.code[register]
            if isinstance(call, ir.Call) and call.mode != ir.Mode.GO:
                for position, argument in enumerate(call.args):
                    for value in self._values.of(code, argument):
                        if isinstance(value, FunctionValue):
                            found.setdefault(value.function, []).append((register, position))
        return found

    def _runs(self, code: FunctionCode, register: int, position: int) -> bool:
        """Whether a call runs its function argument `position` before it returns."""
        callee = code.callee(register)
        if isinstance(callee, p.Static):
            if callee.function in knows.SPAWNERS or callee.function in knows.KEEPS_CALLBACK:
                return False
            if self._code.get(callee.function) is None:
                return True
            return self._invokes(callee.function, position + (callee.receiver != ir.NONE))
        if isinstance(callee, p.Interface):
            node = InterfaceNode(callee.interface, callee.method)
            return not self._calls.edges.get(node) or self._invokes(node, position + 1)
        if isinstance(callee, p.Value):
            targets = [t for t in self._values.targets(code, register) if self._code.get(t.function)]
            return not targets or any(self._invokes(t.function, position + t.method) for t in targets)
        return False

    def lent(self, code: FunctionCode, register: int, target: str) -> Iterator[tuple[FunctionCode, HeldLock]]:
        """The locks that a call holds while it runs its argument `target`, with the callee that names them."""
        callee = code.callee(register) if isinstance(code.code[register], ir.Call) else None
        runs = OwnCall(register, target, callback=True) in self.of(code.id)
        if runs and isinstance(callee, p.Static) and (inner := self._code.get(callee.function)) is not None:
            for _, locks in self._invocations.get(callee.function, ()):
                yield from ((inner, lock) for lock in sorted(locks, key=repr))

    def _invokes(self, node: Node, position: int) -> bool:
        return any(path.root == ParamRoot(position) for path, _ in self._invocations.get(node, ()))


def _returns(code: FunctionCode, literal: int) -> bool:
    """Whether a function returns one of its literals."""
    results = (result for at in code.of_kind(ir.Return) for result in code.code[at].results)  # type: ignore[union-attr]
    return any(code.code[result] == ir.MakeClosure(literal) for result in results)
