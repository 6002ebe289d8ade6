"""Gates: a compare-and-swap or the like that lets one activation at a time go on.

`if s.running.Swap(true) { return }` keeps every later caller out until the flag is reset: what comes
after it cannot run beside itself. For callers a gate is a lock that all effects behind it hold, the
goroutines they start included. Inside the function it orders nothing, so it is added at export only.

LIMIT: that the flag is reset too early, while the old activation still runs, is not seen.
"""

from __future__ import annotations

from govet_py.callgraph.code import FunctionCode
from govet_py.concurrency.effects.claims import Claim, Claims
from govet_py.concurrency.flow.control import behind, tests
from govet_py.model import ir
from govet_py.model.concurrency import NO_LOCKS, HeldLock, LockMode, LockSet, Path

GATE = "gate"


class Gates:
    """The gates of one function."""

    def __init__(self, code: FunctionCode, claims: Claims) -> None:
        self._code = code
        self._behind: list[tuple[Path, frozenset[int]]] = []
        for block, test in tests(code):
            claim = claims.of(code, test.cond)
            if claim is not None and len(claim.flags) == 1:
                self._find(block, claim)

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

    def _find(self, block: int, claim: Claim) -> None:
        succs = self._code.function.blocks[block].succs
        for refused in succs if claim.passes is None else succs[int(claim.passes) :][:1]:
            if self._leaves(refused):
                passed = next(iter(set(succs) - {refused}), refused)
                self._behind.append((claim.flags[0].extend((GATE,)), behind(self._code, passed)))

    def _leaves(self, block: int) -> bool:
        """Whether a branch goes straight to a return."""
        at = self._code.function.blocks[block]
        return at.end > at.start and isinstance(self._code.code[at.end - 1], ir.Return)
