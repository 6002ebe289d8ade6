"""What calls do to locks: library locks by name, functions of the program through their summaries."""

from __future__ import annotations

from collections.abc import Callable

from govet_py.callgraph.callgraph import Node
from govet_py.callgraph.code import FunctionCode
from govet_py.callgraph.values import Target, ValueAnalysis
from govet_py.concurrency.bindings import Binding
from govet_py.concurrency.locksets import LockEvent, single_lock
from govet_py.knowledge import concurrency as knows
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import NO_LOCKS, HeldLock, LockMode, Path, Summary

ONCE = "once"
"""The lock that sync.Once stands for: its function holds it to write; whoever has come back from Do holds it
to read ever after, which orders what follows after what the function did."""


class LockEvents:
    """The lock events of functions, given the summaries of what they call."""

    def __init__(self, values: ValueAnalysis, summary: Callable[[Node], Summary]) -> None:
        self._values = values
        self._summary = summary

    def of(self, code: FunctionCode) -> dict[int, LockEvent]:
        """The lock events of a function's calls, by register; goroutines take locks for themselves."""
        events: dict[int, LockEvent] = {}
        for register, instruction in enumerate(code.code):
            if type(instruction) is ir.Call and instruction.mode != ir.Mode.GO:
                event = self.at(code, register)
                if event is not None:
                    events[register] = event
        return events

    def nil_locks(self, code: FunctionCode, events: dict[int, LockEvent]) -> dict[int, Path]:
        """The blocks that are entered when a lock, taken elsewhere in the function, is nil."""
        taken = {lock.path for event in events.values() for lock in event.acquires}
        found: dict[int, Path] = {}
        for block in code.function.blocks if taken else ():
            test = code.code[block.end - 1] if block.end > block.start else None
            compared = code.code[test.cond] if isinstance(test, ir.If) else None
            if isinstance(compared, ir.Binary) and compared.op in ("==", "!=") and _is_nil(code, compared.right):
                for path in self._values.paths(code, compared.left):
                    if path in taken:
                        found[block.succs[0 if compared.op == "==" else 1]] = path
        return found

    def at(self, code: FunctionCode, register: int) -> LockEvent | None:
        """What a call does to locks, on whatever goroutine it runs; None for nothing."""
        name, receivers = self.known(code, register)
        mode = knows.ACQUIRE.get(name)
        if mode is not None:
            return LockEvent(single_lock(receivers, mode), frozenset())
        if name in knows.SERIALISED_CALLBACK:
            return LockEvent(single_lock(tuple(path.extend((ONCE,)) for path in receivers), LockMode.READ), frozenset())
        if name in knows.RELEASE:
            return LockEvent(NO_LOCKS, frozenset(receivers))
        for target in self._values.targets(code, register):
            summary = self._summary(target.function)
            if summary.acquires or summary.releases:
                return self._callee_locks(code, register, target, summary)
        return None

    def _callee_locks(self, code: FunctionCode, register: int, target: Target, summary: Summary) -> LockEvent:
        binding = Binding(self._values, code, register, target)
        acquires = {HeldLock(path, lock.mode) for lock in summary.acquires for path in binding.paths(lock.path)}
        releases = {found for path in summary.releases for found in binding.paths(path)}
        return LockEvent(frozenset(acquires), frozenset(releases))

    def known(self, code: FunctionCode, register: int) -> tuple[str, tuple[Path, ...]]:
        """The library name of a call's callee and the paths of its receiver; "" when it has none."""
        callee = code.callee(register)
        if isinstance(callee, p.Static):
            name = callee.function
        elif isinstance(callee, p.Interface):
            name = p.interface_method_id(callee)
        else:
            return "", ()
        receivers = tuple(path.extend(callee.via) for path in self._values.paths(code, callee.receiver))
        return name, receivers


def _is_nil(code: FunctionCode, register: int) -> bool:
    instruction = code.code[register]
    return isinstance(instruction, ir.Const) and instruction.kind == "nil"
