"""What a loop does with an error: leave, or try again.

A small abstract interpreter (three-valued, path-enumerating, bounded) runs the code after a failed
call with a *described* error in place of the real one: comparing its status code, number, text or
sentinel with what the code asks for is decided from the description, anything else is unknown and
both branches are taken. Classifiers, functions from an error to a bool, are run the same way.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple, Union

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.knowledge.errors import AS, HAS_TEXT, IS
from govet_py.knowledge.limits import Limit
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.source import Site

MAX_PATHS = 400
MAX_DEPTH = 3


class Mark(Enum):
    """Abstract values that are not truth values."""

    UNKNOWN = "unknown"
    ERROR = "error"
    CLASS = "class"
    NUMBER = "number"
    TEXT = "text"
    NIL = "nil"


Abstract = Union[Mark, bool]
_CONSTANTS: dict[str, Abstract] = {"nil": Mark.NIL, "true": True, "false": False}


class Outcome(NamedTuple):
    """`leaves`: the function returns (at `site`); otherwise the loop goes round again. `decided` is the
    return statement of a classifier that settled it, if any."""

    leaves: bool
    site: Site
    decided: Site | None


class Result(NamedTuple):
    """One way a classifier may end: its results, and the return statement."""

    values: tuple[Abstract, ...]
    site: Site


class Simulation:
    """Runs code for one described error; `limit` None stands for an error of which nothing is known."""

    def __init__(self, code: Code, limit: Limit | None) -> None:
        self._code = code
        self._limit = limit

    def after(self, code: FunctionCode, call: int, error: int, loop: int) -> set[Outcome]:
        """What happens after the call at `call`, whose error result is stored by register `error` (a
        Store), until the function returns or the loop comes back to its header."""
        store = code.code[error]
        assert isinstance(store, ir.Store)
        run = _Run(self, code, {store.var: Mark.ERROR}, 0)
        header = code.function.loops[loop].header
        return set(run.outcomes(error + 1, header))

    def classify(self, function: str, arguments: tuple[Abstract, ...], depth: int) -> list[Result]:
        """The ways a function may end when run on abstract arguments; [] when it has no body here."""
        code = self._code.get(function)
        if code is None or depth > MAX_DEPTH:
            return []
        params = code.function.params
        shift = len(params) - len(arguments)
        env: dict[int, Abstract] = dict.fromkeys(params, Mark.UNKNOWN)
        env.update(zip(params[shift:], arguments, strict=False) if shift >= 0 else ())
        return list(_Run(self, code, env, depth).results())

    # -- the described error -----------------------------------------------------------------------

    def equals(self, code: FunctionCode, value: Abstract, other: int, other_value: Abstract) -> Abstract:
        """Whether an abstract value of the error equals what register `other` denotes."""
        if self._limit is None or value not in (Mark.CLASS, Mark.NUMBER):
            return Mark.UNKNOWN
        number = code.types.constant_int(code.index, other)
        if number is not None and number in self._limit.numbers:
            return True
        name = self._constant(code, other)
        if name is None:
            return Mark.UNKNOWN
        words = name.lower().replace("code_", "")
        return words in self._limit.codes

    @staticmethod
    def _constant(code: FunctionCode, register: int) -> str | None:
        what = code.denotes(register)
        return what.name if isinstance(what, p.ConstantRef) else None

    def is_sentinel(self, code: FunctionCode, register: int) -> Abstract:
        what = code.denotes(register)
        if self._limit is None or not isinstance(what, p.VariableRef):
            return Mark.UNKNOWN
        return f"{what.package}.{what.name}" in self._limit.sentinels

    def has_text(self, code: FunctionCode, register: int) -> Abstract:
        instruction = code.code[register]
        if self._limit is None or not isinstance(instruction, ir.Const):
            return Mark.UNKNOWN
        return instruction.value.lower() in self._limit.text.lower()


class _Run:
    """One function, run over all paths with an environment of abstract variables."""

    def __init__(self, simulation: Simulation, code: FunctionCode, env: dict[int, Abstract], depth: int) -> None:
        self._simulation = simulation
        self._code = code
        self._start = env
        self._depth = depth
        self._paths = 0

    def results(self) -> Iterator[Result]:
        for last, _, registers, _ in self._walk(0, ir.NONE):
            instruction = self._code.code[last]
            if isinstance(instruction, ir.Return):
                values = tuple(registers.get(r, Mark.UNKNOWN) for r in instruction.results)
                yield Result(values, self._code.site(last))

    def outcomes(self, start: int, header: int) -> Iterator[Outcome]:
        for last, _, registers, decided in self._walk(start, header):
            instruction = self._code.code[last]
            if isinstance(instruction, ir.Return):
                if any(registers.get(r) == Mark.ERROR for r in instruction.results):
                    yield Outcome(True, self._code.site(last), decided)
            elif not isinstance(instruction, ir.Stop):
                yield Outcome(False, self._code.site(last), decided)

    def _walk(
        self, start: int, header: int
    ) -> Iterator[tuple[int, dict[int, Abstract], dict[int, Abstract], Site | None]]:
        """Every path from `start` to a return, a stop or block `header`, loops entered once."""
        blocks = self._code.function.blocks
        work: list[tuple[int, int, dict[int, Abstract], frozenset[int], Site | None]] = [
            (self._code.block_of(start), start, dict(self._start), frozenset(), None)
        ]
        while work and self._paths < MAX_PATHS:
            block, begin, env, seen, decided = work.pop()
            registers: dict[int, Abstract] = {}
            for register in range(begin, blocks[block].end):
                found = self._step(register, env, registers)
                decided = found or decided
            last = blocks[block].end - 1
            successors = list(self._successors(last, registers))
            if not successors:
                self._paths += 1
                yield last, env, registers, decided
            for successor in successors:
                if successor == header:
                    self._paths += 1
                    yield last, env, registers, decided
                elif successor not in seen:
                    work.append((successor, blocks[successor].start, dict(env), seen | {successor}, decided))

    def _successors(self, last: int, registers: dict[int, Abstract]) -> Iterator[int]:
        block = self._code.function.blocks[self._code.block_of(last)]
        instruction = self._code.code[last]
        if isinstance(instruction, ir.If):
            truth = registers.get(instruction.cond, Mark.UNKNOWN)
            if truth is True or truth is False:
                yield block.succs[0 if truth else 1]
                return
        if isinstance(instruction, ir.Switch):
            yield from self._switch(instruction, block, registers)
            return
        yield from block.succs

    def _switch(self, switch: ir.Switch, block: ir.Block, registers: dict[int, Abstract]) -> Iterator[int]:
        default = block.succs[len(switch.cases)] if len(block.succs) > len(switch.cases) else ir.NONE
        for index, case in enumerate(switch.cases):
            if not case:
                default = block.succs[index]
                continue
            truths = [self._case(switch.tag, value, registers) for value in case]
            if True in truths:
                yield block.succs[index]
                return
            if Mark.UNKNOWN in truths:
                yield block.succs[index]
        if default != ir.NONE:
            yield default

    def _case(self, tag: int, value: int, registers: dict[int, Abstract]) -> Abstract:
        if tag == ir.NONE:
            return registers.get(value, Mark.UNKNOWN)
        return self._equal(tag, value, registers)

    # -- instructions ------------------------------------------------------------------------------

    def _step(self, register: int, env: dict[int, Abstract], registers: dict[int, Abstract]) -> Site | None:
        decided: Site | None = None
        value: Abstract = Mark.UNKNOWN
        match self._code.code[register]:
            case ir.Load() as use:
                value = env.get(use.var, Mark.UNKNOWN)
            case ir.Store() as use:
                env[use.var] = registers.get(use.value, Mark.UNKNOWN)
            case ir.Const() as use:
                value = _CONSTANTS.get(use.value, Mark.UNKNOWN)
            case ir.Unary() as use if use.op == "!":
                inner = registers.get(use.operand, Mark.UNKNOWN)
                value = (not inner) if isinstance(inner, bool) else Mark.UNKNOWN
            case ir.Binary() as use:
                value = self._binary(use, registers)
            case ir.Call() as use:
                value, decided = self._call(register, use, registers)
                self._unwrap(register, use, env, registers)
            case ir.Extract() as use:
                value, decided = self._extract(use, registers)
            case ir.Selector() as use:
                value = Mark.NUMBER if registers.get(use.base) in (Mark.CLASS, Mark.ERROR) else Mark.UNKNOWN
        registers[register] = value
        return decided

    def _binary(self, use: ir.Binary, registers: dict[int, Abstract]) -> Abstract:
        left, right = registers.get(use.left, Mark.UNKNOWN), registers.get(use.right, Mark.UNKNOWN)
        if use.op == "&&":
            return False if False in (left, right) else True if left is True and right is True else Mark.UNKNOWN
        if use.op == "||":
            return True if True in (left, right) else False if left is False and right is False else Mark.UNKNOWN
        if use.op in ("==", "!="):
            equal = self._equal(use.left, use.right, registers)
            return equal if use.op == "==" or not isinstance(equal, bool) else not equal
        return Mark.UNKNOWN

    def _equal(self, one: int, other: int, registers: dict[int, Abstract]) -> Abstract:
        left, right = registers.get(one, Mark.UNKNOWN), registers.get(other, Mark.UNKNOWN)
        if {left, right} == {Mark.ERROR, Mark.NIL}:
            return False
        for value, register, against in ((left, other, right), (right, one, left)):
            if value == Mark.ERROR:
                return self._simulation.is_sentinel(self._code, register)
            if value in (Mark.CLASS, Mark.NUMBER):
                return self._simulation.equals(self._code, value, register, against)
        return Mark.UNKNOWN

    def _call(self, register: int, call: ir.Call, registers: dict[int, Abstract]) -> tuple[Abstract, Site | None]:
        callee = self._code.callee(register)
        values = tuple(registers.get(arg, Mark.UNKNOWN) for arg in call.args)
        if isinstance(callee, p.Interface) and registers.get(callee.receiver) == Mark.ERROR:
            return Mark.TEXT, None
        if isinstance(callee, p.Conversion) and values:
            return values[0], None
        if not isinstance(callee, p.Static) or (Mark.ERROR not in values and Mark.TEXT not in values):
            return Mark.UNKNOWN, None
        if callee.function in IS and len(call.args) == 2:
            return self._simulation.is_sentinel(self._code, call.args[1]), None
        if callee.function == HAS_TEXT and values[0] == Mark.TEXT:
            return self._simulation.has_text(self._code, call.args[1]), None
        return self._function(callee.function, register, values)

    def _unwrap(
        self, register: int, call: ir.Call, env: dict[int, Abstract], registers: dict[int, Abstract]
    ) -> None:
        """`errors.As(err, &target)` leaves the error in its target."""
        callee = self._code.callee(register)
        if isinstance(callee, p.Static) and callee.function in AS and len(call.args) == 2:
            target = self._code.code[call.args[1]]
            if isinstance(target, ir.Addr) and registers.get(call.args[0]) == Mark.ERROR:
                env[target.var] = Mark.ERROR

    def _function(self, function: str, register: int, values: tuple[Abstract, ...]) -> tuple[Abstract, Site | None]:
        """A function of the error: another error stays the error, a bool is computed, anything else is
        taken to be its class."""
        kind = self._kind(register)
        if kind == "error":
            return Mark.ERROR, None
        if kind != "bool":
            return Mark.CLASS if Mark.ERROR in values else Mark.UNKNOWN, None
        results = self._simulation.classify(function, values, self._depth + 1)
        return _common(results, 0)

    def _kind(self, register: int) -> str:
        type_ = self._code.type_of(register)
        return getattr(type_, "name", "") if type(type_).__name__ in ("Basic", "Named") else ""

    def _extract(self, use: ir.Extract, registers: dict[int, Abstract]) -> tuple[Abstract, Site | None]:
        source = self._code.code[use.tuple]
        if not isinstance(source, ir.Call):
            return Mark.UNKNOWN, None
        callee = self._code.callee(use.tuple)
        values = tuple(registers.get(arg, Mark.UNKNOWN) for arg in source.args)
        if not isinstance(callee, p.Static) or Mark.ERROR not in values:
            return Mark.UNKNOWN, None
        return _common(self._simulation.classify(callee.function, values, self._depth + 1), use.index)


def _common(results: list[Result], index: int) -> tuple[Abstract, Site | None]:
    """The value that all results agree on, with the return statement when there is just one."""
    values = {result.values[index] if index < len(result.values) else Mark.UNKNOWN for result in results}
    if len(values) != 1:
        return Mark.UNKNOWN, None
    return values.pop(), max(result.site for result in results)
