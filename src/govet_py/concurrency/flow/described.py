"""A described error: what is known of one that a limit ends work with, held against what code asks it for."""

from __future__ import annotations

from enum import Enum
from typing import Union

from govet_py.callgraph.code import FunctionCode
from govet_py.knowledge.errors import LAST_STATUS_CODE
from govet_py.knowledge.limits import Limit
from govet_py.model import ir
from govet_py.model import program as p


class Mark(Enum):
    """Abstract values that are not truth values. PART: the first characters of the text that is an error's number."""

    UNKNOWN = "unknown"
    ERROR = "error"
    CLASS = "class"
    NUMBER = "number"
    PART = "part"
    TEXT = "text"
    NIL = "nil"
    TYPED = "typed"
    UNTYPED = "untyped"


Abstract = Union[Mark, bool, p.ConstantRef, ir.Const]


class Described:
    """The error of a limit; `limit` None stands for an error of which nothing is known."""

    def __init__(self, limit: Limit | None) -> None:
        self._limit = limit

    def equals(self, code: FunctionCode, value: Abstract, other: int) -> Abstract:
        """Whether an abstract value of the error equals what register `other` denotes."""
        if self._limit is None or value not in (Mark.CLASS, Mark.NUMBER, Mark.PART):
            return Mark.UNKNOWN
        text = code.types.constant_text(code.index, other) if self._limit.state else None
        if text is not None:
            return self._has_state(value, text)
        number = code.types.constant_int(code.index, other)
        if number is not None and number in self._limit.numbers:
            return True
        named = code.denotes(other)
        if not isinstance(named, p.ConstantRef):
            return False if self.asks_number(code, other) else Mark.UNKNOWN
        words = named.name.lower().replace("code_", "")
        return words in self._limit.codes

    def _has_state(self, value: Abstract, text: str) -> Abstract:
        """Whether the number is a text, or begins with it."""
        assert self._limit is not None
        if value == Mark.PART:
            return self._limit.state.startswith(text) or (Mark.UNKNOWN if text in self._limit.state else False)
        return text == self._limit.state

    def asks_number(self, code: FunctionCode, register: int) -> bool:
        """Whether a constant is a number of errors like that of the described one: no status code is as large."""
        if self._limit is None or not (self._limit.numbers or self._limit.state):
            return False
        if self._limit.state and code.types.constant_text(code.index, register) is not None:
            return True
        number = code.types.constant_int(code.index, register)
        return bool(self._limit.numbers) and number is not None and not 0 <= number <= LAST_STATUS_CODE

    def is_sentinel(self, code: FunctionCode, register: int) -> Abstract:
        """Whether the error is the variable that a register denotes."""
        what = code.denotes(register)
        if self._limit is None or not isinstance(what, p.VariableRef):
            return Mark.UNKNOWN
        return f"{what.package}.{what.name}" in self._limit.sentinels

    def has_text(self, texts: list[str] | None) -> Abstract:
        """Whether the error's text has one of some constants in it."""
        if self._limit is None or texts is None:
            return Mark.UNKNOWN
        return any(text.lower() in self._limit.text.lower() for text in texts)
