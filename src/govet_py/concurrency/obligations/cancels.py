"""Cancel functions: where they are made, passed on by wrappers, kept in variables and fields, and lost.

A *maker* is a library function that returns a cancel function, or a function of the program whose result is
one: of a maker it calls, or a closure that calls one. Every call of a maker is an obligation. So are those of other
functions that return one which must be called, where these are given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, literal_fields, member_of
from govet_py.callgraph.uses import uses_of
from govet_py.concurrency.flow.obligations import Duty, Exit, Obligations, Success, fails
from govet_py.concurrency.obligations.guarded_calls import fails_to_run, guarded_calls, reporters
from govet_py.concurrency.obligations.kept_cancels import KeptCancels
from govet_py.concurrency.obligations.piled_defers import comes_once, goes_on
from govet_py.concurrency.obligations.told_failures import told_failures
from govet_py.concurrency.obligations.watchdogs import Watchdogs, ends_of, mentions, uses_alone
from govet_py.knowledge.cancels import CANCELS
from govet_py.knowledge.contexts import FRESH, LIMITED
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import ERROR, Named, deref


class Made(NamedTuple):
    """The call at `call` of a function returns a cancel function as its result `result`. `direct`: a library
    function is called. `error`: the result that tells whether the call failed, or NONE."""

    function: str
    call: int
    result: int
    direct: bool
    error: int


class Loss(Enum):
    """How a cancel function is lost."""

    DISCARDED = "discarded"
    PATH = "path"
    ROUND = "round"
    PILED_UP = "piled up"
    FIELD = "field"
    WATCHDOG = "watchdog"
    DROPPED = "dropped"
    REPLACED = "replaced"
    GUARDED = "guarded"


class LostCancel(NamedTuple):
    """`made` is lost; `exits` are the ways out without a call (PATH, ROUND, DROPPED, GUARDED), `at` is the deferred
    call or the assignment to the field, `name` the variable or field that holds it. `endless`: the loop has no end of
    its own. `of_root`: only the object itself holds the context, since its parent never ends (DROPPED). `reported`:
    literals call it, after a failure (PATH)."""

    made: Made
    loss: Loss
    name: str
    exits: tuple[Exit, ...] = ()
    at: int = ir.NONE
    endless: bool = False
    member: Member | None = None
    of_root: bool = False
    reported: bool = False


class Cancels:
    """The cancel functions of a program."""

    def __init__(self, code: Code, calls: CallGraph, makers: Mapping[str, int] = CANCELS) -> None:
        self._makers = makers
        self._code = code
        self._calls = calls
        self._watchdogs = Watchdogs(code)
        self._keepers = KeptCancels(code, calls)
        self._uses: dict[str, dict[int, Sequence[int]]] = {}

    def lost(self) -> Iterator[LostCancel]:
        """Every cancel function that is lost, by function and call."""
        by_function: dict[str, list[Made]] = {}
        for made in self.makes:
            by_function.setdefault(made.function, []).append(made)
        stored: list[LostCancel] = []
        for id, makes in by_function.items():
            code = self._code.function(id)
            holders = {made: self._holders(code, made) for made in makes}
            yield from (LostCancel(made, Loss.DISCARDED, "") for made in makes if self._is_discarded(code, made))
            for var in sorted({var for vars in holders.values() for var in vars}):
                held = [made for made in makes if var in holders[made]]
                yield from self._paths(code, held, var)
                yield from self._piled_up(code, held, var)
                yield from self._watched(code, held, var)
            for made in makes:
                stored.extend(self._fields(code, made, holders[made]))
        uncalled = list(self._uncalled(stored))
        yield from uncalled
        told = {loss.member for loss in uncalled}
        for loss in stored:
            if loss.member not in told:
                yield from self._kept(loss)

    # -- makers --------------------------------------------------------------------------------------

    @cached_property
    def makes(self) -> tuple[Made, ...]:
        """Every call that returns a cancel function."""
        found: dict[tuple[str, int], Made] = {}
        work = [(name, index, *site) for name, index in self._makers.items() for site in self._sites(name)]
        while work:
            maker, index, id, call = work.pop()
            code = self._code.function(id)
            if (id, call) in found or not isinstance(code.code[call], ir.Call):
                continue
            made = Made(id, call, index, maker in CANCELS, self._error(code, call))
            found[id, call] = made
            for position in self._passed_on(code, made):
                sites = self._calls.sites(id)
                work.extend((id, position, caller.id, at) for caller, at in sites if _is_plain_call(caller, at))
        return tuple(found[key] for key in sorted(found))

    def _sites(self, maker: str) -> Iterator[tuple[str, int]]:
        yield from self._calls.named(maker)
        yield from ((code.id, call) for code, call in self._calls.sites(maker))

    @staticmethod
    def _error(code: FunctionCode, call: int) -> int:
        """Which result of a call is its error: the last one, when the code takes it apart."""
        found = [i for i in code.code if isinstance(i, ir.Extract) and i.tuple == call]
        last = max(found, key=lambda extract: extract.index, default=None)
        return last.index if last is not None and _is_error(code, call, last.index) else ir.NONE

    def _passed_on(self, code: FunctionCode, made: Made) -> Iterator[int]:
        """The results of a function that are, or call, a cancel function it has made."""
        holders = self._holders(code, made)
        for instruction in code.code:
            if isinstance(instruction, ir.Return):
                if instruction.results == (made.call,):
                    yield made.result
                for position, register in enumerate(instruction.results):
                    if self._holds(code, register, made, holders):
                        yield position

    def _holds(self, code: FunctionCode, register: int, made: Made, holders: set[int]) -> bool:
        instruction = code.code[register]
        match instruction:
            case ir.Load():
                return instruction.var in holders
            case ir.Extract():
                return instruction.tuple == made.call and instruction.index == made.result
            case ir.MakeClosure():
                return any(self._is_called_in(code, instruction.function, var) for var in holders)
            case ir.Call() if len(instruction.args) == 1 and isinstance(code.callee(register), p.Conversion):
                return self._holds(code, instruction.args[0], made, holders)
        return False

    def _is_called_in(self, code: FunctionCode, index: int, var: int) -> bool:
        inner = self._code.sibling(code, index)
        return any(isinstance(i, ir.Call) and inner.loads(i.callee, var) for i in inner.code)

    # -- where one goes ------------------------------------------------------------------------------

    def _uses_in(self, code: FunctionCode) -> dict[int, Sequence[int]]:
        found = self._uses.get(code.id)
        if found is None:
            found = self._uses[code.id] = uses_of(code)
        return found

    def _results(self, code: FunctionCode, made: Made) -> list[int]:
        """The registers that hold the cancel function as such, also after a conversion."""
        uses = self._uses_in(code)
        found = [made.call] if not made.result and not _takes_apart(code, uses, made.call) else []
        for use in uses.get(made.call, ()):
            extract = code.code[use]
            if isinstance(extract, ir.Extract) and extract.index == made.result:
                found.append(use)
        for register in list(found):
            found += [u for u in uses.get(register, ()) if isinstance(code.code[u], ir.Call) and _converts(code, u)]
        return found

    def _holders(self, code: FunctionCode, made: Made) -> set[int]:
        """The variables that the cancel function is stored to where it is made."""
        uses = self._uses_in(code)
        stores = (code.code[use] for register in self._results(code, made) for use in uses.get(register, ()))
        return {store.var for store in stores if isinstance(store, ir.Store)}

    def _is_discarded(self, code: FunctionCode, made: Made) -> bool:
        """Whether nothing at all takes the cancel function."""
        uses = self._uses_in(code)
        call = code.code[made.call]
        if not isinstance(call, ir.Call) or call.mode != ir.Mode.CALL:
            return False
        if any(not isinstance(code.code[use], ir.Extract) for use in uses.get(made.call, ())):
            return False
        return not any(uses.get(register) for register in self._results(code, made))

    def _takes(self, code: FunctionCode, var: int) -> list[int]:
        """The instructions after which a cancel function is called, or somebody else's to call: loads that
        are more than comparisons, closures that mention the variable, not only for failures."""
        uses = self._uses_in(code)
        literals, calls = reporters(self._code, code, var)
        return [
            register
            for register, instruction in enumerate(code.code)
            if (isinstance(instruction, ir.Load) and instruction.var == var and _is_used(code, uses, register))
            or (isinstance(instruction, ir.Addr) and instruction.var == var)
            or (isinstance(instruction, ir.MakeClosure) and mentions(code, instruction.function, var))
            if register not in literals
        ] + sorted(calls)

    # -- losses --------------------------------------------------------------------------------------

    def _paths(self, code: FunctionCode, makes: list[Made], var: int) -> Iterator[LostCancel]:
        """Ways out of the function, or round a loop, on which a variable's cancel function is not called. A
        closure calls whatever the variable will hold, so that it counts as a deferred call as well. A goroutine answers
        for a variable of the function around it that it has for itself."""
        mine = code.body.vars[var].owner == code.index or uses_alone(self._code, code, var)
        if not mine or code.body.vars[var].kind == ir.VarKind.RESULT:
            return
        makes = [made for made in makes if not self._ends_with_parent(code, made)]
        acquires = {made.call: Success(made.error, True) if made.error != ir.NONE else None for made in makes}
        sure = frozenset(register for made in makes for register in self._results(code, made))
        takes = frozenset(self._takes(code, var))
        closures = frozenset(at for at in takes if isinstance(code.code[at], ir.MakeClosure))
        contexts = {context for made in makes for context in self._holders(code, made._replace(result=0))} - {var}
        ends, blocks = ends_of(code, contexts)
        for made in makes if len(makes) == 1 else ():
            beside = (self._holders(code, made._replace(result=at)) for at in range(made.result))
            blocks |= frozenset(told_failures(code, set[int]().union(*beside)))
        duty = Duty(acquires, takes | ends, closures, ends_at_blocks=blocks, not_nil=sure, own=True)
        leaks = [exit for exit in Obligations(self._code, code, duty).exits() if exit.leaks]
        yield from self._guarded(code, makes[0], var, duty) if makes and not leaks else ()
        name = code.body.vars[var].name
        rounds = tuple(exit for exit in leaks if exit.again)
        outs = tuple(exit for exit in leaks if not exit.again and not code.is_main)
        if rounds:
            yield LostCancel(makes[0], Loss.ROUND, name, rounds)
        elif outs:
            yield LostCancel(makes[0], Loss.PATH, name, outs, reported=bool(reporters(self._code, code, var)[0]))

    def _ends_with_parent(self, code: FunctionCode, made: Made) -> bool:
        """Whether a context is derived from one that a deferred call in the same function ends."""
        call = code.code[made.call]
        parent = code.code[call.args[0]] if isinstance(call, ir.Call) and call.args else None
        deferred = [at for at in code.of_kind(ir.Call) if code.is_deferred(at)] if isinstance(parent, ir.Load) else []
        for other in self.makes if deferred else ():
            maker = self._code.function(other.function) if other.function.startswith(code.body_id) else None
            if maker is None or maker.body_id != code.body_id or other == made:
                continue
            if parent.var in self._holders(maker, other._replace(result=0)):  # type: ignore[union-attr]
                if any(self._calls_var(code, at, var) for at in deferred for var in self._holders(maker, other)):
                    return True
        return False

    def _guarded(self, code: FunctionCode, made: Made, var: int, duty: Duty) -> Iterator[LostCancel]:
        """Failing ways out on which no deferred literal calls the cancel function, for want of its condition."""
        guarded = guarded_calls(self._code, code, sorted(duty.defers), var)
        if guarded:
            left = replace(duty, discharges=duty.discharges - guarded.keys(), defers=duty.defers - guarded.keys())
            exits = tuple(
                exit
                for exit in Obligations(self._code, code, left).exits()
                if exit.leaks and not exit.again and fails(code, exit)
                and all(fails_to_run(needed, exit.facts) for needed in guarded.values())
            )
            if exits:
                yield LostCancel(made, Loss.GUARDED, code.body.vars[var].name, exits)

    def _piled_up(self, code: FunctionCode, makes: list[Made], var: int) -> Iterator[LostCancel]:
        """Deferred calls in the loop that makes the cancel function: none runs before the function returns."""
        for register in filter(code.is_deferred, code.of_kind(ir.Call)):
            if not self._calls_var(code, register, var):
                continue
            loop = code.loop_of(register)
            made = next((m for m in makes if loop != ir.NONE and code.inside(code.loop_of(m.call), loop)), None)
            if made is None or comes_once(code, register, loop):
                continue
            if code.reaches(register, code.function.loops[loop].header):
                name = code.body.vars[var].name
                yield LostCancel(made, Loss.PILED_UP, name, at=register, endless=goes_on(code, register, loop))

    def _watched(self, code: FunctionCode, makes: list[Made], var: int) -> Iterator[LostCancel]:
        """A cancel function that only the goroutine which waits for the context calls."""
        if len(makes) != 1 or code.body.vars[var].owner != code.index:
            return
        contexts = self._holders(code, makes[0]._replace(result=0)) - {var}
        for context in contexts if len(contexts) == 1 else ():
            start = self._watchdogs.of(code, context, var)
            if start is not None:
                yield LostCancel(makes[0], Loss.WATCHDOG, code.body.vars[var].name, at=start)

    def _calls_var(self, code: FunctionCode, call: int, var: int) -> bool:
        callee = code.code[code.code[call].callee]  # type: ignore[union-attr]
        if isinstance(callee, ir.MakeClosure):
            return self._is_called_in(code, callee.function, var)
        return isinstance(callee, ir.Load) and callee.var == var

    # -- fields --------------------------------------------------------------------------------------

    def _fields(self, code: FunctionCode, made: Made, holders: set[int]) -> Iterator[LostCancel]:
        """The fields that a cancel function is assigned to, in the function that makes it."""
        for register, instruction in enumerate(code.code):
            match instruction:
                case ir.SetField() if self._is_made(code, instruction.value, made, holders):
                    found = self._code.program.field(code.type_of(instruction.base), instruction.name)
                    member = member_of(self._code.program, code, instruction.base, found[1]) if found else None
                    if member is not None:
                        yield LostCancel(made, Loss.FIELD, str(member), at=register, member=member)
                case ir.Composite():
                    yield from self._in_literal(code, register, made, holders)

    def _in_literal(
        self, code: FunctionCode, register: int, made: Made, holders: set[int]
    ) -> Iterator[LostCancel]:
        owner = deref(code.type_of(register))
        for name, value in literal_fields(self._code.program, code, register):
            if isinstance(owner, Named) and self._is_made(code, value, made, holders):
                member = Member(owner.package, owner.name, name)
                yield LostCancel(made, Loss.FIELD, str(member), at=register, member=member)

    def _is_made(self, code: FunctionCode, register: int, made: Made, holders: set[int]) -> bool:
        """Whether a register holds the cancel function itself."""
        return not isinstance(code.code[register], ir.MakeClosure) and self._holds(code, register, made, holders)

    def _kept(self, stored: LostCancel) -> Iterator[LostCancel]:
        """How the cancel function that a field keeps is lost although others are called."""
        made, member = stored.made, stored.member
        code = self._code.function(made.function)
        assert member is not None
        if made.call > stored.at:  # the variable held another one then
            return
        exits = self._keepers.dropped(code, stored.at, member, self._holders(code, made))
        if exits:
            yield stored._replace(loss=Loss.DROPPED, exits=exits, of_root=is_of_root(code, made.call))
        elif self._keepers.replaced(code, stored.at, member):
            yield stored._replace(loss=Loss.REPLACED)

    def _uncalled(self, stored: list[LostCancel]) -> Iterator[LostCancel]:
        """The assignments to fields that nothing in the program reads but to compare."""
        names = {loss.member.name for loss in stored if loss.member is not None}
        read: set[Member] = set()
        for id in self._code.ids() if names else ():
            code = self._code.function(id)
            for register in code.of_kind(ir.Selector, ir.FieldAddr):
                if code.code[register].name in names:  # type: ignore[union-attr]
                    read.update(self._read_member(code, register))
        told: set[Member] = set()
        for loss in stored:
            if loss.member is not None and loss.member not in read and loss.member not in told:
                told.add(loss.member)
                yield loss

    def _read_member(self, code: FunctionCode, register: int) -> Iterator[Member]:
        member = member_of(self._code.program, code, register)
        if member is not None and _is_used(code, self._uses_in(code), register):
            yield member


def _is_plain_call(code: FunctionCode, register: int) -> bool:
    """Whether a function or a method is called by its name, and waited for."""
    step = code.code[register]
    called = isinstance(step, ir.Call) and step.mode == ir.Mode.CALL
    return called and isinstance(code.callee(register), p.Static | p.Interface)


def _is_error(code: FunctionCode, call: int, index: int) -> bool:
    return any(
        isinstance(i, ir.Extract) and i.tuple == call and i.index == index and code.type_of(register) == ERROR
        for register, i in enumerate(code.code)
    )


def _converts(code: FunctionCode, call: int) -> bool:
    return isinstance(code.callee(call), p.Conversion)


def is_of_root(code: FunctionCode, call: int) -> bool:
    """Whether a call makes a context without a time limit out of one that never ends."""
    made, maker = code.code[call], code.callee(call)
    parent = made.args[0] if isinstance(made, ir.Call) and made.args else ir.NONE
    if not isinstance(maker, p.Static) or maker.function in LIMITED or not isinstance(code.code[parent], ir.Call):
        return False
    root = code.callee(parent)
    return p.is_one_of(root, FRESH)


def _takes_apart(code: FunctionCode, uses: dict[int, Sequence[int]], call: int) -> bool:
    return any(isinstance(code.code[use], ir.Extract) for use in uses.get(call, ()))


def _is_used(code: FunctionCode, uses: dict[int, Sequence[int]], register: int) -> bool:
    """Whether a value goes anywhere but into a comparison."""
    return any(not isinstance(code.code[use], ir.Binary) for use in uses.get(register, ()))
