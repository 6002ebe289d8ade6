"""What a function's own instructions access: variables, fields and maps, before any call is looked at."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.map_uses import handed
from govet_py.callgraph.shown import Shown
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.describe import expression
from govet_py.concurrency.effects.cells import Cells
from govet_py.concurrency.effects.taken_out import TakenOut
from govet_py.concurrency.locks.locksets import LockSets
from govet_py.knowledge import concurrency as knows
from govet_py.model import ir
from govet_py.model.concurrency import ELEMENT, Effect, EffectKind
from govet_py.model.types import Map
from govet_py.resolve.elements import range_over

_OTHERS = frozenset({ir.Call, ir.SetIndex, ir.Index, ir.Next, ir.Send, ir.Recv, ir.Select})
"""The instructions that have effects besides those on variables and fields."""
_SIGNALS = frozenset({ir.Call, ir.Send, ir.Recv, ir.Select})
NOTHING: frozenset[int] = frozenset()


class MapUse(NamedTuple):
    """An instruction uses the map in register `base`."""

    base: int
    kind: EffectKind


class Leaves:
    """Accesses instruction by instruction."""

    def __init__(self, code: Code, values: ValueAnalysis, calls: CallGraph) -> None:
        self._code = code
        self._values = values
        self.shown = Shown(code, calls)
        self.cells = Cells(code, values, self.shown)
        self._taken_out = TakenOut(code)
        self._candidates: dict[str, list[int]] = {}

    def candidates(self, code: FunctionCode) -> list[int]:
        """The instructions that may have effects, which are few."""
        known = self._candidates.get(code.id)
        if known is None:
            known = self._candidates[code.id] = self._find(code)
        return known

    def _find(self, code: FunctionCode) -> list[int]:
        if knows.is_uninstrumented(code.package):
            return list(code.of_kind(*_SIGNALS))
        return self.cells.candidates(code, _OTHERS)

    def is_map(self, code: FunctionCode, register: int) -> bool:
        """Reports whether a register holds a map."""
        return isinstance(self._code.program.underlying(code.type_of(register)), Map)

    def map_uses(self, code: FunctionCode, register: int) -> Iterator[MapUse]:
        """The maps that an instruction may use, by itself or as a call of a library."""
        instruction = code.code[register]
        kind = type(instruction)
        if kind is ir.SetIndex:
            yield MapUse(instruction.base, EffectKind.WRITE)  # type: ignore[union-attr]
        elif kind is ir.Index:
            yield MapUse(instruction.base, EffectKind.READ)  # type: ignore[union-attr]
        elif kind is ir.Next:
            yield MapUse(range_over(code.code, instruction), EffectKind.READ)  # type: ignore[arg-type]
        elif kind is ir.Call:
            yield from (MapUse(*use) for use in handed(code, register, instruction, self.shown))  # type: ignore[arg-type]

    def map_accesses(
        self, code: FunctionCode, locks: LockSets, register: int, quiet: Set[int] = NOTHING
    ) -> Iterator[Effect]:
        """The accesses of maps by one instruction, but for those whose register, inverted (`~`), is among `quiet`."""
        for use in self.map_uses(code, register):
            if ~use.base in quiet or not self.is_map(code, use.base):
                continue
            if not self._taken_out.holds(code, use.base, register):
                yield from self.map_access(code, locks, register, use)
        if type(code.code[register]) is ir.Call:
            yield from self._maps_shown(code, locks, register)

    def _maps_shown(self, code: FunctionCode, locks: LockSets, register: int) -> Iterator[Effect]:
        for base, field in self.cells.wholes.maps_of(code, register):
            what, paths = f"{expression(code, base)}.{field}", self._values.paths(code, base)
            for path in paths:
                held, site = locks.at(register), code.site(register)
                yield Effect(EffectKind.READ, path.extend((field,)), held, None, site, what, None, len(paths) == 1)

    def map_access(self, code: FunctionCode, locks: LockSets, register: int, use: MapUse) -> Iterator[Effect]:
        """The accesses of one map."""
        paths = self._values.paths(code, use.base)
        what = expression(code, use.base)
        one_of = len({path.root for path in paths}) == 1
        for path in paths:
            effect = Effect(use.kind, path, locks.at(register), None, code.site(register), what, None, one_of)
            yield self.cells.slots.of_each(code, use.base, effect) if ELEMENT in path.fields else effect
