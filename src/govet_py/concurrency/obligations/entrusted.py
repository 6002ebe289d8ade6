"""What a function takes and leaves to its callers to give back: a slot of a semaphore, a lock of what it returns, a
thing of a pool that is a channel.

A *taker* returns with a slot held, or a lock of its result, whenever it does not fail, or with what it has received; a
*giver* gives one back that it has not taken. A caller of a taker that fails, or goes round its loop, without a giver
has lost what it took, unless it has handed on what came with it. That takers and givers belong together is shown by a
caller of both: for a pool, which may be a queue otherwise, by one that gives back whatever happens.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph, InterfaceNode, Node
from govet_py.callgraph.code import Code, FunctionCode, literal_id
from govet_py.callgraph.members import Member, member_of, receiver_member
from govet_py.callgraph.uses import runs_deferred, uses_of, variable_of
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.describe import short_name
from govet_py.concurrency.flow.obligations import Duty, Exit, Obligations, Success, fails, is_passed_on, success_of
from govet_py.concurrency.flow.path_facts import is_nil_error
from govet_py.concurrency.locks.locksets import LockSets
from govet_py.concurrency.obligations.free_lists import handed_out, put_into
from govet_py.concurrency.obligations.leak_story import also, way_steps
from govet_py.concurrency.obligations.lending import handed_on
from govet_py.concurrency.obligations.semaphores import Semaphores, semaphore_of
from govet_py.concurrency.obligations.watchdogs import mentions
from govet_py.knowledge import concurrency as knows
from govet_py.knowledge.releases import is_pool_verb
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import Path
from govet_py.model.finding import Confidence, Finding, Rule, Step

DEPTH = 3


class Taker(NamedTuple):
    """What a function has taken when it returns: `member`, a semaphore, a lock or (`pooled`) a channel of things.
    `success` tells whether; `thing` is the result whose lock it is, or that comes with the slot; NONE without one."""

    member: Member
    success: Success | None
    thing: int
    pooled: bool = False


class Entrusted(NamedTuple):
    """The call at `call` of `function` takes `member`, which is not given back on the ways `held`; `freed` are where
    other ways do. `taker` is the function that takes it."""

    function: str
    call: int
    taker: str
    member: Member
    held: tuple[Exit, ...]
    freed: tuple[int, ...]


class _Freeing(NamedTuple):
    """By registers: what gives back for sure (`given`), and what may (`freed`, `deferred`)."""

    given: tuple[int, ...]
    freed: frozenset[int]
    deferred: frozenset[int]


class EntrustedThings:
    """The takers of a program, and the callers that forget what they got."""

    def __init__(
        self, code: Code, values: ValueAnalysis, calls: CallGraph, locks: dict[str, LockSets], semaphores: Semaphores
    ) -> None:
        self._code = code
        self._values = values
        self._calls = calls
        self._locks = locks
        self._semaphores = semaphores

    def leaks(self) -> Iterator[Entrusted]:
        """Every caller's leak, by taker."""
        for id, taker in self._takers.items():
            judged = [one for site in self._calls.sites(id) if (one := self._judge(*site, id, taker)) is not None]
            if any(shown for shown, _ in judged):
                yield from (leak for _, leak in judged if leak.held)

    # -- takers and givers ---------------------------------------------------------------------------

    @cached_property
    def _takers(self) -> dict[str, Taker]:
        found: dict[str, Taker] = {}
        for id in self._code.ids():
            code = self._code.function(id)
            taker = self._taker(code) if code.index == 0 and len(code.body.functions) == 1 else None
            if taker is not None and self._givers_of(taker):
                found[id] = taker
        return found

    def _givers_of(self, taker: Taker) -> frozenset[str]:
        return (self._putters if taker.pooled else self._givers).get(taker.member, frozenset())

    def _taker(self, code: FunctionCode) -> Taker | None:
        success = success_of(code)
        for register, path, tried in self._lock_taken(code):
            thing = self._owner(code, path)
            member = receiver_member(self._code.program, code, register)
            if thing >= 0 and member is not None and self._keeps(code, register, tried, self._unlocks(code, path)):
                return Taker(member, success, thing)
        for member in handed_out(self._code, code):
            return Taker(member, success, 0, True)
        slots = list(self._semaphores.slots(code)) if self._has_tokens(code) else []
        if len(slots) != 1 or not slots[0].token:
            return None
        slot = semaphore_of(self._code, code, slots[0].register)
        if slot is None or not self._keeps(code, slots[0].held, None, code.of_kind(ir.Recv)):
            return None
        return Taker(slot, success, 0 if len(code.function.signature.results) == 2 else ir.NONE)

    @staticmethod
    def _has_tokens(code: FunctionCode) -> bool:
        return bool(code.of_kind(ir.Send, ir.Select))

    def _lock_taken(self, code: FunctionCode) -> Iterator[tuple[int, Path, Success | None]]:
        """The locks that a function takes by their own methods, with how it sees whether it has."""
        locks = self._locks.get(code.id)
        for register, taken in sorted(locks.taken.items()) if locks is not None else ():
            name = p.known_name(code.callee(register))
            if name in knows.ACQUIRE or name in knows.TRY_ACQUIRE:
                tried = Success(0, False) if name in knows.TRY_ACQUIRE else None
                yield from ((register, lock.path, tried) for lock in taken)

    def _owner(self, code: FunctionCode, path: Path) -> int:
        """The result whose lock a path is."""
        for at in code.of_kind(ir.Return):
            step = code.code[at]
            for index, result in enumerate(step.results if isinstance(step, ir.Return) else ()):
                if any(one.is_prefix_of(path) and one != path for one in self._values.paths(code, result)):
                    return index
        return ir.NONE

    def _unlocks(self, code: FunctionCode, path: Path) -> list[int]:
        return [at for at, event in self._locks[code.id].events.items() if path in event.releases]

    def _keeps(self, code: FunctionCode, register: int, tried: Success | None, freed: Iterable[int]) -> bool:
        """Whether each way out that does not fail has what was taken, and each that fails has not."""
        exits = Obligations(self._code, code, Duty({register: tried}, frozenset(freed))).exits()
        fallible = success_of(code)
        for exit in exits:
            told = _tells(code, exit, fallible) if fallible is not None else True
            if exit.again or told is (not exit.leaks):
                return False
        return any(exit.leaks for exit in exits)

    @cached_property
    def _putters(self) -> dict[Member, frozenset[str]]:
        """By channel, the functions that put things there, and are named like that."""
        found: dict[Member, set[str]] = {}
        for id in self._code.ids():
            code = self._code.function(id)
            if is_pool_verb(id.rpartition(".")[2]) and not code.of_kind(ir.Recv):
                for channel in put_into(self._code, code):
                    found.setdefault(channel, set()).add(id)
        return {member: frozenset(ids) for member, ids in found.items()}

    @cached_property
    def _givers(self) -> dict[Member, frozenset[str]]:
        """The functions that give back what they have not taken."""
        found: dict[Member, set[str]] = {}
        for id in self._code.ids():
            code = self._code.function(id)
            locks = self._locks.get(id)
            for register, event in locks.events.items() if locks is not None and locks.released else ():
                name = p.known_name(code.callee(register))
                member = receiver_member(self._code.program, code, register) if name in knows.RELEASE else None
                if member is not None and locks is not None and event.releases & locks.released:
                    found.setdefault(member, set()).add(id)
        for member, ids in self._semaphores.token_givers.items():
            found.setdefault(member, set()).update(ids)
        return {member: frozenset(ids) for member, ids in found.items()}

    # -- callers -------------------------------------------------------------------------------------

    def _judge(self, code: FunctionCode, call: int, id: str, taker: Taker) -> tuple[bool, Entrusted] | None:
        """Whether a caller shows that what it gets is to be given back, and how it fails to; None where something else
        may run, or does not wait."""
        step = code.code[call]
        if not isinstance(step, ir.Call) or step.mode != ir.Mode.CALL or not self._always_takes(code, call, taker):
            return None
        locks = self._locks.get(code.id)
        if locks is not None and call in locks.events and locks.events[call].acquires:
            return None
        freeing = self._freeing(code, call, taker)
        duty = Duty({call: taker.success}, freeing.freed, freeing.deferred)
        left = [exit for exit in Obligations(self._code, code, duty).exits() if exit.leaks]
        held = tuple(exit for exit in left if self._is_lost(code, call, exit, freeing))
        shown = bool(freeing.given) and not (taker.pooled and left)
        return shown, Entrusted(code.id, call, id, taker.member, held, freeing.given)

    def _is_lost(self, code: FunctionCode, call: int, exit: Exit, freeing: _Freeing) -> bool:
        """Whether nobody can give back what is held at an exit: the function fails, or takes the next one in a loop
        in which it gives back."""
        if exit.again:
            loop = code.loop_of(call)
            return any(code.inside(code.loop_of(at), loop) for at in freeing.given) and loop != ir.NONE
        return fails(code, exit) and not is_passed_on(self._code, code, exit)

    def _always_takes(self, code: FunctionCode, call: int, taker: Taker) -> bool:
        """Whether all that a call may run are takers of the same shape."""
        targets = {target.id for target in self._calls.callees(code, call)}
        takers = [self._takers.get(target) for target in targets]
        return bool(takers) and all(one is not None and one[1:] == taker[1:] for one in takers)

    def _nodes(self, node: Node) -> Iterator[str]:
        if isinstance(node, InterfaceNode):
            yield from (edge.target for edge in self._calls.edges.get(node, ()) if isinstance(edge.target, str))
        else:
            yield node

    def _freeing(self, code: FunctionCode, call: int, taker: Taker) -> _Freeing:
        givers = self._givers_of(taker)
        var = variable_of(code, call, taker.thing)
        given: list[int] = []
        freed: set[int] = set()
        deferred: set[int] = set()
        for register in code.of_kind(ir.Call, ir.MakeClosure, ir.Selector, ir.Recv):
            step = code.code[register]
            sure, may = self._gives(code, register, step, givers, var)
            if may or sure or self._is_direct(code, register, step, taker):
                (deferred if runs_deferred(code, register) else freed).add(register)
                given.extend([register] if sure else [])
        for register in handed_on(self._code, code, var) if var != ir.NONE else ():
            freed.add(register)
        return _Freeing(tuple(given), frozenset(freed), frozenset(deferred))

    def _gives(
        self, code: FunctionCode, register: int, step: ir.Instruction, givers: frozenset[str], var: int
    ) -> tuple[bool, bool]:
        """Whether an instruction gives back, and whether it may."""
        if isinstance(step, ir.MakeClosure):
            inner = literal_id(code.body_id, step.function)
            reached = self._reaches(inner, givers, DEPTH)
            sure = reached and self._begins_by(inner, givers, DEPTH)
            return sure, reached or (var != ir.NONE and mentions(code, step.function, var))
        if isinstance(step, ir.Call):
            targets = [target.id for target in self._calls.callees(code, register)]
            sure = any(target in givers for target in targets)
            return sure, any(self._reaches(target, givers, DEPTH) for target in targets)
        what = code.denotes(register) if isinstance(step, ir.Selector) else None
        return False, isinstance(what, p.FunctionRef) and what.id in givers and not _is_called(code, register)

    def _is_direct(self, code: FunctionCode, register: int, step: ir.Instruction, taker: Taker) -> bool:
        """Whether an instruction gives back by itself."""
        if isinstance(step, ir.Recv):
            return not taker.pooled and member_of(self._code.program, code, step.chan) == taker.member
        is_release = isinstance(step, ir.Call) and p.known_name(code.callee(register)) in knows.RELEASE
        return is_release and receiver_member(self._code.program, code, register) == taker.member

    def _reaches(self, function: str, givers: frozenset[str], depth: int) -> bool:
        if function in givers:
            return True
        edges = self._calls.edges.get(function, ()) if depth else ()
        return any(self._reaches(node, givers, depth - 1) for edge in edges for node in self._nodes(edge.target))


    def _begins_by(self, function: str, givers: frozenset[str], depth: int) -> bool:
        """Whether a function gives back whatever happens: what its first block calls does, or defers."""
        if function in givers:
            return True
        first = self._code.function(function).function.blocks[0]
        begun = (e.target for e in self._calls.edges.get(function, ()) if first.start <= e.site < first.end)
        return depth > 0 and any(isinstance(one, str) and self._begins_by(one, givers, depth - 1) for one in begun)


def _tells(code: FunctionCode, exit: Exit, success: Success) -> bool | None:
    """Whether a way out tells callers that something was taken; None where it cannot be seen."""
    last = code.code[exit.register]
    if not isinstance(last, ir.Return) or len(last.results) <= success.result:
        return None
    value = last.results[success.result]
    if success.is_error:
        return is_nil_error(code, value, exit.facts)
    constant = code.code[value]
    return constant.value == "true" if isinstance(constant, ir.Const) else None


def _is_called(code: FunctionCode, register: int) -> bool:
    return all(
        isinstance(user := code.code[use], ir.Call) and user.callee == register
        for use in uses_of(code).get(register, ())
    )


def entrusted_finding(rule: Rule, program: Code, lost: Entrusted) -> Finding:
    """What a caller keeps that another function has taken for it."""
    code = program.function(lost.function)
    taker = short_name(lost.taker)
    steps = way_steps(
        code, Step(code.site(lost.call), f"{taker} returns with {lost.member} taken"), lost.held[0], "not given back"
    )
    related = also(code, lost.freed, "other paths give it back here")
    when = "goes round its loop" if lost.held[0].again else "returns"
    message = f"what {taker} has taken is not given back on a path on which {short_name(code.id)} {when}"
    return Finding(rule, Confidence.MEDIUM, message, steps[-1].site, code.id, (taker, str(lost.member)), steps, related)
