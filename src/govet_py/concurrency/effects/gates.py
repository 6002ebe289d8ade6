"""Gates: a compare-and-swap that lets one activation at a time go on.

`if s.running.Swap(true) { return }` keeps every later caller out until the flag is reset: what comes
after it cannot run beside itself. For callers a gate is a lock that all effects behind it hold, the
goroutines they start included. Inside the function it orders nothing, so it is added at export only.

LIMIT: that the flag is reset too early, while the old activation still runs, is not seen.
"""

from __future__ import annotations

from govet_py.callgraph.code import FunctionCode
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.flow.control import behind, tests
from govet_py.knowledge.concurrency import TEST_AND_SET
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import NO_LOCKS, HeldLock, LockMode, LockSet, Path

GATE = "gate"


class Gates:
    """The gates of one function."""

    def __init__(self, code: FunctionCode, values: ValueAnalysis) -> None:
        self._code = code
        self._behind: list[tuple[Path, frozenset[int]]] = []
        for block, test in tests(code):
            self._find(values, block, test)

    @property
    def any(self) -> bool:
        """Reports whether the function has a gate at all."""
        return bool(self._behind)

    def at(self, register: int) -> LockSet:
        """The gates that control has passed when it comes to an instruction."""
        if not self._behind:
            return NO_LOCKS
        block = self._code.block_of(register)
        return frozenset(HeldLock(path, LockMode.WRITE) for path, blocks in self._behind if block in blocks)

    def _find(self, values: ValueAnalysis, block: int, test: ir.If) -> None:
        call = self._test_and_set(test.cond)
        if call is None:
            return
        callee = self._code.callee(call)
        assert isinstance(callee, p.Static)
        flags = values.paths(self._code, callee.receiver if callee.receiver != ir.NONE else self._flag(call))
        succs = self._code.function.blocks[block].succs
        for refused in succs:
            if len(flags) == 1 and self._leaves(refused):
                passed = next(iter(set(succs) - {refused}), refused)
                self._behind.append((flags[0].extend((GATE,)), behind(self._code, passed)))

    def _flag(self, call: int) -> int:
        instruction = self._code.code[call]
        return instruction.args[0] if isinstance(instruction, ir.Call) and instruction.args else ir.NONE

    def _test_and_set(self, register: int) -> int | None:
        """The test-and-set call whose result a condition is, through `!` and a variable."""
        for _ in range(4):
            instruction = self._code.code[register]
            match instruction:
                case ir.Unary():
                    register = instruction.operand
                case ir.Load():
                    register = self._code.value_of(instruction.var)
                    if register == ir.NONE:
                        return None
                case ir.Call():
                    callee = self._code.callee(register)
                    known = p.is_one_of(callee, TEST_AND_SET)
                    return register if known else None
                case _:
                    return None
        return None

    def _leaves(self, block: int) -> bool:
        """Whether a branch goes straight to a return."""
        at = self._code.function.blocks[block]
        return at.end > at.start and isinstance(self._code.code[at.end - 1], ir.Return)
