"""How code runs, seen from a function: on its own goroutine, deferred, or on one that it starts.

An operation in a callee or in a function literal is brought up to the call, defer or go statement of the
frame at hand that leads to it. A literal that is handed to code which is not understood runs nobody
knows when, unless that happens on a goroutine already.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph, InterfaceNode
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.flow.exits import Exits
from govet_py.concurrency.flow.operands import Operands
from govet_py.knowledge import concurrency as knows
from govet_py.model import ir
from govet_py.model import program as p

MAX_DEPTH = 6
MAX_RUNS = 12
MANY = 1 << 20


class How(IntEnum):
    INLINE = 0
    DEFERRED = 1
    STARTED = 2
    UNKNOWN = 3


class Run(NamedTuple):
    """`register` of the frame leads to the operation. `goroutine` is the function that the goroutine runs
    (STARTED), `repeated` whether one goroutine may come to the operation again, `copies` whether there may be
    several goroutines below `register`; `callback`: code that is not in view calls it, or it may be left out when it is
    called, so that it runs any number of times."""

    how: How
    register: int
    goroutine: str = ""
    repeated: bool = False
    copies: bool = False
    callback: bool = False


class Use(NamedTuple):
    """A function is called, deferred or started by `caller` at `register`, perhaps `repeated`ly; `callback`:
    code that is not understood does it."""

    how: How
    caller: str
    register: int
    callback: bool = False
    repeated: bool = False


class Runs:
    """How the functions of a program are run."""

    def __init__(self, code: Code, calls: CallGraph, operands: Operands) -> None:
        self._code = code
        self._calls = calls
        self._operands = operands
        self._uses: dict[str, tuple[Use, ...]] = {}
        self._exits: dict[str, Exits] = {}
        self._busy: set[str] = set()

    def below(
        self, frame: str, function: str, register: int, bodies: frozenset[str] | None = None
    ) -> list[Run]:
        """How an instruction of `function` runs below `frame`; [] when it cannot be told or is too much. `bodies`:
        those that what it works on is known in; whoever else comes to it has something else."""
        found: list[Run] = []
        how = How.DEFERRED if self._code.function(function).is_deferred(register) else How.INLINE
        complete = self._up(frame, function, register, Run(how, register), 0, found, frozenset(), bodies)
        return found if complete and len(found) <= MAX_RUNS else []

    def _up(
        self, frame: str, function: str, register: int, run: Run, depth: int, found: list[Run], seen: frozenset[str],
        bodies: frozenset[str] | None,
    ) -> bool:
        if function == frame:
            found.append(run._replace(register=register))
            return True
        if depth > MAX_DEPTH or function in seen:
            return False
        code = self._code.function(function)
        if self.is_repeated(code, register):
            run = run._replace(copies=True) if run.how == How.STARTED else run._replace(repeated=True)
        uses = [use for use in self.uses(function) if self._concerns(use, bodies)]
        for use in uses:
            if use.repeated and self.exits(code).reach(ir.NONE, (register,)):
                use = use._replace(repeated=False, callback=True)
            above = _joined(run, use, function)
            if not self._up(frame, use.caller, use.register, above, depth + 1, found, seen | {function}, bodies):
                return False
        return bool(uses)

    def _concerns(self, use: Use, bodies: frozenset[str] | None) -> bool:
        return bodies is None or not use.caller or self._code.function(use.caller).body_id in bodies

    def is_repeated(self, code: FunctionCode, register: int) -> bool:
        """Reports whether one activation of a function may come to an instruction twice."""
        if code.loop_of(register) == ir.NONE:
            return False
        return self.exits(code).reaches(register, register)

    def times(self, function: str, goroutine: str, depth: int = MAX_DEPTH) -> int:
        """How often the function that a goroutine runs may come to another one at most, MANY for more than once in a
        loop or by calls not in view."""
        if function == goroutine:
            return 1
        found = 0
        for use in self.uses(function) if depth else ():
            if use.caller and use.how != How.STARTED:
                above = self.times(use.caller, goroutine, depth - 1)
                once = use.how == How.INLINE and not use.callback and not use.repeated
                repeats = not once or self.is_repeated(self._code.function(use.caller), use.register)
                found += MANY if above and repeats else above
        return found

    def may_end_with(self, function: str, register: int, depth: int = MAX_DEPTH) -> bool:
        """Reports whether a goroutine may end behind an instruction in the round that comes to it, before any loop
        around goes on to the next one."""
        code = self._code.function(function)
        loop, loops = code.loop_of(register), code.function.loops
        headers = {one.header for index, one in enumerate(loops) if code.inside(loop, index)}
        rounds = [(at, to) for at, block in enumerate(code.function.blocks) for to in block.succs if to in headers]
        if not self.exits(code).reach(register, (), rounds):
            return False
        above = [use for use in self.uses(function) if use.how == How.INLINE and use.caller] if depth else []
        return not above or any(self.may_end_with(use.caller, use.register, depth - 1) for use in above)

    def is_once(self, function: str) -> bool:
        """Reports whether a function is a literal that sync.Once runs."""
        return self.once_run(function) is not None

    def once_run(self, function: str) -> tuple[FunctionCode, int] | None:
        """The call of sync.Once that runs a literal."""
        for caller, edge in self._calls.callers.get(function, ()):
            code = self._code.function(caller) if isinstance(caller, str) else None
            if code is not None and isinstance(code.code[edge.site], ir.MakeClosure):
                for user in self._operands.users(code, edge.site):
                    if self._is_once_call(code, user):
                        return code, user
        return None

    @staticmethod
    def _is_once_call(code: FunctionCode, register: int) -> bool:
        callee = code.callee(register) if isinstance(code.code[register], ir.Call) else None
        return p.is_one_of(callee, knows.RUN_ONCE)

    def recovers(self, function: str) -> bool:
        """Reports whether a function defers a literal that calls recover."""
        code = self._code.function(function)
        for index, literal in enumerate(code.body.functions):
            if literal.parent == code.index and index != code.index:
                if any(isinstance(one, ir.Name) and one.name == "recover" for one in literal.code):
                    return True
        return False

    def callees(self, code: FunctionCode, call: int) -> list[FunctionCode]:
        """What a call may run."""
        return list(self._calls.callees(code, call))

    def exits(self, code: FunctionCode) -> Exits:
        known = self._exits.get(code.id)
        if known is None:
            known = self._exits[code.id] = Exits(self._code, code)
        return known

    def uses(self, function: str) -> tuple[Use, ...]:
        """What runs a function; UNKNOWN uses included."""
        known = self._uses.get(function)
        if known is None:
            known = self._uses[function] = tuple(dict.fromkeys(self._find(function)))
        return known

    def _find(self, function: str) -> Iterator[Use]:
        for caller, edge in self._calls.callers.get(function, ()):
            if isinstance(caller, InterfaceNode):
                for above, call in self._calls.callers.get(caller, ()):
                    if isinstance(above, str):
                        yield self._called(above, call.site)
                continue
            code = self._code.function(caller)
            instruction = code.code[edge.site]
            if isinstance(instruction, ir.Call):
                if isinstance(code.callee(edge.site), p.Value) and self._is_literal_here(code, function):
                    continue
                yield self._called(caller, edge.site)
            else:
                yield from self._used(code, edge.site)

    def _is_literal_here(self, code: FunctionCode, function: str) -> bool:
        """Whether the function is a literal whose uses are found from where it is made."""
        made = self._code.function(function)
        return made.index != 0 and made.body_id == code.body_id

    def _called(self, caller: str, register: int) -> Use:
        call = self._code.function(caller).code[register]
        assert isinstance(call, ir.Call)
        how = {ir.Mode.CALL: How.INLINE, ir.Mode.DEFER: How.DEFERRED, ir.Mode.GO: How.STARTED}[call.mode]
        return Use(how, caller, register)

    def _used(self, code: FunctionCode, value: int, depth: int = 0) -> Iterator[Use]:
        """The uses of a function value that `value` holds."""
        for user in self._operands.users(code, value):
            instruction = code.code[user]
            if isinstance(instruction, ir.Call):
                if instruction.callee == value:
                    yield self._called(code.id, user)
                else:
                    yield from (use._replace(caller=code.id, register=user) for use in self._handed(code, user, value))
            elif isinstance(instruction, ir.Store) and depth == 0:
                for function, load in self._operands.loads(code, instruction.var):
                    yield from self._used(self._code.function(function), load, depth + 1)
            else:
                yield Use(How.UNKNOWN, code.id, user, True)

    def _handed(self, code: FunctionCode, register: int, value: int) -> Iterator[Use]:
        """What a call does with a function that is one of its arguments."""
        call = code.code[register]
        assert isinstance(call, ir.Call)
        callee = code.callee(register)
        spawner = knows.SPAWNERS.get(callee.function) if isinstance(callee, p.Static) else None
        if spawner is not None and call.args[spawner.function] == value:
            yield Use(How.STARTED, "", 0)
        elif p.is_one_of(callee, knows.SERIALISED_CALLBACK):
            yield Use(How.INLINE, "", 0)
        else:
            at = call.args.index(value)
            runs = [self._run_by(target, at) for target in self._calls.callees(code, register)]
            found = [use for uses in runs for use in uses or ()]
            repeated = any(use.repeated for use in found)
            yield from found if runs and all(runs) else (Use(How.UNKNOWN, "", 0, True, repeated),)

    def _run_by(self, target: FunctionCode, argument: int) -> list[Use] | None:
        """How a function runs its argument, None where it does more than call it."""
        params = target.function.params
        at = argument + target.is_method
        if target.function.signature.variadic or at >= len(params) or target.id in self._busy:
            return None
        found: list[Use] = []
        self._busy.add(target.id)
        try:
            for function, load in self._operands.loads(target, params[at]):
                inner = self._code.function(function)
                for user in self._operands.users(inner, load):
                    runs = self._calls_it(target, inner, user, load)
                    if runs is None:
                        return None
                    found.extend(Use(run.how, "", 0, run.callback, self._comes_again(target, run)) for run in runs)
        finally:
            self._busy.discard(target.id)
        return found

    def _comes_again(self, target: FunctionCode, run: Run) -> bool:
        return run.repeated or run.copies or self.is_repeated(target, run.register)

    def _calls_it(self, target: FunctionCode, inner: FunctionCode, user: int, load: int) -> list[Run] | None:
        """The runs of a call of the parameter; none for a comparison with nil."""
        call = inner.code[user]
        if isinstance(call, ir.Binary):
            return []
        if not isinstance(call, ir.Call) or call.callee != load:
            return None
        return self.below(target.id, inner.id, user) or None


def _joined(run: Run, use: Use, function: str) -> Run:
    """A run, seen one function further up."""
    run = run._replace(register=use.register, callback=run.callback or use.callback)
    if use.repeated:
        repeats = run.how == How.STARTED or use.how == How.STARTED
        run = run._replace(copies=True) if repeats else run._replace(repeated=True)
    if run.how == How.STARTED:
        return run
    if use.how == How.STARTED:
        return run._replace(how=How.STARTED, goroutine=function)
    if use.how == How.UNKNOWN or run.how == How.UNKNOWN:
        return run._replace(how=How.UNKNOWN)
    return run._replace(how=max(run.how, use.how))
