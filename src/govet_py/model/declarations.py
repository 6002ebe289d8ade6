"""What one file declares: the output of the syntax stage, plain and picklable.

Bodies are lowered (`model.ir`); types are type expressions (`model.types`) whose names the file's
imports and package resolve later.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from govet_py.model.ir import Body
from govet_py.model.types import Func, Type


class Import(NamedTuple):
    """`alias` is "" when the package's own name is used, "." or "_" as written."""

    alias: str
    path: str
    span: int


class TypeDecl(NamedTuple):
    """`constraints` are those of `type_params`, in order, or empty when they were not read."""

    name: str
    type_params: tuple[str, ...]
    type: Type
    is_alias: bool
    span: int
    constraints: tuple[Type, ...] = ()


class Receiver(NamedTuple):
    """`type_name` is the base type's name, `type_params` the names the receiver gives its arguments."""

    type_name: str
    is_pointer: bool
    type_params: tuple[str, ...]


@dataclass(slots=True)
class FuncDecl:
    """A function or method. `body` is None for declarations without one and where it was not lowered
    (generated code). `span` covers the name. `broken`: the body did not parse whole and was left out."""

    name: str
    receiver: Receiver | None
    type_params: tuple[tuple[str, Type], ...]
    signature: Func
    body: Body | None
    span: int
    broken: bool = False


class ConstDecl(NamedTuple):
    """A constant. `value` is the source text of its expression (repeated for implicit repetition),
    `iota` its index in the group."""

    name: str
    type: Type | None
    value: str
    iota: int
    span: int


class VarDecl(NamedTuple):
    """A package-level variable; `type` is None when it is inferred: `init` is then the register, in
    the file's `initialiser` function 0, of its initial value (NONE without one)."""

    name: str
    type: Type | None
    init: int
    result: int
    span: int


class Directive(NamedTuple):
    """A comment that tools obey: `//govet:ignore`, `//nolint`, `//lint:ignore`. `text` is without `//`."""

    text: str
    line: int
    span: int


class Notice(NamedTuple):
    """What the tool could not do with a file: never silent. `kind` is a stable word."""

    kind: str
    path: str
    line: int
    message: str


INTERNAL_ERROR = "internal-error"
"""The kind of a notice that tells of a defect of the tool: the analysis failed in part."""


@dataclass(slots=True)
class FileSyntax:
    """All that later stages know of a file."""

    path: str
    import_path: str
    package: str
    is_test: bool
    is_generated: bool
    go_version: tuple[int, int]
    imports: tuple[Import, ...] = ()
    types: tuple[TypeDecl, ...] = ()
    functions: tuple[FuncDecl, ...] = ()
    consts: tuple[ConstDecl, ...] = ()
    vars: tuple[VarDecl, ...] = ()
    initialiser: Body | None = None
    directives: tuple[Directive, ...] = ()
    notices: tuple[Notice, ...] = ()
    repaired: bool = False
    partial: bool = False
    lines: int = 0
    parse_seconds: float = field(default=0.0, compare=False)
