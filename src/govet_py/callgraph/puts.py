"""What functions put into containers: functions, what holds some, and elements of other containers.

By `append`, an index, a send, or a library's function that copies what one container has into another.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.arguments import Known
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import literal_fields
from govet_py.knowledge.concurrency import ELEMENTS_OF
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import ELEMENT, AllocRoot
from govet_py.model.types import Array, Chan, Func, Interface, Map, Named, Slice, Struct, Type, deref

_COPIERS = frozenset(name.rpartition(".")[2] for name in ELEMENTS_OF) - {"append"} | {"copy"}


class Put(NamedTuple):
    """`value` is stored at `place` below what register `base` holds; a `spread` value is a slice of such."""

    code: FunctionCode
    base: int
    place: tuple[str, ...]
    value: int
    spread: bool = False


class Puts:
    """What each function puts where."""

    def __init__(self, code: Code, values: Known) -> None:
        self._code = code
        self._values = values
        self._parts: dict[Type, bool] = {}
        self._adapted: dict[Type, bool] = {}

    def of(self, code: FunctionCode) -> Iterator[Put]:
        """What a function puts into containers, one by one or all of another container."""
        for register in code.of_kind(ir.Send, ir.SetIndex, ir.Call):
            step = code.code[register]
            match step:
                case ir.Send():
                    yield from self._put(code, step.chan, step.value)
                case ir.SetIndex():
                    yield from self._put(code, step.base, step.value)
                case ir.Call() if _is_append(code, register, step):
                    holder = register if begins_as_nil(code, step) else step.args[0]
                    for value in step.args[1:]:
                        if step.spread:
                            yield Put(code, holder, (ELEMENT,), value, True)
                        else:
                            yield from self._put(code, holder, value)
                case ir.Call():
                    holder, copied = self._copied(code, register, step)
                    yield from (Put(code, holder, (ELEMENT,), value, True) for value in copied)

    def _put(self, code: FunctionCode, container: int, value: int) -> Iterator[Put]:
        """A function, or a struct that holds some."""
        type_ = code.type_of(value)
        if self.is_function(type_):
            yield Put(code, container, (ELEMENT,), value)
        elif self.is_struct(type_):
            for name, inner in self._literal(code, value):
                if self.is_function(code.type_of(inner)):
                    yield Put(code, container, (ELEMENT, name), inner)
            named = not isinstance(code.code[value], ir.Composite)
            if named and (self.takes_part(type_) or self._is_taken(code, value)):
                yield Put(code, container, (ELEMENT,), value)
        elif isinstance(self._code.program.underlying(type_), Interface) and self._is_taken(code, value):
            yield Put(code, container, (ELEMENT,), value)

    def _is_taken(self, code: FunctionCode, value: int) -> bool:
        """Whether a value is an element of another container."""
        return any(path.fields[-1:] == (ELEMENT,) for path in self._values.paths(code, value))

    def _literal(self, code: FunctionCode, value: int) -> Iterator[tuple[str, int]]:
        """The fields of a struct as the function makes it, right there or before it gives it a name."""
        roots = [path.root for path in self._values.paths(code, value) if not path.fields]
        here = [root.register for root in roots if isinstance(root, AllocRoot) and root.function == code.id]
        return literal_fields(self._code.program, code, here[0] if len(here) == 1 else value)

    def _copied(self, code: FunctionCode, register: int, call: ir.Call) -> tuple[int, tuple[int, ...]]:
        """The container that a library call puts the elements of others into, its result or an argument, and those."""
        named = code.code[call.callee]
        if not isinstance(named, ir.Selector | ir.Name) or named.name not in _COPIERS:
            return ir.NONE, ()
        callee = code.callee(register)
        if isinstance(callee, p.BuiltinCall):
            holder, copied = call.args[0], call.args[1:]
        else:
            found = p.is_one_of(callee, ELEMENTS_OF)
            holder, copied = register, call.args if found else ()
        return holder, copied

    def sets(self, code: FunctionCode) -> Iterator[Put]:
        """The functions that a function stores in fields."""
        for register in code.of_kind(ir.SetField):
            step = code.code[register]
            if isinstance(step, ir.SetField) and self.is_function(code.type_of(step.value)):
                yield Put(code, step.base, (step.name,), step.value)

    # -- types --------------------------------------------------------------------------------------

    def takes_part(self, type_: Type) -> bool:
        """Reports whether a type is one of functions, or of what has some in its fields, or tables of such."""
        known = self._parts.get(type_)
        if known is None:
            self._parts[type_] = False
            inner = self._fields(type_) or self._fields(self._element(type_)) or (self._element(type_),)
            known = self._parts[type_] = any(map(self._is_of_functions, inner))
        return known

    def _is_of_functions(self, type_: Type) -> bool:
        element = self._element(type_)
        return self.is_function(element) or (element != type_ and self.takes_part(type_))

    def _fields(self, type_: Type) -> tuple[Type, ...]:
        shape = self._code.program.underlying(deref(type_))
        return tuple(field.type for field in shape.fields) if isinstance(shape, Struct) else ()

    def _element(self, type_: Type) -> Type:
        """The type of the elements of a container, or the type itself."""
        shape = self._code.program.underlying(type_)
        return shape.elem if isinstance(shape, Map | Slice | Array | Chan) else type_

    def is_function(self, type_: Type) -> bool:
        """Reports whether a type is one of functions, or an interface of one method that functions implement: such as
        `type ListenerFunc func(Event)` does."""
        shape = self._code.program.underlying(type_)
        if not isinstance(shape, Interface) or len(shape.methods) != 1 or shape.embeds:
            return isinstance(shape, Func)
        known = self._adapted.get(type_)
        if known is None:
            methods = self._code.program.implementers(type_, shape.methods[0].name)
            known = self._adapted[type_] = any(map(self._is_of_function, methods))
        return known

    def _is_of_function(self, method: str) -> bool:
        """Whether the receiver of a method is a function."""
        declared = self._code.program.functions[method]
        owner = declared.receiver.type_name if declared.receiver is not None else ""
        return isinstance(self._code.program.underlying(Named(declared.package, owner)), Func)

    def is_struct(self, type_: Type) -> bool:
        """Reports whether a type is a struct or a pointer to one."""
        return isinstance(self._code.program.underlying(deref(type_)), Struct)


def begins_as_nil(code: FunctionCode, append: ir.Call) -> bool:
    """Reports whether append makes its slice itself: `append([]func()(nil), …)`."""
    base = append.args[0]
    converted = code.code[base]
    if isinstance(converted, ir.Call) and len(converted.args) == 1 and isinstance(code.callee(base), p.Conversion):
        base = converted.args[0]
    return code.is_nil(base)


def _is_append(code: FunctionCode, register: int, call: ir.Call) -> bool:
    named = type(code.code[call.callee]) is ir.Name and bool(call.args)
    return named and code.callee(register) == p.BuiltinCall("append")
