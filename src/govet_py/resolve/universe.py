"""The universe block (Go spec, "Predeclared identifiers"), and the types of untyped constants."""

from __future__ import annotations

from govet_py.model.program import BuiltinRef, Denotation, NilRef, TypeRef
from govet_py.model.types import ERROR, Basic, Func, Interface, Method, Type

BOOL = Basic("bool")
INT = Basic("int")
STRING = Basic("string")
BYTE = Basic("uint8")
RUNE = Basic("int32")
FLOAT = Basic("float64")
COMPLEX = Basic("complex128")

UNTYPED_INT = Basic("untyped int")
UNTYPED_RUNE = Basic("untyped rune")
UNTYPED_FLOAT = Basic("untyped float")
UNTYPED_BOOL = Basic("untyped bool")
UNTYPED_NIL = Basic("untyped nil")
UNTYPED_COMPLEX = Basic("untyped complex")
UNTYPED_STRING = Basic("untyped string")

_DEFAULTS: dict[str, Type] = {
    "untyped int": INT, "untyped rune": RUNE, "untyped float": FLOAT, "untyped bool": BOOL,
    "untyped complex": COMPLEX, "untyped string": STRING,
}

CONSTANT_KINDS: dict[str, Type] = {
    "int": UNTYPED_INT, "float": UNTYPED_FLOAT, "imaginary": UNTYPED_COMPLEX, "rune": UNTYPED_RUNE,
    "string": UNTYPED_STRING, "nil": UNTYPED_NIL, "bool": UNTYPED_BOOL,
}

ERROR_INTERFACE = Interface((Method("Error", Func((), (STRING,))),))

_BASICS = (
    "bool string int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 uintptr"
    " float32 float64 complex64 complex128"
)

TYPES: dict[str, Type] = {
    **{name: Basic(name) for name in _BASICS.split()},
    "byte": BYTE, "rune": RUNE, "error": ERROR, "any": Interface(), "comparable": Interface(),
}

BUILTINS = frozenset(
    "append cap clear close complex copy delete imag len make max min new panic print println real recover".split()
)

UNIVERSE: dict[str, Denotation] = {
    **{name: TypeRef(type_) for name, type_ in TYPES.items()},
    **{name: BuiltinRef(name) for name in sorted(BUILTINS)},
    "nil": NilRef(),
}


def is_untyped(type_: Type) -> bool:
    """Reports whether a type is that of an untyped constant."""
    return isinstance(type_, Basic) and type_.name.startswith("untyped ")


def default(type_: Type) -> Type:
    """The type that an untyped constant gives a variable; any other type unchanged."""
    return _DEFAULTS.get(type_.name, type_) if type_.__class__ is Basic else type_
