"""Type parameters: putting type arguments in, and inferring them from ordinary arguments.

After "Type unification" in the Go spec, inexact and without constraint type inference.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from govet_py.model.types import (
    UNKNOWN,
    Array,
    Chan,
    Func,
    Interface,
    Map,
    Named,
    Pointer,
    Slice,
    Struct,
    Tuple,
    Type,
    TypeParam,
    Unknown,
)
from govet_py.resolve.universe import default

Arguments = Mapping[str, Type]


def substitute(type_: Type, arguments: Arguments) -> Type:
    """`type_` with the type parameters in `arguments` replaced; others stay."""
    if not arguments:
        return type_
    match type_:
        case TypeParam(name):
            return arguments.get(name, type_)
        case Named(_, _, args):
            return type_._replace(args=_each(args, arguments)) if args else type_
        case Pointer() | Slice() | Array() | Chan():
            return type_._replace(elem=substitute(type_.elem, arguments))
        case Map(key, elem):
            return Map(substitute(key, arguments), substitute(elem, arguments))
        case Func():
            return substitute_signature(type_, arguments)
        case Tuple(elems):
            return Tuple(_each(elems, arguments))
        case Struct(fields):
            return Struct(tuple(f._replace(type=substitute(f.type, arguments)) for f in fields))
        case Interface(methods, embeds):
            signatures = tuple(m._replace(signature=substitute_signature(m.signature, arguments)) for m in methods)
            return Interface(signatures, _each(embeds, arguments))
        case _:
            return type_


def substitute_signature(signature: Func, arguments: Arguments) -> Func:
    """As `substitute`, for a signature."""
    if not arguments:
        return signature
    return Func(_each(signature.params, arguments), _each(signature.results, arguments), signature.variadic)


def _each(types: tuple[Type, ...], arguments: Arguments) -> tuple[Type, ...]:
    return tuple(substitute(type_, arguments) for type_ in types)


class Unification:
    """Collects type arguments for the parameters `names` from pairs of parameter and argument types."""

    def __init__(self, names: tuple[str, ...], underlying: Callable[[Type], Type]) -> None:
        self._names = frozenset(names)
        self._underlying = underlying
        self.found: dict[str, Type] = {}

    def arguments(self) -> Arguments:
        """What was found; parameters that no argument determines are UNKNOWN."""
        return {name: self.found.get(name, UNKNOWN) for name in self._names}

    def unify(self, parameter: Type, argument: Type) -> None:
        """Matches one parameter type with the type of its argument."""
        if isinstance(argument, Unknown):
            return
        if isinstance(parameter, TypeParam):
            if parameter.name in self._names:
                self.found.setdefault(parameter.name, default(argument))
            return
        if isinstance(argument, Named) and not isinstance(parameter, Named):
            argument = self._underlying(argument)
        self._inside(parameter, argument)

    def _inside(self, parameter: Type, argument: Type) -> None:
        match parameter, argument:
            case (Pointer(), Pointer()) | (Slice(), Slice()) | (Array(), Array()) | (Chan(), Chan()):
                self.unify(parameter.elem, argument.elem)  # type: ignore[union-attr]
            case Map(key, elem), Map(other_key, other_elem):
                self.unify(key, other_key)
                self.unify(elem, other_elem)
            case Func(), Func():
                self._all(parameter.params, argument.params)
                self._all(parameter.results, argument.results)
            case Named(package, name, args), Named(other_package, other_name, others):
                if (package, name) == (other_package, other_name):
                    self._all(args, others)

    def _all(self, parameters: tuple[Type, ...], arguments: tuple[Type, ...]) -> None:
        for parameter, argument in zip(parameters, arguments, strict=False):
            self.unify(parameter, argument)
