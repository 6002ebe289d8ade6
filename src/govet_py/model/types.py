"""Go types, as written and as resolved: one algebra for both.

The syntax stage produces *type expressions*, in which a name is a `TypeName`. Resolution replaces
every `TypeName` by `Named`, `Basic` or `TypeParam`; the constructors in between stay the same
(Go spec, "Types"). Everything here is a tuple: hashable, comparable by value, cheap to pickle.
"""

from __future__ import annotations

from typing import NamedTuple, Union


class TypeName(NamedTuple):
    """A name in a type expression, not yet resolved: `T`, or `pkg.T` when `qualifier` is set."""

    name: str
    qualifier: str = ""


class Basic(NamedTuple):
    """A predeclared type (`int`, `string`, `error` is a `Named`), or an untyped constant's default."""

    name: str


class Named(NamedTuple):
    """A declared type, by import path and name; `args` are its type arguments."""

    package: str
    name: str
    args: tuple["Type", ...] = ()


class TypeParam(NamedTuple):
    """A type parameter of the enclosing declaration."""

    name: str


class Instance(NamedTuple):
    """An instantiation as written, `G[T]`; resolution folds it into `Named.args`."""

    generic: "Type"
    args: tuple["Type", ...]


class Pointer(NamedTuple):
    elem: "Type"


class Slice(NamedTuple):
    """`mark` only keeps it unequal to a `Pointer` to the same type: tuples compare without their class."""

    elem: "Type"
    mark: str = "[]"


class Array(NamedTuple):
    elem: "Type"
    mark: str = "[n]"


class Map(NamedTuple):
    key: "Type"
    elem: "Type"


RECEIVE_ONLY = "recv"


class Chan(NamedTuple):
    """`direction` is "both", "send" (`chan<-`) or RECEIVE_ONLY (`<-chan`)."""

    elem: "Type"
    direction: str = "both"


class Func(NamedTuple):
    """A signature. A variadic last parameter has the element type, with `variadic` set."""

    params: tuple["Type", ...] = ()
    results: tuple["Type", ...] = ()
    variadic: bool = False


class Field(NamedTuple):
    name: str
    type: "Type"
    embedded: bool = False
    span: int = 0


class Struct(NamedTuple):
    fields: tuple[Field, ...] = ()


class Method(NamedTuple):
    name: str
    signature: Func
    span: int = 0


class Interface(NamedTuple):
    """`embeds` holds embedded interfaces; type unions and `~T` terms are dropped."""

    methods: tuple[Method, ...] = ()
    embeds: tuple["Type", ...] = ()


class Tuple(NamedTuple):
    """The type of a call with several results."""

    elems: tuple["Type", ...]


class Unknown(NamedTuple):
    """A type that cannot be told: its package is absent, or the code did not parse."""


Type = Union[
    TypeName,
    Basic,
    Named,
    TypeParam,
    Instance,
    Pointer,
    Slice,
    Array,
    Map,
    Chan,
    Func,
    Struct,
    Interface,
    Tuple,
    Unknown,
]

UNKNOWN = Unknown()
ERROR = Named("", "error")


def results_of(type_: Type) -> tuple[Type, ...]:
    """The types that a Tuple stands for; of any other type, itself alone."""
    return type_.elems if isinstance(type_, Tuple) else (type_,)


def is_error(type_: Type) -> bool:
    """Reports whether a type is `error`, as declared or resolved."""
    return type_ in (ERROR, TypeName("error"))


def deref(type_: Type) -> Type:
    """What a pointer points to; any other type unchanged."""
    return type_.elem if isinstance(type_, Pointer) else type_
