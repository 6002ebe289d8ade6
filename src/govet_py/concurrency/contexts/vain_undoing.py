"""Clean-up after a failure under the very context whose end may be the failure.

The call that failed waits under the context, and the function knows that its end is among the reasons: it has given the
context a time limit itself, or it compares the error with the end of a context and goes on for that one too. Or several
steps of one operation wait under it, and whichever fails, the same function is to take back what they did. Then what is
undone behind gives up at once, exactly when it is needed. Where a caller has set the limit, the same holds for a
release that is not only reached when the call before it has succeeded; and where the context is that of a request,
whose client may be gone, for what comes after a failure only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.reaching import ENTRY, Reaching, is_register
from govet_py.concurrency.contexts.cancellation import Cancellation, Given
from govet_py.concurrency.contexts.endings import ended_errors
from govet_py.concurrency.contexts.expiring import Expiring, ExpiringReleases
from govet_py.concurrency.contexts.scoped_contexts import ScopedContexts
from govet_py.concurrency.flow.control import Edge, behind_edges, precedes, tests
from govet_py.concurrency.flow.failures import failing
from govet_py.concurrency.flow.failures import is_error as is_tested_error
from govet_py.knowledge.contexts import REMOVES, REVERSES, UNDOES, UNDOING_STATEMENTS
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.source import Site
from govet_py.model.types import is_error, results_of

_TAKES_BACK = (*UNDOES, *REMOVES)
STEPS = 3
"""So many steps that one function takes back make an operation."""
MAX_DEPTH = 4


class Undoing(NamedTuple):
    """The call at `call` undoes under the context that the one at `failed`, which has failed, waited under as well;
    `waits`: where it does, in the function that takes back several steps."""

    function: str
    call: int
    failed: int
    waits: tuple[Site, ...] = ()


class _Behind(NamedTuple):
    """`given` comes after a failure of `failed` under the same context; `known`: whose end may be the reason."""

    given: Given
    failed: int
    known: bool


class VainUndoing:
    """Of a program."""

    def __init__(
        self, code: Code, cancellation: Cancellation, scoped: ScopedContexts, expiring: ExpiringReleases
    ) -> None:
        self._code = code
        self._cancellation = cancellation
        self._scoped = scoped
        self._expiring = expiring

    def found(self) -> Iterator[Undoing | Expiring]:
        """One a call, in the order of the program; for an operation of several steps its first."""
        for id in self._code.ids():
            code = self._code.function(id)
            undoing = [given for given in self._cancellation.given(code) if _undoes_now(code, given)]
            if undoing:
                failures = list(self._failures(code))
                behind = {given: self._behind(code, given, failures) for given in undoing}
                for given, one in behind.items():
                    if one is not None and one.known:
                        yield Undoing(id, given.call, one.failed)
                    elif undoes(code, given.call) and self._comes_after_all(code, given, failures):
                        expiring = self._expiring.limited(code, code, given)
                        if expiring is not None:
                            yield expiring
                        elif one is not None and self._expiring.is_of_request(code, given):
                            yield Undoing(id, given.call, one.failed)
                yield from self._compensations(code, [one for one in behind.values() if one and not one.known])

    def _compensations(self, code: FunctionCode, behind: list[_Behind]) -> Iterator[Undoing]:
        """The first call of each function that takes back several steps."""
        by_callee: dict[str, list[_Behind]] = {}
        for one in behind:
            if undoes(code, one.given.call):
                by_callee.setdefault(p.known_name(code.callee(one.given.call)), []).append(one)
        for callee, group in by_callee.items():
            if callee and len({one.failed for one in group}) >= STEPS:
                first = group[0]
                yield Undoing(code.id, first.given.call, first.failed, tuple(self._waits(code, first.given)))

    def _waits(self, code: FunctionCode, given: Given, depth: int = MAX_DEPTH) -> list[Site]:
        """Where a function waits that a call runs, below those that only hand the context on."""
        inner = [
            (body, one)
            for name, position in self._cancellation.bodies(code, given)
            for body in (self._code.function(name),)
            for one in self._cancellation.given(body)
            if self._cancellation.stems_from(body, one.argument, body.function.params[position])
            and self._cancellation.waits_at(body, one)
        ]
        deeper = self._waits(*inner[0], depth - 1) if len(inner) == 1 and depth else []
        return deeper or [body.site(one.call) for body, one in inner]

    def _failures(self, code: FunctionCode) -> Iterator[tuple[Edge, Given]]:
        """The branches taken when a call has failed that waits under a context."""
        by_call = {given.call: given for given in self._cancellation.given(code)}
        reaching = Reaching(code)
        for block, test in tests(code):
            for position, error in failing(code, test.cond):
                calls = _makers(code, reaching, error) if is_tested_error(code, error) else frozenset()
                if len(calls) == 1 and calls <= by_call.keys():
                    given = by_call[min(calls)]
                    if self._cancellation.waits_at(code, given) and not undoes(code, given.call, _TAKES_BACK):
                        yield (block, position), given

    def _behind(self, code: FunctionCode, given: Given, failures: list[tuple[Edge, Given]]) -> _Behind | None:
        """The failed call whose context is that of a call behind it, which waits: one that may have ended, if any."""
        block = code.block_of(given.call)
        variables = self._scoped.variables(code, given.argument)
        found: _Behind | None = None
        for edge, failed in failures if self._cancellation.waits_at(code, given) else ():
            behind = behind_edges(code, (edge,))
            if block in behind and failed.call != given.call and self._is_same(code, given, failed, variables):
                if self._is_limited(code, given) or _is_acknowledged(code, behind, block):
                    return _Behind(given, failed.call, True)
                found = found or _Behind(given, failed.call, False)
        return found

    def _comes_after_all(self, code: FunctionCode, given: Given, failures: list[tuple[Edge, Given]]) -> bool:
        """Whether a call before, under the same context, may have failed, and a call comes after that as well."""
        variables = self._scoped.variables(code, given.argument)
        for other in self._cancellation.given(code):
            if not _may_fail(code, other) or not precedes(code, other.call, given.call):
                continue
            if self._is_same(code, given, other, variables) and self._cancellation.waits_at(code, other):
                fine = [(block, 1 - position) for (block, position), failed in failures if failed == other]
                if code.block_of(given.call) not in behind_edges(code, fine):
                    return True
        return False

    def _is_same(self, code: FunctionCode, given: Given, failed: Given, variables: set[int]) -> bool:
        """Whether two calls have one context: no other one takes its place in between."""
        if variables.isdisjoint(self._scoped.variables(code, failed.argument)):
            return False
        return self._scoped.makers(code, given.argument) == self._scoped.makers(code, failed.argument)

    def _is_limited(self, code: FunctionCode, given: Given) -> bool:
        makers = self._scoped.makers(code, given.argument)
        return any(one.limited and (code.id, one.made) in makers for one in self._scoped.by_function.get(code.id, ()))


def undoes(code: FunctionCode, call: int, verbs: tuple[str, ...] = UNDOES) -> bool:
    """Reports whether the name of a callee, or a statement that it is given, speaks of ending or undoing: a hint, no
    proof."""
    step = code.code[call]
    texts = (code.types.constant_text(code.index, at) for at in step.args) if isinstance(step, ir.Call) else ()
    return code.called_name(call).lower().startswith(verbs) or any(
        text.lstrip().lower().startswith(UNDOING_STATEMENTS) for text in texts if text
    )


def releases(outer: FunctionCode, code: FunctionCode, call: int) -> bool:
    """Reports whether a callee is named like that, or like the opposite of what `outer` calls: `Cordon`, `Uncordon`."""
    name = code.called_name(call).lower()
    done = {name.removeprefix(prefix) for prefix in REVERSES if name.startswith(prefix)}
    return undoes(code, call) or any(outer.called_name(at).lower() in done for at in outer.of_kind(ir.Call) if done)


def _may_fail(code: FunctionCode, given: Given) -> bool:
    """Whether a call, of something that is no undoing, returns an error."""
    ran = code.mode_of(given.call) == ir.Mode.CALL and not undoes(code, given.call, _TAKES_BACK)
    return ran and any(map(is_error, results_of(code.type_of(given.call))))


def _undoes_now(code: FunctionCode, given: Given) -> bool:
    return code.mode_of(given.call) == ir.Mode.CALL and undoes(code, given.call, _TAKES_BACK)


def _is_acknowledged(code: FunctionCode, behind: frozenset[int], block: int) -> bool:
    """Whether the error is compared with the end of a context behind a failure, and that way leads to a block too."""
    for test, ways in ended_errors(code):
        others = [(test, at) for at in range(len(code.function.blocks[test].succs)) if at not in ways]
        if test in behind and block not in behind_edges(code, others):
            return True
    return False


def _makers(code: FunctionCode, reaching: Reaching, register: int) -> frozenset[int]:
    """The calls that a register may have its value from; NONE among them for what is no result of a call."""
    found: set[int] = set()
    work, seen = [register], {register}
    while work:
        at = work.pop()
        step = code.code[at] if at != ENTRY else None
        match step:
            case ir.Call():
                found.add(at)
            case ir.Extract():
                work.append(step.tuple)
            case ir.Load() if is_register(code.body.vars[step.var]):
                stores = reaching.definitions(at, step.var)
                values = {code.stored(store) if store != ENTRY else ENTRY for store in stores}
                work.extend(values - seen)
                seen |= values
            case _:
                found.add(ir.NONE)
    return frozenset(found)
