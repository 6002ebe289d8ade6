"""What is stored in the fields of objects and sent on channels, where one body makes and fills them.

An object that a body makes (or gets from a constructor) and whose field is set once holds there what was
stored: `q.data` and the value of the literal's key `data` are one thing. *Must alias by single store*: the
heap's counterpart of a variable with one definition. Copying a struct shares what its fields refer to.

LIMIT: that a callee sets the field again is not seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import literal_fields
from govet_py.callgraph.parameters import limited, to_parameters
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import (
    CELL,
    ELEMENT,
    AllocRoot,
    FunctionValue,
    GlobalRoot,
    ParamRoot,
    Path,
    ResultRoot,
    Value,
    VarRoot,
)
from govet_py.model.types import Struct

HOPS = 4
Made = AllocRoot | ResultRoot
UNKNOWN = Path(VarRoot("", -1))
"""A value of which nothing is known, so that a field that may hold it has no other name."""


class Values(Protocol):
    """What this needs of the value analysis."""

    def of(self, code: FunctionCode, register: int) -> tuple[Value, ...]: ...

    def paths(self, code: FunctionCode, register: int) -> tuple[Path, ...]: ...

    def results(self, code: FunctionCode, root: ResultRoot) -> Iterator[tuple[Path, "Substitution"]]: ...


class Substitution(Protocol):
    """A callee's values in its caller's terms."""

    def substitute(self, value: Value, index: int = 0) -> tuple[Value, ...]: ...


class Contents:
    """The fields of made objects."""

    def __init__(self, code: Code, values: Values) -> None:
        self._code = code
        self._values = values
        self._added: dict[str, list[tuple[FunctionCode, int, int, bool]]] = {}
        self._sets: dict[str, dict[str, list[tuple[FunctionCode, int, int]]]] = {}
        self._aliases: dict[tuple[Made, str], Path | None] = {}

    # -- functions ---------------------------------------------------------------------------------

    def members(self, path: Path) -> tuple[Value, ...]:
        """The values that may be stored where a path leads from a made object: in a field, also of a struct that
        was copied there, or among the elements of a slice, map or channel."""
        if type(path.root) not in (AllocRoot, ResultRoot):
            return ()
        found: tuple[Value, ...] = (Path(path.root),)
        for step in path.fields:
            found = limited(value for one in found for value in self._step(one, step))
        return tuple(value for value in found if value != path)

    def _step(self, value: Value, step: str) -> Iterator[Value]:
        """What a member of a value may be, under its own name where nothing is stored in sight."""
        if not isinstance(value, Path):
            return
        stored: list[Value] = []
        if step == ELEMENT and isinstance(value.root, AllocRoot | ResultRoot):
            stored = list(self._elements(value.root, value))
        elif isinstance(value.root, AllocRoot | ResultRoot) and not value.fields:
            stored = [found for _, found in self._sources(value.root, step)]
        yield from stored or (value.extend((step,)),)

    def _elements(self, root: Made, container: Path) -> Iterator[Value]:
        """What the body that made a container puts into it: sent, appended, assigned or listed."""
        for code, base, value, spread in self._puts(root):
            if container in self._values.paths(code, base):
                found = self._values.of(code, value)
                yield from (one.extend((ELEMENT,)) for one in found if isinstance(one, Path)) if spread else found

    def _puts(self, root: Made) -> list[tuple[FunctionCode, int, int, bool]]:
        """The containers of functions of a body that are added to, what is added, and whether that is a slice of
        elements."""
        body_id = self._code.function(root.function).body_id
        known = self._added.get(body_id)
        if known is None:
            known = self._added[body_id] = [put for code in self._body(root) for put in self._added_by(code)]
        return known

    def _added_by(self, code: FunctionCode) -> Iterator[tuple[FunctionCode, int, int, bool]]:
        for register in code.of_kind(ir.Send, ir.SetIndex, ir.Call, ir.Composite):
            match code.code[register]:
                case ir.Send() as send:
                    yield code, send.chan, send.value, False
                case ir.SetIndex() as put:
                    yield code, put.base, put.value, False
                case ir.Composite() as made if not any(isinstance(key, str) for key in made.keys):
                    yield from ((code, register, value, False) for value in made.values)
                case ir.Call() as call if len(call.args) > 1 and _is_append(code, register):
                    base, last = call.args[0], call.args[-1]
                    yield from ((code, base, value, call.spread and value == last) for value in call.args[1:])

    # -- aliases -----------------------------------------------------------------------------------

    def canonical(self, path: Path) -> Path:
        """The path with every field on the way that is set once replaced by what was stored."""
        for _ in range(HOPS):
            root = path.root
            if not isinstance(root, AllocRoot | ResultRoot) or not path.fields or path.fields[1:] == (CELL,):
                break
            alias = self._alias(root, path.fields[0])
            if alias is None:
                break
            path = alias.extend(path.fields[1:])
        return path

    def stored(self, root: Made) -> tuple[tuple[str, Path], ...]:
        """The fields of an allocation, or of what a constructor returns, that are set once, with what was stored."""
        names = self._keys(root) | set(self._setters(root))
        if isinstance(root, ResultRoot):
            made = (path.root for path, _ in self._values.results(self._code.function(root.function), root))
            names = names.union(*(self._keys(one) for one in made if isinstance(one, AllocRoot)))
        return tuple((name, alias) for name in sorted(names) if (alias := self._alias(root, name)) is not None)

    def _keys(self, root: Made) -> set[str]:
        made = literal_fields(self._code.program, self._code.function(root.function), root.register)
        return {name for name, _ in made}

    def _alias(self, root: Made, name: str) -> Path | None:
        key = (root, name)
        if key not in self._aliases:
            self._aliases[key] = None
            sources = list(self._sources(root, name))
            single = sources[0] if len(sources) == 1 else None
            path = single[1] if single is not None and not single[0] else None
            self._aliases[key] = path if isinstance(path, Path) and path.root not in (root, UNKNOWN.root) else None
        return self._aliases[key]

    def _sources(self, root: Made, name: str) -> Iterator[tuple[bool, Value]]:
        """Whatever is stored in a field, and whether that copies a struct."""
        yield from self._assigned(root, name)
        code = self._code.function(root.function)
        if isinstance(root, ResultRoot):
            yield from self._constructed(code, root, name)
            return
        made = code.code[root.register]
        if isinstance(made, ir.Composite):
            for key, value in literal_fields(self._code.program, code, root.register):
                if key == name:
                    copied = self._is_struct(code, value)
                    yield from ((copied, found) for found in self._values.of(code, value))
        elif isinstance(made, ir.Store):
            yield from self._copied(code, made, name)

    def _assigned(self, root: Made, name: str) -> Iterator[tuple[bool, Value]]:
        for code, base, value in self._setters(root).get(name, ()):
            if Path(root) in self._values.paths(code, base):
                copied = self._is_struct(code, value)
                yield from ((copied, found) for found in self._values.of(code, value) or (UNKNOWN,))

    def _copied(self, code: FunctionCode, store: ir.Store, name: str) -> Iterator[tuple[bool, Value]]:
        field = self._code.program.field(code.type_of(store.value), name)
        if field is None or self._setters(AllocRoot(code.id, 0)).get(name):
            return
        copied = isinstance(self._code.program.underlying(field[0]), Struct)
        yield from ((copied, path.extend(field[1])) for path in self._values.paths(code, store.value))

    def _constructed(self, code: FunctionCode, root: ResultRoot, name: str) -> Iterator[tuple[bool, Value]]:
        for made, arguments in self._values.results(code, root):
            if isinstance(made.root, AllocRoot) and not made.fields:
                for copied, value in self._sources(made.root, name):
                    if isinstance(value, FunctionValue) or isinstance(value.root, ParamRoot | VarRoot | GlobalRoot):
                        outer = to_parameters(self._code.function(made.root.function), value)
                        yield from ((copied, found) for found in arguments.substitute(outer, root.index))
                    else:
                        yield True, value

    def _is_struct(self, code: FunctionCode, register: int) -> bool:
        if type(code.code[register]) in (ir.Addr, ir.FieldAddr, ir.IndexAddr):
            return False
        return isinstance(self._code.program.underlying(code.type_of(register)), Struct)

    def _setters(self, root: Made) -> dict[str, list[tuple[FunctionCode, int, int]]]:
        """The field assignments of the body in which `root` is made, by field name."""
        body_id = self._code.function(root.function).body_id
        known = self._sets.get(body_id)
        if known is None:
            known = self._sets[body_id] = {}
            for code in self._body(root):
                for instruction in code.code:
                    if type(instruction) is ir.SetField:
                        known.setdefault(instruction.name, []).append((code, instruction.base, instruction.value))
        return known

    def _body(self, root: Made) -> Iterator[FunctionCode]:
        code = self._code.function(root.function)
        return (self._code.sibling(code, index) for index in range(len(code.body.functions)))


def _is_append(code: FunctionCode, register: int) -> bool:
    callee = code.callee(register)
    return isinstance(callee, p.BuiltinCall) and callee.name == "append"
