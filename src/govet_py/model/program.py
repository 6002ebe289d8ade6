"""The linked program: packages, the objects they declare, and what names and calls in bodies mean.

Terms follow go/types: a *scope* maps names to *objects*; a *denotation* is what an identifier or
selector stands for; a *callee* is what a call runs. `via` is the path of embedded fields walked to
reach a promoted field or method (Go spec, "Selectors").

Function ids are strings: `import/path.Name`, `import/path.Type.Method`; literals have the index of
their function in the body appended (`import/path.Name$3`); the initial values of a file's package
variables are the body `import/path.init$vars@file.go`. A second declaration of one id (`init`, `_`,
build variants) has `#2` appended, a third `#3`.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, Protocol, TypeGuard, Union

from govet_py.model.declarations import ConstDecl, Import, Notice, Receiver, TypeDecl
from govet_py.model.ir import NONE, Body
from govet_py.model.types import Func, Named, Type

FuncId = str

# -- objects --------------------------------------------------------------------------------------


@dataclass(slots=True)
class FuncObject:
    """A declared function or method, or (with an empty signature) a file's variable initialiser.

    `signature` and the constraints in `type_params` are type expressions of file `path`.
    """

    id: FuncId
    package: str
    name: str
    path: str
    receiver: Receiver | None
    type_params: tuple[tuple[str, Type], ...]
    signature: Func
    span: int
    is_generated: bool


class TypeObject(NamedTuple):
    package: str
    path: str
    decl: TypeDecl


class VarObject(NamedTuple):
    """`initialiser` is the body in which register `init` holds the initial value; `result` picks one of
    several results."""

    package: str
    path: str
    name: str
    type: Type | None
    init: int
    result: int
    initialiser: FuncId


class ConstObject(NamedTuple):
    package: str
    path: str
    decl: ConstDecl


Object = Union[FuncObject, TypeObject, VarObject, ConstObject]


class FileScope(NamedTuple):
    """What the names of one file are looked up in, besides its package: imports by local name. `go_version` is
    the language version of the file's module."""

    path: str
    package: str
    imports: dict[str, str]
    dots: tuple[str, ...]
    go_version: tuple[int, int]


@dataclass(slots=True)
class Package:
    """All files of one import path. `methods`: by type name, then method name. `is_stub`: known only by
    the declarations that come with the tool. `has_generated`: a tool wrote some of its files."""

    path: str
    name: str
    files: tuple[str, ...] = ()
    scope: dict[str, Object] = field(default_factory=dict)
    methods: dict[str, dict[str, FuncObject]] = field(default_factory=dict)
    imports: tuple[Import, ...] = ()
    is_stub: bool = False
    has_generated: bool = False


# -- denotations ----------------------------------------------------------------------------------


class PackageRef(NamedTuple):
    path: str


class TypeRef(NamedTuple):
    type: Type


class FunctionRef(NamedTuple):
    """A function, a method value (`receiver` set) or a method expression `T.Method`."""

    id: FuncId
    receiver: int = NONE
    via: tuple[str, ...] = ()
    method_expression: bool = False


class InterfaceMethodRef(NamedTuple):
    """`declared` is the interface, `interface` itself or one it embeds, that spells the method out."""

    interface: Type
    method: str
    receiver: int
    via: tuple[str, ...]
    declared: Type


class VariableRef(NamedTuple):
    """A package-level variable, or a member of an absent package that is not called."""

    package: str
    name: str


class ConstantRef(NamedTuple):
    package: str
    name: str


class BuiltinRef(NamedTuple):
    name: str


class FieldRef(NamedTuple):
    """`path` is all field names from `base` to the field, promoted ones included."""

    base: int
    path: tuple[str, ...]


class NilRef(NamedTuple):
    """The predeclared `nil`."""

    name: str = "nil"


Denotation = Union[
    PackageRef,
    TypeRef,
    FunctionRef,
    InterfaceMethodRef,
    VariableRef,
    ConstantRef,
    BuiltinRef,
    FieldRef,
    NilRef,
]

# -- callees --------------------------------------------------------------------------------------


class Static(NamedTuple):
    """One known function; `receiver` is NONE for plain functions and for method expressions, whose
    receiver is their first argument."""

    function: FuncId
    receiver: int = NONE
    via: tuple[str, ...] = ()


class Interface(NamedTuple):
    """A call through an interface; `declared` as in `InterfaceMethodRef`."""

    interface: Type
    method: str
    receiver: int
    via: tuple[str, ...]
    declared: Type


class Value(NamedTuple):
    """A call of a function value that `register` holds."""

    register: int


class BuiltinCall(NamedTuple):
    name: str


class Conversion(NamedTuple):
    type: Type


class UnknownCallee(NamedTuple):
    reason: str


Callee = Union[Static, Interface, Value, BuiltinCall, Conversion, UnknownCallee]


def interface_method_id(callee: Interface | InterfaceMethodRef) -> FuncId:
    """The id of an interface method, `context.Context.Value`, by the interface that declares it; methods
    of interfaces without a name are `interface.Method`."""
    owner = callee.declared
    if isinstance(owner, Named):
        return method_id(owner, callee.method)
    return f"interface.{callee.method}"


def known_name(callee: Callee) -> FuncId:
    """The name by which libraries are known; "" when a callee has none."""
    if isinstance(callee, Static):
        return callee.function
    return interface_method_id(callee) if isinstance(callee, Interface) else ""


def is_one_of(callee: Callee | None, functions: Container[FuncId]) -> TypeGuard[Static]:
    """Reports whether a callee is one of some known functions."""
    return isinstance(callee, Static) and callee.function in functions


def method_id(owner: Named, name: str) -> FuncId:
    """The id of a method, whether or not its package is known."""
    return f"{owner.package}.{owner.name}.{name}" if owner.package else f"{owner.name}.{name}"


# -- the program ----------------------------------------------------------------------------------


class Lookup(Protocol):
    """The questions about types that resolution answers; see `Program`."""

    def underlying(self, type_: Type) -> Type: ...

    def method(self, type_: Type, name: str) -> tuple[FuncId, tuple[str, ...]] | None: ...

    def field(self, type_: Type, name: str) -> tuple[Type, tuple[str, ...]] | None: ...

    def signature(self, id: FuncId) -> Func | None: ...

    def implements(self, type_: Type, interface: Type) -> bool: ...

    def implementers(self, interface: Type, method: str) -> tuple[FuncId, ...]: ...


class Program:
    """All packages, functions and bodies; made by `resolve.link`.

    `bodies` are by the id of the declared function, literals inside. Everything else is declarations:
    small, and all that is needed to say what a name in a body means.
    """

    def __init__(
        self,
        packages: dict[str, Package],
        functions: dict[FuncId, FuncObject],
        files: dict[str, FileScope],
        bodies: dict[FuncId, Body],
        notices: tuple[Notice, ...],
    ) -> None:
        self.packages = packages
        self.functions = functions
        self.files = files
        self.bodies = bodies
        self.notices = notices
        self.lookup: Lookup

    def body_path(self, id: FuncId) -> str:
        """The file of a declared function. Raises KeyError for an unknown id."""
        return self.functions[id].path

    def is_main(self, package: str) -> bool:
        """Reports whether a package, by import path, is a command, which nothing imports."""
        found = self.packages.get(package)
        return found is not None and found.name == "main"

    def is_offered(self, package: str) -> bool:
        """Reports whether a package, by import path, is there for others who are not in view: no command, and nothing
        here imports it, or there is no command at all that would."""
        if package not in self._imported:
            return not self.is_main(package)
        return self._is_library and "internal" not in package.split("/")

    @cached_property
    def _is_library(self) -> bool:
        return not any(map(self.is_main, self.packages))

    @cached_property
    def _imported(self) -> frozenset[str]:
        return frozenset(one.path for package in self.packages.values() for one in package.imports)

    def underlying(self, type_: Type) -> Type:
        """The type behind names (Go spec, "Underlying types"); UNKNOWN where its package is absent."""
        return self.lookup.underlying(type_)

    def method(self, type_: Type, name: str) -> tuple[FuncId, tuple[str, ...]] | None:
        """The declared method that `x.name` calls for x of a (pointer to a) named type, and the embedded
        fields on the way; None for interface methods, fields and absent names."""
        return self.lookup.method(type_, name)

    def field(self, type_: Type, name: str) -> tuple[Type, tuple[str, ...]] | None:
        """The type of field `x.name` and the full path of field names to it, or None."""
        return self.lookup.field(type_, name)

    def signature(self, id: FuncId) -> Func | None:
        """The resolved signature of a declared function, its own type parameters left in."""
        return self.lookup.signature(id)

    def implements(self, type_: Type, interface: Type) -> bool:
        """Reports whether a type, or a pointer to it, has all methods of an interface. Lenient where a
        type in a signature is unknown."""
        return self.lookup.implements(type_, interface)

    def implementers(self, interface: Type, method: str) -> tuple[FuncId, ...]:
        """The methods that a call of `interface.method` may run: those of all types that implement it and
        are instantiated somewhere (RTA, Bacon and Sweeney 1996). Sorted; types of stubs are left out."""
        return self.lookup.implementers(interface, method)
