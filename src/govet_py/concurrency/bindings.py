"""Names across a call: what a callee's paths stand for in its caller."""

from __future__ import annotations

from typing import NamedTuple

from govet_py.callgraph.arguments import Arguments, Target
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.parameters import limited
from govet_py.callgraph.values import ValueAnalysis
from govet_py.model import ir
from govet_py.model.concurrency import (
    CELL,
    ELEMENT,
    AllocRoot,
    FunctionValue,
    Given,
    GlobalRoot,
    OpaqueRoot,
    ParamRoot,
    Path,
    ResultRoot,
    ReturnRoot,
    Root,
    Value,
    VarRoot,
)


class Captured(NamedTuple):
    """A closure that a call returned, and the call, with its arguments."""

    closure: FunctionCode
    arguments: Arguments
    owner: str
    call: int

    def member(self, root: Root, fields: tuple[str, ...]) -> tuple[Value, ...]:
        """What a parameter of the closure's maker, or what that has made for the closure, stands for at the call."""
        if (root.body if isinstance(root, VarRoot) else getattr(root, "function", "")) != self.closure.body_id:
            return ()
        maker = self.closure.body.functions[0]
        if isinstance(root, VarRoot) and root.var in maker.params and fields != (CELL,):
            return self.arguments.member(maker.params.index(root.var), fields)
        return (Path(OpaqueRoot(self.owner, self.call, root), fields),)


def captured(functions: Code, values: ValueAnalysis, code: FunctionCode, value: FunctionValue) -> Captured | None:
    """What the call that returned a closure bound to the parameters that the closure captured."""
    closure = functions.get(value.function)
    if value.call is None or closure is None:
        return None
    owner = functions.get(value.call[0])
    if owner is None or owner.body_id != code.body_id:
        return None
    targets = values.targets(owner, value.call[1])
    target = next((t for t in targets if t.function == closure.body_id), Target(closure.body_id, (), False))
    return Captured(closure, values.arguments(owner, value.call[1], target), *value.call)


class Binding:
    """Puts a callee's roots into the caller's frame: parameters by arguments; what the closure captured
    stays itself within one body, or goes through the call that made the closure."""

    def __init__(
        self,
        values: ValueAnalysis,
        code: FunctionCode,
        register: int | None,
        target: Target,
        captured: Captured | None = None,
        given: Given = (),
    ) -> None:
        """`given` are the arguments, in the frame's paths, where `register` has none."""
        self._code = code
        self._register = register
        self._receivers = target.receivers
        self.target = target
        self.call = register
        self._values = values
        self._arguments = None if register is None else values.arguments(code, register, target)
        self._captured = captured
        self._given = given
        self._known: dict[Path, tuple[Value, ...]] = {}
        self._sets: dict[frozenset[Path], frozenset[Path]] = {}

    def values(self, path: Path) -> tuple[Value, ...]:
        """What a callee's path stands for in this frame; () when it has no name here."""
        known = self._known.get(path)
        if known is None:
            known = self._known[path] = self._values_of(path)
        return known

    def groups(self, groups: frozenset[Path]) -> frozenset[Path]:
        """What all of a callee's paths stand for in this frame."""
        known = self._sets.get(groups)
        if known is None:
            known = self._sets[groups] = frozenset(path for group in groups for path in self.paths(group))
        return known

    def _values_of(self, path: Path) -> tuple[Value, ...]:
        root = path.root
        if isinstance(root, ParamRoot):
            return self._parameter(root.position, path)
        if self._is_ours(root):
            return (path,)
        if isinstance(root, ReturnRoot):
            return () if self._register is None else (self._result(self._register, root.index, path.fields),)
        if self._captured is not None:
            return self._captured.member(root, path.fields)
        return ()

    def argument(self, path: Path) -> int:
        """The register of the argument that is itself a callee's path, NONE when no argument is."""
        return ir.NONE if path.fields or self._is_receiver(path) else self.given(path)

    def _is_receiver(self, path: Path) -> bool:
        return self.target.method and path.root == ParamRoot(0)

    def given(self, path: Path) -> int:
        """The register of the argument, or receiver, below which a callee's path lies, NONE when there is none."""
        root = path.root
        call = self._code.code[self.call] if self.call is not None else None
        if not isinstance(root, ParamRoot) or not isinstance(call, ir.Call) or self.call is None:
            return ir.NONE
        if self._is_receiver(path):
            return self._code.receiver_of(self.call)
        at = root.position - self.target.method
        return call.args[at] if at < len(call.args) else ir.NONE

    def paths(self, path: Path) -> tuple[Path, ...]:
        """As `values`, paths only, under their first names."""
        return tuple(self._values.canonical(value) for value in self.values(path) if isinstance(value, Path))

    def paths_of(self, paths: tuple[Path, ...]) -> tuple[Path, ...]:
        """What any of a callee's paths stands for in this frame, the first few; no element that the frame may have
        picked out."""
        found = (path for one in paths for path in self.paths(one))
        return limited(path for path in found if path.is_exact and ELEMENT not in path.fields)

    def lock_path(self, lock: Path, access: Path, value: Path, anchor: int) -> Path | None:
        """Where a lock that the callee holds at `access` lies here, when `access` is `value` here. A lock
        beside the accessed object moves with it; a lock inside the callee is equal to itself at this
        call only; a lock that may be one of several is none."""
        if lock.root == access.root and value.fields[len(value.fields) - len(access.fields) :] == access.fields:
            base = Path(value.root, value.fields[: len(value.fields) - len(access.fields)])
            moved = self._values.canonical(base.extend(lock.fields))
            return moved if moved.is_exact else None
        found = self.paths(lock)
        if len(found) == 1 and found[0].is_exact:
            return found[0]
        if found or isinstance(lock.root, ParamRoot):
            return None
        inner = lock.root.inner if isinstance(lock.root, OpaqueRoot) else lock.root
        return Path(OpaqueRoot(self._code.id, anchor, inner), lock.fields)

    def _parameter(self, position: int, path: Path) -> tuple[Value, ...]:
        if self._arguments is not None:
            return self._arguments.place(position, path.fields)
        if position == 0 and self.target.method:
            return tuple(base.extend(path.fields) for base in self._receivers)
        at = position - self.target.method
        return tuple(base.extend(path.fields) for base in self._given[at]) if at < len(self._given) else ()

    def _result(self, register: int, index: int, fields: tuple[str, ...]) -> Path:
        return Path(ResultRoot(self._code.id, register, index), fields)

    def _is_ours(self, root: object) -> bool:
        if isinstance(root, GlobalRoot):
            return True
        if isinstance(root, VarRoot):
            return root.body == self._code.body_id
        if isinstance(root, AllocRoot | ResultRoot | OpaqueRoot):
            return root.function.partition("$")[0] == self._code.body_id
        return False
