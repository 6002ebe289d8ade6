"""Accesses of all fields of an object at once: `*p = value`, `copy := *p`, `copy := x.part`, and what fills, prints or
serialises the object that p points to, by reflection.

Only the object's own fields count, not those of what they refer to. A type that says itself how it is printed is read
by its method, one of generated code field by field.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.shown import Shown
from govet_py.knowledge.reflection import FILLED, OWN_FORMS
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import EffectKind
from govet_py.model.types import Map, Named, Pointer, Struct, Type, deref

_FILLERS = frozenset(name.rpartition(".")[2] for name in FILLED)


class Wholes:
    """The instructions that access whole objects."""

    def __init__(self, code: Code, shown: Shown) -> None:
        self._code = code
        self._shown = shown

    def of(self, code: FunctionCode, register: int) -> Iterator[tuple[int, str, EffectKind]]:
        """The fields that an instruction accesses together: the register of the object, and the field's name."""
        instruction = code.code[register]
        match instruction:
            case ir.SetDeref():
                yield from self._each(code, instruction.base, EffectKind.WRITE)
            case ir.Deref() if not _is_part(code, register):
                yield from self._each(code, instruction.base, EffectKind.READ)
            case ir.Selector() if not _is_part(code, register):
                yield from ((register, name, EffectKind.READ) for name in self._of_struct(code.type_of(register)))
            case ir.Call():
                for argument in _filled(code, register, instruction):
                    yield from self._each(code, argument, EffectKind.WRITE)
                for argument in self._read(code, register):
                    yield from self._each(code, argument, EffectKind.READ)

    def maps_of(self, code: FunctionCode, call: int) -> Iterator[tuple[int, str]]:
        """The maps in fields of what a call shows: the register of the object, and the field's name."""
        for argument in self._read(code, call):
            struct = self._code.program.underlying(deref(code.type_of(argument)))
            for field in struct.fields if isinstance(struct, Struct) else ():
                if isinstance(self._code.program.underlying(field.type), Map):
                    yield argument, field.name

    def _read(self, code: FunctionCode, call: int) -> Iterator[int]:
        """What a call shows field by field."""
        shows = self._shown.of(code, call)
        return (one.argument for one in shows if one.whole and not self._shows_itself(code, one.argument))

    def _each(self, code: FunctionCode, base: int, kind: EffectKind) -> Iterator[tuple[int, str, EffectKind]]:
        pointer = self._code.program.underlying(code.type_of(base))
        names = self._of_struct(pointer.elem) if isinstance(pointer, Pointer) else ()
        return ((base, name, kind) for name in names)

    def _of_struct(self, type_: Type) -> tuple[str, ...]:
        """The fields of a struct type that has a name."""
        struct = self._code.program.underlying(type_) if isinstance(type_, Named) else None
        return tuple(field.name for field in struct.fields) if isinstance(struct, Struct) else ()

    def _shows_itself(self, code: FunctionCode, argument: int) -> bool:
        type_ = deref(code.type_of(argument))
        found = (self._code.program.method(type_, name) for name in OWN_FORMS)
        return any(one is not None and self._code.get(one[0]) is not None for one in found)


def _is_part(code: FunctionCode, register: int) -> bool:
    """Whether of `*p` only a field is used, as in `(*p).field`."""
    then = code.code[register + 1] if register + 1 < len(code.code) else None
    return isinstance(then, ir.Selector | ir.FieldAddr | ir.Index | ir.IndexAddr) and then.base == register


def _filled(code: FunctionCode, register: int, call: ir.Call) -> tuple[int, ...]:
    """The argument of which all fields are set."""
    callee = code.code[call.callee] if call.callee >= 0 else None
    if not isinstance(callee, ir.Selector) or callee.name not in _FILLERS:
        return ()
    name = p.known_name(code.callee(register))
    return call.args[FILLED[name] :][:1] if name in FILLED else ()
