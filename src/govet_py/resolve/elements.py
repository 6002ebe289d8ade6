"""Element types: what indexing, slicing, receiving and ranging give (Go spec, "Index expressions",
"Slice expressions", "For statements with range clause"). All over underlying types."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from govet_py.model import ir
from govet_py.model.types import UNKNOWN, Array, Basic, Chan, Func, Map, Pointer, Slice, Type
from govet_py.resolve.universe import BYTE, INT, RUNE, default

Underlying = Callable[[Type], Type]


def indexed(type_: Type, underlying: Underlying) -> Type:
    """The type of `x[i]`."""
    behind = underlying(type_)
    if isinstance(behind, Map | Slice | Array):
        return behind.elem
    if isinstance(behind, Pointer):
        array = underlying(behind.elem)
        return array.elem if isinstance(array, Array) else UNKNOWN
    return BYTE if _is_string(behind) else UNKNOWN


def sliced(type_: Type, underlying: Underlying) -> Type:
    """The type of `x[i:j]`."""
    behind = underlying(type_)
    if isinstance(behind, Pointer):
        behind = underlying(behind.elem)
    return Slice(behind.elem) if isinstance(behind, Array) else default(type_)


def received(type_: Type, underlying: Underlying) -> Type:
    """The type of `<-x`."""
    behind = underlying(type_)
    return behind.elem if isinstance(behind, Chan) else UNKNOWN


def pointed(type_: Type, underlying: Underlying) -> Type:
    """The type of `*x`."""
    behind = underlying(type_)
    return behind.elem if isinstance(behind, Pointer) else UNKNOWN


def ranged(type_: Type, underlying: Underlying) -> tuple[Type, Type]:
    """The types of the key and the element that `range x` gives."""
    behind = underlying(type_)
    if isinstance(behind, Map):
        return behind.key, behind.elem
    if isinstance(behind, Slice | Array):
        return INT, behind.elem
    if isinstance(behind, Chan):
        return behind.elem, UNKNOWN
    if isinstance(behind, Func):
        return _yielded(behind, underlying)
    if isinstance(behind, Pointer):
        return INT, indexed(behind, underlying)
    if _is_string(behind):
        return INT, RUNE
    return (default(type_), UNKNOWN) if isinstance(behind, Basic) else (UNKNOWN, UNKNOWN)


def _yielded(iterator: Func, underlying: Underlying) -> tuple[Type, Type]:
    """The parameters of the yield function of an iterator."""
    yield_ = underlying(iterator.params[0]) if iterator.params else UNKNOWN
    given = (*yield_.params, UNKNOWN, UNKNOWN) if isinstance(yield_, Func) else (UNKNOWN, UNKNOWN)
    return given[0], given[1]


def _is_string(type_: Type) -> bool:
    return isinstance(type_, Basic) and type_.name in ("string", "untyped string")


def range_over(code: Sequence[ir.Instruction], step: ir.Next) -> int:
    """The register of what a loop goes over, an iterator that it calls perhaps."""
    start = code[step.range]
    assert isinstance(start, ir.Range | ir.Call)
    return start.callee if isinstance(start, ir.Call) else start.base
