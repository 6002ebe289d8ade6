"""Registers that hold constants: folded through names, operators and variables that are set once."""

from __future__ import annotations

from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.sharing import one
from govet_py.model.types import UNKNOWN
from govet_py.resolve.constants import NO_CONSTANT, Constant, Scalar, binary_type, fold, fold_unary, integer
from govet_py.resolve.meanings import Meanings
from govet_py.resolve.universe import CONSTANT_KINDS

Definitions = tuple[tuple[int, int], ...]


class Registers(Meanings):
    """Constants and definitions in one body."""

    __slots__ = ("_definitions",)

    def __init__(self, program: p.Program, id: p.FuncId) -> None:
        super().__init__(program, id)
        self._definitions: dict[int, Definitions] | None = None

    def constant_int(self, function: int, register: int) -> int | None:
        """The value of a register that holds an integer constant, or a local variable that is only ever
        set to one; None otherwise."""
        value = self._folded(function, register)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def constant_text(self, function: int, register: int) -> str | None:
        """As `constant_int`, for constants that are strings."""
        value = self._folded(function, register)
        return value if isinstance(value, str) else None

    def _folded(self, function: int, register: int) -> Scalar:
        try:
            return self.constant(function, register).value
        except (RecursionError, ArithmeticError, TypeError, ValueError):
            return None

    def definitions(self, var: int) -> Definitions:
        """All stores to a variable, as (function index, register)."""
        if self._definitions is None:
            found: dict[int, list[tuple[int, int]]] = {}
            for function, code in enumerate(self._codes):
                for register, instruction in enumerate(code):
                    if instruction.__class__ is ir.Store:
                        found.setdefault(instruction.var, []).append(one((function, register)))
            self._definitions = {stored: one(tuple(stores)) for stored, stores in found.items()}
        return self._definitions.get(var, ())

    def constant(self, function: int, register: int) -> Constant:
        """The constant that a register holds; NO_CONSTANT when it is none. May raise ArithmeticError,
        TypeError or RecursionError."""
        if register < 0:
            return NO_CONSTANT
        instruction = self._codes[function][register]
        match instruction:
            case ir.Const(kind, text):
                return Constant(_literal(kind, text), CONSTANT_KINDS.get(kind, UNKNOWN))
            case ir.Name() | ir.Selector():
                found = self.denotation(function, register)
                if isinstance(found, p.ConstantRef):
                    return self._resolver.constants.of(found.package, found.name)
            case ir.Binary(op, left, right):
                one, other = self.constant(function, left), self.constant(function, right)
                return Constant(fold(op, one.value, other.value), binary_type(op, one.type, other.type))
            case ir.Unary(op, operand):
                inner = self.constant(function, operand)
                return Constant(fold_unary(op, inner.value), inner.type)
            case ir.Call(_, args) if len(args) == 1:
                callee = self.called(function, register)
                if isinstance(callee, p.Conversion):
                    return Constant(self.constant(function, args[0]).value, callee.type)
            case ir.Load(var):
                return self._constant_variable(var)
        return NO_CONSTANT

    def _constant_variable(self, var: int) -> Constant:
        """A local variable that is set once, to a constant."""
        stores = self.definitions(var)
        declared = self.body.vars[var]
        if len(stores) != 1 or declared.kind != ir.VarKind.LOCAL or declared.addressed:
            return NO_CONSTANT
        function, register = stores[0]
        store = self._codes[function][register]
        return self.constant(function, store.value) if isinstance(store, ir.Store) else NO_CONSTANT


def _literal(kind: str, text: str) -> int | float | str | bool | None:
    if kind in ("int", "rune"):
        return integer(text)
    if kind == "float":
        return float(text.replace("_", "")) if not text.lower().startswith("0x") else None
    return text if kind == "string" else None
