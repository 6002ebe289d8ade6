"""Pools: who borrows, who gives back, and who waits until all has been given back.

A pool is told by the type of the variable that a path starts at and the fields walked from there
(`Monitor.appPool.ConnPool`), seen from the function at hand and from the callers of those that only pass the
call on. What a function borrows counts when the function gives something back itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import FunctionCode
from govet_py.callgraph.members import Member
from govet_py.callgraph.slices import Origin
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.deadlocks.waits import Kind, Operation
from govet_py.knowledge import concurrency as knows
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import Path, VarRoot
from govet_py.model.types import Named, deref

MAX_LEVELS = 3
Found = tuple[Operation, frozenset[Origin]]


class PoolOperations:
    """The operations on pools."""

    def __init__(self, values: ValueAnalysis, calls: CallGraph) -> None:
        self._values = values
        self._calls = calls

    def find(self) -> Iterator[Found]:
        """All operations, each with the pool as its origin."""
        returns = self._returns()
        for code, register, receiver, pool in self._uses(knows.BORROW):
            for back in returns.get(code.id, ()) if pool else ():
                origins: frozenset[Origin] = frozenset((pool,)) if pool else frozenset()
                yield Operation(Kind.BORROW, code.id, register, receiver), origins
                yield back, origins
        for code, register, receiver, pool in self._uses(knows.DRAIN):
            if pool:
                yield Operation(Kind.DRAIN, code.id, register, receiver), frozenset((pool,))

    def _returns(self) -> dict[str, list[Operation]]:
        found: dict[str, list[Operation]] = {}
        for name in sorted(knows.GIVE_BACK):
            for code, register, receiver in self._calls.method_calls(name):
                found.setdefault(code.id, []).append(Operation(Kind.GIVE_BACK, code.id, register, receiver))
        return found

    def _uses(self, names: frozenset[str]) -> Iterator[tuple[FunctionCode, int, int, Member | None]]:
        for name in sorted(names):
            for code, register, receiver in self._calls.method_calls(name):
                callee = code.callee(register)
                assert isinstance(callee, p.Static)
                for path in self._values.paths(code, receiver):
                    yield from self._lifted(code, register, receiver, path.extend(callee.via), MAX_LEVELS)

    def _lifted(
        self, code: FunctionCode, register: int, receiver: int, path: Path, levels: int
    ) -> Iterator[tuple[FunctionCode, int, int, Member | None]]:
        """A use of a pool, in the function itself and in those that call it on an object that has the pool."""
        root = path.root
        if not isinstance(root, VarRoot) or root.body != code.body_id:
            return
        yield code, register, receiver, self._pool(code, root, path)
        if levels and code.body.vars[root.var].kind == ir.VarKind.RECEIVER:
            for caller, site, outer in self._calls.method_calls(code.id):
                callee = caller.callee(site)
                via = callee.via if isinstance(callee, p.Static) else ()
                for base in self._values.paths(caller, outer):
                    longer = base.extend((*via, *path.fields))
                    yield from self._lifted(caller, site, outer, longer, levels - 1)

    @staticmethod
    def _pool(code: FunctionCode, root: VarRoot, path: Path) -> Member | None:
        owner = deref(code.types.var_type(root.var))
        if not isinstance(owner, Named) or not path.fields:
            return None
        return Member(owner.package, owner.name, ".".join(path.fields))
