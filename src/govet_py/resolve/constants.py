"""Constant expressions, folded from their source text (Go spec, "Constant expressions").

`ConstDecl.value` is text; this is a small precedence climber over its tokens. Only what decides
capacities, limits and types matters, so anything unusual folds to "no value", never to an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple, Union

from govet_py.model.program import ConstantRef, ConstObject, Denotation, Package, TypeRef, VariableRef
from govet_py.model.types import UNKNOWN, Basic, Type
from govet_py.resolve.scopes import Scopes
from govet_py.resolve.universe import (
    BOOL,
    INT,
    UNTYPED_BOOL,
    UNTYPED_COMPLEX,
    UNTYPED_FLOAT,
    UNTYPED_INT,
    UNTYPED_RUNE,
    UNTYPED_STRING,
    is_untyped,
)

Scalar = Union[int, float, str, bool, None]


class Constant(NamedTuple):
    """A constant's value, None when it was not folded, and its type, UNKNOWN when that cannot be told."""

    value: Scalar
    type: Type


NO_CONSTANT = Constant(None, UNKNOWN)
MAX_SHIFT = 512

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<float>0[xX][\da-fA-F_.]+[pP][+-]?\d+|\d[\d_]*\.[\d_]*(?:[eE][+-]?\d+)?i?|\.\d[\d_]*(?:[eE][+-]?\d+)?i?|\d[\d_]*[eE][+-]?\d+i?|\d[\d_]*i)
    | (?P<int>0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO]?[0-7_]*|[1-9][\d_]*)
    | (?P<rune>'(?:\\.[^']*|[^'\\])')
    | (?P<string>"(?:\\.|[^"\\])*"|`[^`]*`)
    | (?P<name>[^\W\d]\w*)
    | (?P<op>&&|\|\||<<|>>|&\^|==|!=|<=|>=|[-+*/%&|^<>!().,\[\]])
    | (?P<comment>//[^\n]*|/\*.*?\*/)
    )""",
    re.VERBOSE | re.DOTALL,
)
_PRECEDENCE = {
    "||": 1, "&&": 2, "==": 3, "!=": 3, "<": 3, "<=": 3, ">": 3, ">=": 3,
    "+": 4, "-": 4, "|": 4, "^": 4, "*": 5, "/": 5, "%": 5, "<<": 5, ">>": 5, "&": 5, "&^": 5,
}
_ESCAPES = {"n": 10, "t": 9, "r": 13, "0": 0, "\\": 92, "'": 39, '"': 34, "a": 7, "b": 8, "f": 12, "v": 11}


class Constants:
    """The values of a program's constants, memoised by package and name."""

    def __init__(self, packages: dict[str, Package], scopes: Scopes) -> None:
        self._packages = packages
        self._scopes = scopes
        self._values: dict[tuple[str, str], Constant] = {}

    def of(self, package: str, name: str) -> Constant:
        """The constant's value and type; NO_CONSTANT when nothing declares it."""
        key = package, name
        found = self._values.get(key)
        if found is None:
            self._values[key] = NO_CONSTANT
            owner = self._packages.get(package)
            declared = owner.scope.get(name) if owner else None
            found = self._evaluate(declared) if isinstance(declared, ConstObject) else NO_CONSTANT
            self._values[key] = found
        return found

    def _evaluate(self, declared: ConstObject) -> Constant:
        decl = declared.decl
        result = self.expression(decl.value, declared.path, decl.iota)
        if decl.type is not None:
            return Constant(result.value, self._scopes.resolve(decl.type, declared.path))
        return result

    def expression(self, text: str, path: str, iota: int = 0) -> Constant:
        """The value of a constant expression that stands in file `path`."""
        try:
            return _Parser(text, lambda name, member: self._name(path, iota, name, member)).parse()
        except (ValueError, ArithmeticError, TypeError, RecursionError):
            return NO_CONSTANT

    def _name(self, path: str, iota: int, name: str, member: str) -> Constant | Type:
        """What `name` or `name.member` is: a constant, or a type for conversions."""
        if not member and name == "iota":
            return Constant(iota, UNTYPED_INT)
        if not member and name in ("true", "false"):
            return Constant(name == "true", UNTYPED_BOOL)
        found: Denotation | None = self._scopes.denote(path, name)
        if member:
            package = getattr(found, "path", "")
            found = self._scopes.member(package, member) if package else None
        if isinstance(found, ConstantRef):
            return self.of(found.package, found.name)
        if isinstance(found, VariableRef):
            return NO_CONSTANT
        return found.type if isinstance(found, TypeRef) else NO_CONSTANT


def fold(op: str, left: Scalar, right: Scalar) -> Scalar:
    """The value of a binary operation on constants, or None. Raises ArithmeticError, TypeError."""
    rule = _FOLDS.get(op)
    if rule is None or left is None or right is None:
        return None
    if op in ("<<", ">>") and not (isinstance(right, int) and 0 <= right <= MAX_SHIFT):
        return None
    return rule(left, right)


def _divide(left: Scalar, right: Scalar) -> Scalar:
    if isinstance(left, int) and isinstance(right, int):
        quotient = abs(left) // abs(right)
        return quotient if (left < 0) == (right < 0) else -quotient
    return left / right  # type: ignore[operator]


def _remainder(left: Scalar, right: Scalar) -> Scalar:
    return left - right * _divide(left, right)  # type: ignore[operator]


_FOLDS: dict[str, Callable[[Scalar, Scalar], Scalar]] = {
    "+": lambda a, b: a + b,  # type: ignore[operator]
    "-": lambda a, b: a - b,  # type: ignore[operator]
    "*": lambda a, b: a * b,  # type: ignore[operator]
    "/": _divide,
    "%": _remainder,
    "<<": lambda a, b: int(a) << b,  # type: ignore[arg-type, operator]
    ">>": lambda a, b: int(a) >> b,  # type: ignore[arg-type, operator]
    "&": lambda a, b: a & b,  # type: ignore[operator]
    "|": lambda a, b: a | b,  # type: ignore[operator]
    "^": lambda a, b: a ^ b,  # type: ignore[operator]
    "&^": lambda a, b: a & ~b,  # type: ignore[operator]
    "&&": lambda a, b: a and b,
    "||": lambda a, b: a or b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,  # type: ignore[operator]
    "<=": lambda a, b: a <= b,  # type: ignore[operator]
    ">": lambda a, b: a > b,  # type: ignore[operator]
    ">=": lambda a, b: a >= b,  # type: ignore[operator]
}


def fold_unary(op: str, value: Scalar) -> Scalar:
    """The value of a unary operation on a constant, or None. Raises TypeError."""
    if value is None:
        return None
    if op == "!":
        return not value
    if op == "-":
        return -value  # type: ignore[operator]
    return ~value if op == "^" else value  # type: ignore[operator]


def binary_type(op: str, left: Type, right: Type) -> Type:
    """The type of a binary operation (Go spec, "Operators"): the typed operand's, the left one's for shifts."""
    precedence = _PRECEDENCE.get(op, 0)
    if precedence <= 3:
        return UNTYPED_BOOL if precedence == 3 and is_untyped(left) and is_untyped(right) else BOOL
    if op in ("<<", ">>") or not is_untyped(left):
        return left
    if left == UNTYPED_INT or not is_untyped(right):
        return right
    return right if right == UNTYPED_FLOAT else left


def integer(text: str) -> int | None:
    """The value of an integer or rune literal, or None."""
    if text.startswith("'"):
        return _rune(text)
    digits = text.replace("_", "")
    try:
        if len(digits) > 1 and digits[0] == "0" and digits[1].isdigit():
            return int(digits, 8)
        return int(digits, 0)
    except ValueError:
        return None


def _rune(text: str) -> int | None:
    inner = text[1:-1]
    if not inner.startswith("\\"):
        return ord(inner) if len(inner) == 1 else None
    if inner[1:2] in ("x", "u", "U"):
        return int(inner[2:], 16)
    return int(inner[1:], 8) if inner[1:].isdigit() and len(inner) == 4 else _ESCAPES.get(inner[1:])


class _Parser:
    """Parses and folds in one pass. Raises ValueError for what is not a constant expression."""

    def __init__(self, text: str, names: Callable[[str, str], Constant | Type]) -> None:
        self._names = names
        self._tokens = _tokens(text)
        self._at = 0

    def parse(self) -> Constant:
        return self._constant(self._binary(1))

    @staticmethod
    def _constant(operand: Constant | Type) -> Constant:
        return operand if isinstance(operand, Constant) else NO_CONSTANT

    def _peek(self) -> str:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else ""

    def _take(self) -> tuple[str, str]:
        if self._at >= len(self._tokens):
            raise ValueError("end of expression")
        self._at += 1
        return self._tokens[self._at - 1]

    def _binary(self, minimum: int) -> Constant | Type:
        left = self._unary()
        while _PRECEDENCE.get(self._peek(), 0) >= minimum:
            op = self._take()[1]
            right = self._constant(self._binary(_PRECEDENCE[op] + 1))
            one = self._constant(left)
            left = Constant(fold(op, one.value, right.value), binary_type(op, one.type, right.type))
        return left

    def _unary(self) -> Constant | Type:
        op = self._peek()
        if op in ("-", "+", "!", "^"):
            self._take()
            operand = self._constant(self._unary())
            return Constant(fold_unary(op, operand.value), operand.type)
        return self._postfix(self._primary())

    def _primary(self) -> Constant | Type:
        kind, text = self._take()
        if kind == "int":
            return Constant(integer(text), UNTYPED_INT)
        if kind == "float":
            return _float(text)
        if kind == "rune":
            return Constant(integer(text), UNTYPED_RUNE)
        if kind == "string":
            return Constant(text[1:-1], UNTYPED_STRING)
        if text == "(":
            inner = self._binary(1)
            self._take()
            return inner
        if kind == "name":
            return self._name(text)
        raise ValueError(text)

    def _name(self, name: str) -> Constant | Type:
        if self._peek() == ".":
            self._take()
            return self._names(name, self._take()[1])
        if name == "len" and self._peek() == "(":
            return self._length()
        return self._names(name, "")

    def _length(self) -> Constant:
        self._take()
        value = self._constant(self._binary(1)).value
        self._take()
        return Constant(len(value.encode()) if isinstance(value, str) else None, INT)

    def _postfix(self, operand: Constant | Type) -> Constant | Type:
        """A conversion `T(x)`; other calls are not folded."""
        if self._peek() != "(":
            return operand
        self._take()
        value = self._constant(self._binary(1)).value
        self._take()
        if isinstance(operand, Constant):
            return NO_CONSTANT
        if isinstance(value, float) and isinstance(operand, Basic) and "int" in operand.name:
            value = int(value)
        return Constant(value, operand)


def _float(text: str) -> Constant:
    if text.endswith("i"):
        return Constant(None, UNTYPED_COMPLEX)
    digits = text.replace("_", "")
    return Constant(float.fromhex(digits) if digits[:2] in ("0x", "0X") else float(digits), UNTYPED_FLOAT)


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at = 0
    end = len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise ValueError(text)
        if match.lastgroup != "comment":
            found.append((match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return found
