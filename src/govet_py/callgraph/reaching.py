"""Reaching definitions, on demand: which stores may a load of a variable see?

Backward search over the blocks, memoised by (variable, block); only for variables that no other
function touches (a captured variable is memory, not a value).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from govet_py.callgraph.code import FunctionCode
from govet_py.model import ir
from govet_py.model.sharing import one

_BLOCK_BITS = 20
"""A variable and a block as one number (see MOST_INSTRUCTIONS)."""
ENTRY = -1
"""The value at function entry: the argument, or nothing for a local."""


class Reaching:
    """Reaching definitions of one function."""

    __slots__ = ("_at_start", "_code")

    def __init__(self, code: FunctionCode) -> None:
        self._code = code
        self._at_start: dict[int, frozenset[int]] = {}

    def definitions(self, load: int, var: int) -> frozenset[int]:
        """The registers of the stores to `var` that may reach instruction `load`; ENTRY for none."""
        stores = self._code.stores.get(var, [])
        block = self._code.block_of(load)
        last = self._last(stores, self._code.function.blocks[block].start, load)
        if last is not None:
            return one(frozenset((last,)))
        return self._reach_start(var, stores, block)

    @staticmethod
    def _last(stores: Sequence[int], start: int, before: int) -> int | None:
        at = bisect_left(stores, before) - 1
        return stores[at] if at >= 0 and stores[at] >= start else None

    def _reach_start(self, var: int, stores: Sequence[int], block: int) -> frozenset[int]:
        key = var << _BLOCK_BITS | block
        known = self._at_start.get(key)
        if known is not None:
            return known
        found: set[int] = set()
        seen: set[int] = set()
        work = [block]
        blocks, predecessors = self._code.function.blocks, self._code.predecessors
        while work:
            current = work.pop()
            if current == 0:
                found.add(ENTRY)
            for predecessor in predecessors[current]:
                if predecessor in seen:
                    continue
                seen.add(predecessor)
                last = self._last(stores, blocks[predecessor].start, blocks[predecessor].end)
                if last is None:
                    work.append(predecessor)
                else:
                    found.add(last)
        result = one(frozenset(found))
        self._at_start[key] = result
        return result


def is_register(var: ir.Var) -> bool:
    """Reports whether a variable is seen by its own function only, so that its stores tell its value."""
    return not (var.captured or var.addressed)
