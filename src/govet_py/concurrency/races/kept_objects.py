"""Objects that a function makes, keeps where others find them, and leaves to a goroutine of their own.

`s.workers[id] = w; go w.run()`: from then on whoever takes the object out of the collection runs beside the
goroutine. Only the type of the object is known to both: what the goroutine does is told by the frame of the
function that starts it (*thread escape* through a container or a field).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.effects.early_signals import behind_signals
from govet_py.concurrency.effects.frames import Frame
from govet_py.concurrency.effects.happens_before import Order
from govet_py.concurrency.fresh import is_own
from govet_py.knowledge.atomics import ATOMICS
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import AllocRoot, Effect, EffectKind, Path, ResultRoot
from govet_py.model.types import Named, deref


class KeptUse(NamedTuple):
    """A goroutine that `function` leaves behind does `effect`, told in that function's paths, to an object of type
    `owner` that the function has made and kept. The groups of its strand are all that tells its end."""

    owner: Named
    function: str
    effect: Effect


class KeptObjects:
    """What goroutines do to the objects that their starters have kept."""

    def __init__(self, code: Code, values: ValueAnalysis) -> None:
        self._code = code
        self._values = values
        self._known: dict[tuple[str, Path], Named | None] = {}

    def uses(self, frame: Frame) -> Iterator[KeptUse]:
        """The accesses of kept objects in a frame by goroutines that outlive it."""
        order: Order | None = None
        for anchor, effect in frame.effects:
            root = effect.path.root
            if effect.strand is None or not isinstance(root, AllocRoot | ResultRoot) or not effect.certain:
                continue
            if effect.kind not in (EffectKind.READ, EffectKind.WRITE) or root.function != frame.code.id:
                continue
            owner = self._kept(frame.code, root)
            if owner is not None:
                order = order or Order(frame.code, frame.effects)
                early = behind_signals(effect)
                if order.is_left_behind(anchor, effect.strand, early):
                    ends = tuple(self._below(root, group) for group in order.groups(anchor, effect.strand, early))
                    yield KeptUse(owner, frame.code.id, effect._replace(strand=effect.strand._replace(groups=ends)))

    def _below(self, root: AllocRoot | ResultRoot, path: Path) -> Path:
        """A path by its way from an object, where a field of the object holds what it begins with."""
        for field, held in self._values.stored(root):
            if held.is_prefix_of(path):
                return Path(root, (field, *path.fields[len(held.fields) :]))
        return path

    def _kept(self, code: FunctionCode, root: AllocRoot | ResultRoot) -> Named | None:
        """The type of an object that a function makes and keeps; None for others."""
        key = (code.id, Path(root))
        if key not in self._known:
            self._known[key] = self._type(code, root)
        return self._known[key]

    def _type(self, code: FunctionCode, root: AllocRoot | ResultRoot) -> Named | None:
        type_ = deref(code.type_of(root.register))
        made = Path(root)
        if not isinstance(type_, Named) or not is_own(self._code, self._values, code, made):
            return None
        return type_ if any(self._keeps(code, at, made) for at in code.of_kind(*_PUTS)) else None

    def _keeps(self, code: FunctionCode, register: int, made: Path) -> bool:
        """Whether an instruction puts an object into something that the function has not made itself."""
        match code.code[register]:
            case ir.SetIndex() as put:
                return self._is(code, put.value, made) and self._is_known(code, put.base)
            case ir.SetField() as put:
                value = code.code[put.value]
                grown = isinstance(value, ir.Call) and code.callee(put.value) == p.BuiltinCall("append")
                added = value.args[1:] if grown and isinstance(value, ir.Call) else ()
                return any(self._is(code, at, made) for at in added) and self._is_known(code, put.base)
            case ir.Call() as call:
                callee = code.callee(register)
                known = p.is_one_of(callee, ATOMICS)
                return known and any(self._is(code, at, made) for at in call.args)
        return False

    def _is(self, code: FunctionCode, register: int, made: Path) -> bool:
        return register >= 0 and made in self._values.paths(code, register)

    def _is_known(self, code: FunctionCode, base: int) -> bool:
        """Whether others know a container, or what it is a part of."""
        paths = self._values.paths(code, base)
        return bool(paths) and not any(is_own(self._code, self._values, code, path) for path in paths)


_PUTS = (ir.SetIndex, ir.SetField, ir.Call)
