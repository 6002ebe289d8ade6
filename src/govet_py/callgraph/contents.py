"""What is stored in the fields of objects and sent on channels, where one body makes and fills them.

An object that a body makes (or gets from a constructor) and whose field is set once holds there what was
stored: `q.data` and the value of the literal's key `data` are one thing. *Must alias by single store*: the
heap's counterpart of a variable with one definition. Copying a struct shares what its fields refer to.

LIMIT: that a callee sets the field again is not seen.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.arguments import Known
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import literal_fields
from govet_py.callgraph.parameters import limited, to_parameters
from govet_py.callgraph.registered import Made, Registered
from govet_py.model import ir
from govet_py.model.concurrency import (
    CELL,
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
UNKNOWN = Path(VarRoot("", -1))
"""A value of which nothing is known, so that a field that may hold it has no other name."""


class Contents:
    """The fields of made objects."""

    def __init__(self, code: Code, values: Known) -> None:
        self._code = code
        self._values = values
        self._sets: dict[str, dict[str, list[tuple[FunctionCode, int, int]]]] = {}
        self._aliases: dict[tuple[Made, str], Path | None] = {}
        self._registered = Registered(code, values, self.sources, self.stored)
        self._members: dict[Path, tuple[Value, ...]] = {}

    # -- functions ---------------------------------------------------------------------------------

    def members(self, path: Path) -> tuple[Value, ...]:
        """The functions that may be stored in a field, or an element of a container, of a made object."""
        known = self._members.get(path)
        if known is None:
            known = self._members[path] = limited(self._registered.at(path))
        return known

    def sources(self, root: Made, name: str) -> Iterator[Value]:
        """Whatever is stored in a field."""
        return (value for _, value in self._sources(root, name))

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
