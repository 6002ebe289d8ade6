"""What a function keeps of its arguments: after `r.conn = c` what is done to `r.conn` is done to `c`.

*Strong update* of a field of a parameter that the function sets once. A goroutine that is started through the
field uses the argument, under a name that callers know it by.
"""

from __future__ import annotations

from govet_py.callgraph.code import FunctionCode
from govet_py.callgraph.parameters import position_of
from govet_py.callgraph.values import ValueAnalysis
from govet_py.model import ir
from govet_py.model.concurrency import CELL, Effect, HeldLock, Path, VarRoot

Place = tuple[int, str]


class Kept:
    """The fields of parameters that hold other parameters."""

    def __init__(self, values: ValueAnalysis) -> None:
        self._values = values
        self._known: dict[str, dict[Place, Path]] = {}

    def as_given(self, code: FunctionCode, effect: Effect) -> Effect | None:
        """An effect on what a parameter's field holds, as one on the argument; None for others."""
        root, fields = effect.path.root, effect.path.fields
        if type(root) is not VarRoot or len(fields) < 2 or fields[1] == CELL or root.body != code.body_id:
            return None
        given = self._fields(code).get((root.var, fields[0]))
        if given is None:
            return None
        prefix = Path(root, fields[:1])
        locks = frozenset(HeldLock(_moved(lock.path, prefix, given), lock.mode) for lock in effect.locks)
        return effect._replace(path=_moved(effect.path, prefix, given), locks=locks)

    def _fields(self, code: FunctionCode) -> dict[Place, Path]:
        known = self._known.get(code.id)
        if known is None:
            known = self._known[code.id] = self._find(code) if code.index == 0 else {}
        return known

    def _find(self, code: FunctionCode) -> dict[Place, Path]:
        found: dict[Place, list[Path]] = {}
        for instruction in code.code:
            if type(instruction) is not ir.SetField:
                continue
            base = code.code[instruction.base]
            if isinstance(base, ir.Load) and base.var in code.function.params:
                paths = self._values.paths(code, instruction.value)
                found.setdefault((base.var, instruction.name), []).extend(paths or (Path(VarRoot("", -1)),))
        single = ((place, paths[0]) for place, paths in found.items() if len(paths) == 1)
        return {place: path for place, path in single if _is_another(code, place, path)}


def _is_another(code: FunctionCode, place: Place, path: Path) -> bool:
    """Whether a path is another parameter of the function."""
    position = position_of(code, path)
    return position is not None and code.function.params[position] != place[0]


def _moved(path: Path, prefix: Path, given: Path) -> Path:
    return Path(given.root, given.fields + path.fields[len(prefix.fields) :]) if prefix.is_prefix_of(path) else path
