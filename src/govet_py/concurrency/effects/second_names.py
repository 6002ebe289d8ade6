"""A map that a function makes and puts where others see it, `m.schema = fresh`, is theirs from then on.

What the function does to the map afterwards, through its own name for it, happens to the field as well.
LIMIT: what is published by a callee, or inside another object, is not followed.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.effects.settled import FrameEffect
from govet_py.concurrency.flow.control import after
from govet_py.concurrency.names import begins_outside
from govet_py.model import ir
from govet_py.model.concurrency import AllocRoot, Effect, EffectKind, Path
from govet_py.model.types import Map

_ACCESSES = (EffectKind.READ, EffectKind.WRITE)


class SecondNames:
    """Second names of maps, by the place that gives them."""

    def __init__(self, code: Code, values: ValueAnalysis) -> None:
        self._code = code
        self._values = values
        self._known: dict[str, tuple[tuple[AllocRoot, Path, int], ...]] = {}

    def effects(self, code: FunctionCode, effects: list[FrameEffect]) -> Iterator[FrameEffect]:
        """The effects on maps that were published before, under the names of others."""
        places = self._known.get(code.id)
        if places is None:
            places = self._known[code.id] = tuple(self._places(code))
        for root, name, register in places:
            later = set(after(code, register, root.register.__eq__))
            for anchor, effect in effects:
                if effect.path == Path(root) and effect.kind in _ACCESSES and anchor in later:
                    yield FrameEffect(anchor, Effect(effect.kind, name, *effect[2:]))

    def _places(self, code: FunctionCode) -> Iterator[tuple[AllocRoot, Path, int]]:
        for register in code.of_kind(ir.SetField):
            instruction = code.code[register]
            if isinstance(instruction, ir.SetField) and isinstance(
                self._code.program.underlying(code.type_of(instruction.value)), Map
            ):
                bases = self._values.paths(code, instruction.base)
                made = self._values.paths(code, instruction.value)
                if len(bases) == 1 and len(made) == 1 and begins_outside(code, bases[0]):
                    root = made[0].root
                    if isinstance(root, AllocRoot) and root.function == code.id and not made[0].fields:
                        yield root, bases[0].extend((instruction.name,)), register
