"""What a call puts in for the parameters of its callee, and so what the callee's values are in its caller."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from govet_py.callgraph.code import FunctionCode
from govet_py.callgraph.parameters import limited
from govet_py.model import ir
from govet_py.model.concurrency import (
    ELEMENT,
    FunctionValue,
    GlobalRoot,
    ParamRoot,
    Path,
    ResultRoot,
    ReturnRoot,
    Value,
)

Values = tuple[Value, ...]


class Known(Protocol):
    """What is known of values, as far as its own parts ask for it."""

    def of(self, code: FunctionCode, register: int) -> Values: ...

    def paths(self, code: FunctionCode, register: int) -> tuple[Path, ...]: ...

    def canonical(self, path: Path) -> Path: ...

    def results(self, code: FunctionCode, root: ResultRoot) -> Iterator[tuple[Path, Arguments]]: ...

    def may_run(self, code: FunctionCode, call: int) -> Iterator[tuple[str, Arguments]]: ...

    def returns(self, function: str) -> tuple[Values, ...]: ...


class Target(NamedTuple):
    """A function that a call may run. `method`: parameter 0 is the receiver, held in `receivers`."""

    function: str
    receivers: tuple[Path, ...]
    method: bool


def target_of(value: FunctionValue) -> Target:
    return Target(value.function, value.receivers, bool(value.receivers))


class Arguments:
    """The values that a call puts in for its callee's parameters; `variadic` is the position of a
    variadic parameter or NONE."""

    def __init__(self, values: Known, code: FunctionCode, register: int, target: Target, variadic: int) -> None:
        call = code.code[register]
        assert isinstance(call, ir.Call)
        self._values = values
        self._code = code
        self._register = register
        self._call = call
        self._receivers = target.receivers
        self._shift = 1 if target.method else 0
        self._variadic = ir.NONE if call.spread else variadic

    def of(self, position: int) -> Values:
        """The values of parameter `position` (the receiver first)."""
        if position < self._shift:
            return self._receivers
        at = position - self._shift
        return self._values.of(self._code, self._call.args[at]) if at < len(self._call.args) else ()

    def elements(self, position: int) -> Values:
        """The values of the elements of a variadic parameter."""
        arguments = self._call.args[max(position - self._shift, 0) :]
        return limited([value for arg in arguments for value in self._values.of(self._code, arg)])

    def member(self, position: int, fields: tuple[str, ...]) -> Values:
        """The values that path `fields` below parameter `position` stands for in the caller."""
        found = self.place(position, fields)
        return tuple(self._values.canonical(v) if isinstance(v, Path) else v for v in found) if fields else found

    def place(self, position: int, fields: tuple[str, ...]) -> Values:
        """As `member`, as the way there, not under the first name of what is found."""
        bases = self.of(position)
        if position == self._variadic:
            if fields[:1] != (ELEMENT,):
                return ()
            bases, fields = self.elements(position), fields[1:]
        if not fields:
            return bases
        return tuple([base.extend(fields) for base in bases if isinstance(base, Path)])

    def substitute(self, value: Value, index: int = 0) -> Values:
        """A callee's value in the caller's paths: parameters by arguments; what the callee allocates is
        the call's result; a closure of the callee remembers the call that binds what it captured."""
        if isinstance(value, FunctionValue):
            receivers = tuple(r for base in value.receivers for r in self.path(base))
            return (FunctionValue(value.function, receivers, value.call or (self._code.id, self._register)),)
        if isinstance(value.root, ParamRoot):
            return self.member(value.root.position, value.fields)
        return self.path(value) or (Path(ResultRoot(self._code.id, self._register, index)),)

    def path(self, path: Path) -> tuple[Path, ...]:
        """A callee's path in the caller's frame, or () when it has no name there."""
        root = path.root
        if isinstance(root, GlobalRoot):
            return (path,)
        if isinstance(root, ReturnRoot):
            return (Path(ResultRoot(self._code.id, self._register, root.index)),)
        if not isinstance(root, ParamRoot):
            return ()
        return tuple(value for value in self.member(root.position, path.fields) if isinstance(value, Path))
