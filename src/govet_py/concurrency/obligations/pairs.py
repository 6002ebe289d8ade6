"""Acquire and release pairs that sibling functions reveal.

Where most callers of a function call the same release method on what it returns, and many of them in a defer,
to release it is an obligation of every caller that keeps it to itself (Engler et al., "Bugs as deviant
behavior", SOSP 2001). Where callers are few, a function that gives it back on one way on which it fails, and not on
another, shows by itself what it owes. What has a Rollback is also given back by a Commit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.uses import uses_of
from govet_py.concurrency.flow.obligations import DISCHARGED, Duty, Exit, Obligations, Success, fails
from govet_py.concurrency.obligations.lending import is_lent
from govet_py.concurrency.obligations.watchdogs import mentions
from govet_py.knowledge.contexts import CONTEXT
from govet_py.knowledge.releases import ENDING_VERBS, LIBRARY_VERBS, POOL_VERBS, ROLLBACK, TRANSACTION_ENDS
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import ERROR, UNKNOWN, Named, Struct, Type, Unknown, deref

MIN_SIBLINGS = 3
MIN_SHARE = 0.8
DEPTH = 3


class Source(NamedTuple):
    """What returns the thing: a function by its name, whatever its receiver, and the type of the result."""

    name: str
    type: Type


class Taken(NamedTuple):
    """The call at `call` of `function` returns something, in register `value`, into `var`."""

    function: str
    call: int
    var: int
    value: int


class Judged(NamedTuple):
    """How a caller treats what it has taken: `released` somewhere, `deferred`, or `passed` on to others; `held` are
    the ways out without any of that, `failing` those of them that return an error."""

    taken: Taken
    released: tuple[int, ...]
    deferred: tuple[int, ...]
    passed: tuple[int, ...]
    held: tuple[Exit, ...]
    failing: tuple[Exit, ...]

    @property
    def keeps(self) -> bool:
        """Reports whether to give it back is this caller's own business."""
        return bool(self.released or self.deferred or not self.passed)


class PairLeak(NamedTuple):
    """`taken` is not given back on the ways `held`; `verb` is how `siblings` of `callers` give it back, for example at
    `example`. Without siblings it is the function itself that does, on other ways on which it fails."""

    taken: Taken
    verb: str
    held: tuple[Exit, ...]
    released: tuple[int, ...]
    siblings: int = 0
    callers: int = 0
    example: tuple[str, int] | None = None


class Pairs:
    """The pairs of a program, and the callers that do not keep to them."""

    def __init__(self, code: Code) -> None:
        self._code = code
        self._given: dict[tuple[str, str, int], bool] = {}
        """By method, verb and how much deeper is looked."""

    def leaks(self) -> Iterator[PairLeak]:
        """Callers that leave out what their siblings do."""
        for source, verbs in self._releases.items():
            if not self._is_ours(source.type):
                verbs = {verb: count for verb, count in verbs.items() if verb not in LIBRARY_VERBS}
            if not TRANSACTION_ENDS.isdisjoint(verbs):
                verbs = {verb: count for verb, count in verbs.items() if verb == ROLLBACK}
            if not verbs:
                continue
            verb, count = max(verbs.items(), key=lambda entry: (entry[1], entry[0]))
            if count >= MIN_SIBLINGS or verb in POOL_VERBS:
                yield from self._deviants(source, verb)

    def _is_ours(self, type_: Type) -> bool:
        """Whether a type is declared in the program: files and responses of libraries are another matter."""
        owner = deref(type_)
        package = self._code.program.packages.get(owner.package) if isinstance(owner, Named) else None
        return package is not None and not package.is_stub

    # -- pairs -------------------------------------------------------------------------------------

    @cached_property
    def _releases(self) -> dict[Source, dict[str, int]]:
        """By source, how many functions call each release method on what it returned."""
        found: dict[Source, dict[str, set[str]]] = {}
        for id in self._code.ids():
            code = self._code.function(id)
            for register in code.of_kind(ir.Selector):
                instruction = code.code[register]
                if isinstance(instruction, ir.Selector) and instruction.name in ENDING_VERBS:
                    source = self._source_of(code, instruction.base)
                    if source is not None:
                        found.setdefault(source, {}).setdefault(instruction.name, set()).add(code.body_id)
        return {s: {verb: len(bodies) for verb, bodies in found[s].items()} for s in sorted(found, key=repr)}

    def _source_of(self, code: FunctionCode, base: int) -> Source | None:
        load = code.code[base]
        if not isinstance(load, ir.Load):
            return None
        stores = self._code.stores(code, load.var)
        if code.body.vars[load.var].kind != ir.VarKind.LOCAL or len(stores) > 3:
            return None
        for index, register in stores:
            owner = self._code.sibling(code, index)
            call = _call_behind(owner, register)
            if call is not None:
                return self._source(owner, call, register)
        return None

    def _source(self, code: FunctionCode, call: int, store: int) -> Source | None:
        """What a call, whose result a store keeps, hands out: perhaps in a variable of an interface type."""
        callee = code.callee(call)
        if isinstance(callee, p.Static):
            name = callee.function.rpartition(".")[2]
        elif isinstance(callee, p.Interface):
            name = callee.method
        else:
            return None
        kept = code.code[store]
        assert isinstance(kept, ir.Store)
        given, type_ = code.type_of(kept.value), code.types.var_type(kept.var)
        type_ = given if isinstance(deref(given), Named) else type_
        return None if isinstance(type_, Unknown) else Source(name, type_)

    # -- callers -----------------------------------------------------------------------------------

    @cached_property
    def _callers(self) -> dict[str, list[tuple[str, int]]]:
        """The calls in variables' definitions, by the callee's name."""
        names = {source.name for source in self._releases}
        found: dict[str, list[tuple[str, int]]] = {}
        for id in self._code.ids():
            code = self._code.function(id)
            for register in code.of_kind(ir.Store):
                if (call := _call_behind(code, register)) is not None:
                    name = code.called_name(call)
                    if name in names:
                        found.setdefault(name, []).append((id, register))
        return found

    def _deviants(self, source: Source, verb: str) -> Iterator[PairLeak]:
        judged: list[Judged] = []
        for id, register in self._callers.get(source.name, ()):
            code = self._code.function(id)
            store = code.code[register]
            call = _call_behind(code, register)
            assert isinstance(store, ir.Store) and call is not None
            if self._source(code, call, register) == source:
                judged.append(self._judge(code, Taken(id, call, store.var, store.value), verb, source.type))
        ours = [one for one in judged if one.keeps]
        good = [one for one in ours if not one.held]
        if not self._is_custom(source, len(good), len(ours)) or not any(one.deferred for one in good):
            if verb in POOL_VERBS:
                yield from (PairLeak(one.taken, verb, one.failing, one.released) for one in ours if self._is_torn(one))
            return
        shown = next(one for one in good if one.deferred)
        example = (shown.taken.function, shown.deferred[0])
        for one in judged:
            held = one.held if one.keeps else one.failing
            if held:
                yield PairLeak(one.taken, verb, held, one.released, len(good), len(ours), example)

    def _is_custom(self, source: Source, good: int, all_: int) -> bool:
        """Whether so many of all callers give it back that the rest must. A single one is told from few if there are
        no implementations, of which some have nothing to give back."""
        concrete = isinstance(self._code.program.underlying(deref(source.type)), Struct)
        return good >= MIN_SIBLINGS and (good >= MIN_SHARE * all_ or (concrete and good == all_ - 1))

    def _is_torn(self, one: Judged) -> bool:
        """Whether a caller gives it back on some way on which it fails, but not on all of them. `cache.Put(key, value)`
        gives back nothing."""
        code = self._code.function(one.taken.function)
        if not one.failing or not one.released or any(_is_given_more(code, at) for at in one.released):
            return False
        acquires = {one.taken.call: success_of_call(code, one.taken)}
        duty = Duty(acquires, frozenset(one.released), frozenset(one.deferred))
        exits = Obligations(self._code, code, duty).exits()
        return any(exit.status & DISCHARGED and not exit.again and fails(code, exit) for exit in exits)

    def _judge(self, code: FunctionCode, taken: Taken, verb: str, thing: Type) -> Judged:
        uses = uses_of(code)
        released: list[int] = []
        deferred: list[int] = []
        passed: list[int] = []
        for register, instruction in enumerate(code.code):
            if isinstance(instruction, ir.MakeClosure) and mentions(code, instruction.function, taken.var):
                runs = [u for u in uses.get(register, ()) if _mode(code, u, register) == ir.Mode.DEFER]
                (deferred if runs else passed).append(register)
            elif isinstance(instruction, ir.Load | ir.Addr) and instruction.var == taken.var:
                for use in uses.get(register, ()):
                    self._sort(code, uses, (register, use), (verb, thing), (released, deferred, passed))
        value = code.code[taken.value]
        handed = frozenset(r for r, i in enumerate(code.code) if isinstance(i, ir.Extract) and i == value)
        duty = Duty(
            {taken.call: success_of_call(code, taken)},
            frozenset(released) | frozenset(passed),
            frozenset(deferred),
            not_nil=handed,
        )
        held = tuple(exit for exit in Obligations(self._code, code, duty).exits() if exit.leaks)
        failing = tuple(exit for exit in held if not exit.again and fails(code, exit))
        return Judged(taken, tuple(released), tuple(deferred), tuple(passed), held, failing)

    def _sort(
        self,
        code: FunctionCode,
        uses: dict[int, Sequence[int]],
        mention: tuple[int, int],
        released_by: tuple[str, Type],
        sorts: tuple[list[int], list[int], list[int]],
    ) -> None:
        """Where one mention of the variable, a load and its use, belongs: released, deferred or passed on."""
        released, deferred, passed = sorts
        load, use = mention
        instruction = code.code[use]
        if not isinstance(instruction, ir.Selector):
            if not isinstance(instruction, ir.Binary) and not is_lent(self._code, code, use, load):
                passed.append(load)
            return
        for call in uses.get(use, ()):
            mode = _mode(code, call, use)
            if mode is None:
                if not isinstance(code.denotes(use), p.FieldRef):
                    passed.append(use)
            elif instruction.name in ENDING_VERBS or self._gives_back(code, call, *released_by):
                (deferred if mode == ir.Mode.DEFER else released).append(call)

    def _gives_back(self, code: FunctionCode, call: int, verb: str, thing: Type, depth: int = DEPTH) -> bool:
        """Whether a method, of `thing` if it is called through an interface, calls the release method on its
        receiver, and not only on the way to an error."""
        callee = code.callee(call)
        method = self._code.program.method(thing, callee.method) if isinstance(callee, p.Interface) else None
        function = callee.function if isinstance(callee, p.Static) else method[0] if method is not None else ""
        target = self._code.get(function)
        if target is None or depth == 0:
            return isinstance(callee, p.Interface)
        known = self._given.get((target.id, verb, depth))
        if known is None:
            known = self._given[target.id, verb, depth] = self._ends_given_back(target, verb, depth)
        return known

    def _ends_given_back(self, code: FunctionCode, verb: str, depth: int) -> bool:
        gives: dict[int, ir.Mode] = {}
        for register, instruction in enumerate(code.code):
            if isinstance(instruction, ir.Call) and _is_below_receiver(code, instruction):
                selector = code.code[instruction.callee]
                named = isinstance(selector, ir.Selector) and selector.name == verb
                if named or self._gives_back(code, register, verb, UNKNOWN, depth - 1):
                    gives[register] = instruction.mode
        if not gives:
            return False
        deferred = frozenset(register for register, mode in gives.items() if mode == ir.Mode.DEFER)
        duty = Duty({}, frozenset(gives) - deferred, deferred, held_at_entry=True)
        return any(not exit.leaks and not fails(code, exit) for exit in Obligations(self._code, code, duty).exits())


def _call_behind(code: FunctionCode, register: int) -> int | None:
    """The call of which a store keeps a result."""
    call = code.call_behind(code.stored(register))
    return None if call == ir.NONE else call


def success_of_call(code: FunctionCode, taken: Taken) -> Success | None:
    """How the call tells that it failed: an error, or an ok, as its last result, after the thing."""
    last: tuple[int, int] | None = None
    for register, instruction in enumerate(code.code):
        if isinstance(instruction, ir.Extract) and instruction.tuple == taken.call:
            last = (instruction.index, register)
    thing = code.code[taken.value]
    if last is None or (isinstance(thing, ir.Extract) and last[0] <= thing.index):
        return None
    type_ = code.type_of(last[1])
    return Success(last[0], type_ == ERROR)


def _is_given_more(code: FunctionCode, call: int) -> bool:
    """Whether a release is given something besides a context."""
    instruction = code.code[call]
    assert isinstance(instruction, ir.Call)
    return any(code.type_of(argument) != CONTEXT for argument in instruction.args)


def _mode(code: FunctionCode, register: int, callee: int) -> ir.Mode | None:
    """How an instruction calls what register `callee` holds; None when it does something else with it."""
    call = code.code[register]
    return call.mode if isinstance(call, ir.Call) and call.callee == callee else None


def _is_below_receiver(code: FunctionCode, call: ir.Call) -> bool:
    """Whether a call is a method of the function's receiver, or of something the receiver holds."""
    at = code.code[call.callee]
    while isinstance(at, ir.Selector):
        at = code.code[at.base]
    return isinstance(at, ir.Load) and bool(code.function.params) and at.var == code.function.params[0]
