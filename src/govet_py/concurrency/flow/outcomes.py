"""What a loop does with an error: leave, or try again.

A small abstract interpreter (three-valued, path-enumerating, bounded) runs the code after a failed
call with a *described* error in place of the real one: comparing its status code, number, text or
sentinel with what the code asks for is decided from the description, anything else is unknown and
both branches are taken. Classifiers, functions from an error to a bool or to one of several named
constants, are run the same way. A test of the error's type goes both ways too; where the branch of
the type comes to an answer by the number that the described error has, the other branch does not count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.flow.described import Abstract, Described, Mark
from govet_py.concurrency.flow.tables import Table, ranged, table, texts
from govet_py.concurrency.flow.truth import any_of, both, negated
from govet_py.knowledge.errors import AS, BEGINS_WITH, HAS_ELEMENT, HAS_TEXT, IS
from govet_py.knowledge.limits import Limit
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.source import Site
from govet_py.model.types import Basic, Named

MAX_PATHS = 400
MAX_DEPTH = 3


_LITERALS = frozenset({"string", "int"})
_CONSTANTS: dict[str, Abstract] = {"nil": Mark.NIL, "true": True, "false": False}


Asked = Callable[[FunctionCode, int], str]
Asking = Callable[[FunctionCode, int], Abstract]
Never = Callable[[FunctionCode, int], bool]
Registers = dict[int, Abstract]
Sites = tuple[Site, ...]


class Outcome(NamedTuple):
    """`leaves`: the function returns the error, at `site`, or just returns where it has no results to tell by;
    otherwise the loop goes round again. `decided` are the return statements of classifiers that settled it, if any: of
    one, of the one it asked in turn, and so on."""

    leaves: bool
    site: Site
    decided: Sites


class Seen(NamedTuple):
    """What a path knows: `decided` are the return statements of classifiers that settled it, `typed` how the last
    test of the error's type came out, `numbered` that it then looked for the error's number among others."""

    decided: Sites = ()
    typed: bool | None = None
    numbered: bool = False


class Result(NamedTuple):
    """One way a classifier may end: its results, the return statement, and what it has found out on the way."""

    values: tuple[Abstract, ...]
    site: Site
    seen: Seen


class Simulation:
    """Runs code for one described error; `limit` None stands for an error of which nothing is known. `asked` tells
    the function that a call of a function value or of an interface's method runs, "" when it is not known; `never` that
    the error is of no such type as `errors.As` is given a place for."""

    def __init__(
        self,
        code: Code,
        limit: Limit | None,
        asked: Asked = lambda code, call: "",
        never: Never = lambda code, target: False,
    ) -> None:
        self.error = Described(limit)
        self.never = never
        self._code = code
        self._asked = asked

    def after(self, code: FunctionCode, error: int, loop: int, result: Abstract = Mark.ERROR) -> set[Outcome]:
        """What happens after a call whose error, `result`, is stored by register `error` (a Store), until the
        function returns that error, or returns, or the loop comes back to its header."""
        store = code.code[error]
        assert isinstance(store, ir.Store)
        run = _Run(self, code, {store.var: result}, 0)
        header = code.function.loops[loop].header
        return set(run.outcomes(error + 1, header))

    def function(self, code: FunctionCode, call: int) -> str:
        """The function that a call runs."""
        callee = code.callee(call)
        return callee.function if isinstance(callee, p.Static) else self._asked(code, call)

    def table(self, code: FunctionCode, register: int) -> Table | None:
        """What a container is known to list."""
        return table(self._code, code, register)

    def is_sentinel(self, code: FunctionCode, register: int) -> Abstract:
        """Whether the error is what a register holds."""
        return self._in_turn(code, register, self.error.is_sentinel)

    def equals(self, code: FunctionCode, value: Abstract, register: int) -> Abstract:
        """Whether an abstract value of the error equals what a register holds."""
        return self._in_turn(code, register, lambda frame, one: self.error.equals(frame, value, one))

    def _in_turn(self, code: FunctionCode, register: int, asked: Asking) -> Abstract:
        """What a question comes to for a register, in a loop over a list for what it holds in one of the rounds."""
        frame, entries = ranged(self._code, code, register) or (code, (register,))
        return any_of({asked(frame, one) for one in entries})

    def has_text(self, code: FunctionCode, register: int) -> Abstract:
        """Whether the error's text has in it what a register holds."""
        return self.error.has_text(texts(self._code, code, register))

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


class _Run:
    """One function, run over all paths with an environment of abstract variables."""

    def __init__(self, simulation: Simulation, code: FunctionCode, env: dict[int, Abstract], depth: int) -> None:
        self._simulation = simulation
        self._code = code
        self._start = env
        self._depth = depth
        self._paths = 0
        self._numbered = False
        self._is_silent = not code.function.signature.results

    def results(self) -> Iterator[Result]:
        for last, registers, seen in self._walk(0, ir.NONE):
            instruction = self._code.code[last]
            if isinstance(instruction, ir.Return):
                values = tuple(self._value(r, registers) for r in instruction.results)
                yield Result(values, self._code.site(last), seen)

    def outcomes(self, start: int, header: int) -> Iterator[Outcome]:
        for last, registers, seen in self._walk(start, header):
            instruction = self._code.code[last]
            if isinstance(instruction, ir.Return):
                if self._is_silent or any(registers.get(r) == Mark.ERROR for r in instruction.results):
                    yield Outcome(True, self._code.site(last), seen.decided)
            elif not isinstance(instruction, ir.Stop):
                yield Outcome(False, self._code.site(last), seen.decided)

    def _walk(self, start: int, header: int) -> Iterator[tuple[int, Registers, Seen]]:
        """Every path from `start` to a return, a stop or block `header`, loops entered once."""
        blocks = self._code.function.blocks
        work: list[tuple[int, int, dict[int, Abstract], frozenset[int], Seen]] = [
            (self._code.block_of(start), start, dict(self._start), frozenset(), Seen())
        ]
        while work and self._paths < MAX_PATHS:
            block, begin, env, visited, seen = work.pop()
            registers, last, self._numbered = Registers(), blocks[block].end - 1, False
            for register in range(begin, blocks[block].end):
                seen = seen._replace(decided=self._step(register, env, registers) or seen.decided)
            successors = list(self._successors(last, registers))
            seen = seen._replace(numbered=seen.numbered or (seen.typed is True and self._numbered))
            if not successors:
                self._paths += 1
                yield last, registers, seen
            for successor in successors:
                if successor == header:
                    self._paths += 1
                    yield last, registers, seen
                elif successor not in visited:
                    then = seen._replace(typed=self._typed(last, registers, successor, seen))
                    work.append((successor, blocks[successor].start, dict(env), visited | {successor}, then))

    def _typed(self, last: int, registers: Registers, successor: int, seen: Seen) -> bool | None:
        """How the last test of the error's type comes out where a block follows another."""
        instruction, block = self._code.code[last], self._code.function.blocks[self._code.block_of(last)]
        truth = registers.get(instruction.cond) if isinstance(instruction, ir.If) else None
        if truth not in (Mark.TYPED, Mark.UNTYPED):
            return seen.typed
        return (successor == block.succs[0]) is (truth == Mark.TYPED)

    def _value(self, register: int, registers: Registers) -> Abstract:
        """What a register holds; a named constant by itself."""
        value = registers.get(register, Mark.UNKNOWN)
        named = self._code.denotes(register) if value == Mark.UNKNOWN else None
        return named if isinstance(named, p.ConstantRef) else value

    def _successors(self, last: int, registers: Registers) -> Iterator[int]:
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

    def _switch(self, switch: ir.Switch, block: ir.Block, registers: Registers) -> Iterator[int]:
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

    def _case(self, tag: int, value: int, registers: Registers) -> Abstract:
        if tag == ir.NONE:
            return registers.get(value, Mark.UNKNOWN)
        return self._equal(tag, value, registers)

    # -- instructions ------------------------------------------------------------------------------

    def _step(self, register: int, env: dict[int, Abstract], registers: Registers) -> Sites:
        decided: Sites = ()
        value: Abstract = Mark.UNKNOWN
        match self._code.code[register]:
            case ir.Load() as use:
                value = env.get(use.var, Mark.UNKNOWN)
            case ir.Store() as use:
                env[use.var] = self._value(use.value, registers)
            case ir.Const() as use:
                value = use if use.kind in _LITERALS else _CONSTANTS.get(use.value, Mark.UNKNOWN)
            case ir.Unary() as use if use.op == "!":
                value = negated(registers.get(use.operand, Mark.UNKNOWN))
            case ir.Binary() as use:
                value = self._binary(use, registers)
            case ir.Call() as use:
                value, decided = self._call(register, use, registers)
                self._unwrap(register, use, env, registers)
            case ir.Extract() as use:
                value, decided = self._extract(use, registers)
            case ir.SliceOf() as use if registers.get(use.base) in (Mark.NUMBER, Mark.PART):
                value = Mark.PART
            case ir.TypeAssert() as use if registers.get(use.base) == Mark.ERROR:
                value = Mark.ERROR
            case ir.Index() as use if self._kind(register) == "bool":
                value = self._listed(registers.get(use.index, Mark.UNKNOWN), use.base)
            case ir.Selector() as use:
                value = Mark.NUMBER if registers.get(use.base) in (Mark.CLASS, Mark.ERROR) else Mark.UNKNOWN
        registers[register] = value
        return decided

    def _binary(self, use: ir.Binary, registers: Registers) -> Abstract:
        left, right = registers.get(use.left, Mark.UNKNOWN), registers.get(use.right, Mark.UNKNOWN)
        if use.op == "&&":
            return both(left, right)
        if use.op == "||":
            return negated(both(negated(left), negated(right)))
        if use.op in ("==", "!="):
            equal = self._equal(use.left, use.right, registers)
            return equal if use.op == "==" else negated(equal)
        return Mark.UNKNOWN

    def _equal(self, one: int, other: int, registers: Registers) -> Abstract:
        left, right = registers.get(one, Mark.UNKNOWN), registers.get(other, Mark.UNKNOWN)
        if Mark.NIL in (left, right) and {left, right} <= {Mark.ERROR, Mark.NIL}:
            return left == right
        for value, register in ((left, other), (right, one)):
            if value == Mark.ERROR:
                return self._simulation.is_sentinel(self._code, register)
            if value in (Mark.CLASS, Mark.NUMBER, Mark.PART):
                self._numbered = self._numbered or self._simulation.error.asks_number(self._code, register)
                return self._simulation.equals(self._code, value, register)
            named = self._code.denotes(register) if isinstance(value, p.ConstantRef) else None
            if isinstance(named, p.ConstantRef):
                return named == value
            if isinstance(left, ir.Const) and isinstance(right, ir.Const):
                return left == right
        return Mark.UNKNOWN

    def _listed(self, value: Abstract, container: int) -> Abstract:
        """Whether the class or number of the error is one of those in a slice, or among the keys of a map."""
        if value not in (Mark.CLASS, Mark.NUMBER):
            return Mark.UNKNOWN
        found, error = self._simulation.table(self._code, container), self._simulation.error
        if found is None:
            return Mark.UNKNOWN
        self._numbered = self._numbered or any(error.asks_number(found.code, one) for one in found.entries)
        return any_of({error.equals(found.code, value, one) for one in found.entries})

    def _call(self, register: int, call: ir.Call, registers: Registers) -> tuple[Abstract, Sites]:
        callee = self._code.callee(register)
        values = tuple(registers.get(arg, Mark.UNKNOWN) for arg in call.args)
        if isinstance(callee, p.Interface | p.Static) and registers.get(callee.receiver) == Mark.ERROR:
            return self._method(register, callee, values)
        if isinstance(callee, p.Conversion) and values:
            return values[0], ()
        function = self._simulation.function(self._code, register) if values else ""
        if function == HAS_ELEMENT and values[1] in (Mark.CLASS, Mark.NUMBER):
            return self._listed(values[1], call.args[0]), ()
        if not {Mark.ERROR, Mark.TEXT, Mark.NUMBER}.intersection(values):
            return Mark.UNKNOWN, ()
        if function == BEGINS_WITH and values[0] == Mark.NUMBER:
            return self._simulation.equals(self._code, Mark.PART, call.args[1]), ()
        if function in AS and values[0] == Mark.ERROR:
            return Mark.TYPED if not self._simulation.never(self._code, call.args[1]) else False, ()
        if function in IS and len(call.args) == 2:
            return self._simulation.is_sentinel(self._code, call.args[1]), ()
        if function == HAS_TEXT and values[0] == Mark.TEXT:
            return self._simulation.has_text(self._code, call.args[1]), ()
        return self._function(function, register, values) if function else (Mark.UNKNOWN, ())

    def _unwrap(self, register: int, call: ir.Call, env: dict[int, Abstract], registers: Registers) -> None:
        """`errors.As(err, &target)` leaves the error in its target."""
        callee = self._code.callee(register)
        if p.is_one_of(callee, AS) and len(call.args) == 2:
            target = self._code.code[call.args[1]]
            if isinstance(target, ir.Addr) and registers.get(call.args[0]) == Mark.ERROR:
                env[target.var] = Mark.ERROR

    def _function(self, function: str, register: int, values: tuple[Abstract, ...]) -> tuple[Abstract, Sites]:
        """A function of the error: another error stays the error, a bool is computed, anything else is
        taken to be its class."""
        kind = self._kind(register)
        if kind == "error":
            return Mark.ERROR, ()
        answer, decided = self._classified(function, values, 0)
        if kind == "bool" or isinstance(answer, p.ConstantRef | ir.Const):
            return answer, decided
        return Mark.CLASS if Mark.ERROR in values else Mark.UNKNOWN, ()

    def _method(
        self, register: int, callee: p.Interface | p.Static, values: tuple[Abstract, ...]
    ) -> tuple[Abstract, Sites]:
        """What a method of the error gives: what it computes, where that is told, or itself, its text, a number."""
        if isinstance(callee, p.Static):
            answer, decided = self._classified(callee.function, (Mark.ERROR, *values), 0)
            if isinstance(answer, bool) or answer in (Mark.NUMBER, Mark.PART):
                return answer, decided
        return self._kind_of_answer(register), ()

    def _kind_of_answer(self, register: int) -> Abstract:
        """As `_method`, by the type of the result."""
        answers: dict[str, Abstract] = {"error": Mark.ERROR, "string": Mark.TEXT, "bool": Mark.UNKNOWN}
        return answers.get(self._kind(register), Mark.NUMBER)

    def _classified(self, function: str, values: tuple[Abstract, ...], index: int) -> tuple[Abstract, Sites]:
        results = self._simulation.classify(function, values, self._depth + 1)
        self._numbered = self._numbered or any(one.seen.numbered for one in results)
        return _common(results, index)

    def _kind(self, register: int) -> str:
        type_ = self._code.type_of(register)
        return type_.name if isinstance(type_, Basic | Named) else ""

    def _extract(self, use: ir.Extract, registers: Registers) -> tuple[Abstract, Sites]:
        source = self._code.code[use.tuple]
        if isinstance(source, ir.TypeAssert) and registers.get(source.base) == Mark.ERROR:
            return (Mark.TYPED if use.index else Mark.ERROR), ()
        if isinstance(source, ir.Index) and use.index:
            return self._listed(registers.get(source.index, Mark.UNKNOWN), source.base), ()
        if not isinstance(source, ir.Call):
            return Mark.UNKNOWN, ()
        values = tuple(registers.get(arg, Mark.UNKNOWN) for arg in source.args)
        function = self._simulation.function(self._code, use.tuple) if Mark.ERROR in values else ""
        return self._classified(function, values, use.index) if function else (Mark.UNKNOWN, ())


def _common(results: list[Result], index: int) -> tuple[Abstract, Sites]:
    """The value that all results agree on, with the return statement when there is just one. Where some have looked
    for the number of the error, which is one that has a number, those without do not count."""
    if any(result.seen.numbered for result in results):
        results = [result for result in results if result.seen.numbered or result.seen.typed is not False]
    values = {result.values[index] if index < len(result.values) else Mark.UNKNOWN for result in results}
    if len(values) != 1:
        return Mark.UNKNOWN, ()
    last = max(results, key=lambda result: result.site)
    return values.pop(), (last.site, *last.seen.decided)
