"""Which objects the requests share that a server runs beside each other: the server's own, and what it consists of.

Requests come down the calls from their handlers, on ways without a lock. What a function has there is shared when it
is the handler's receiver, a part of it or of a package variable: it is followed back through arguments, and through
what was made with such a part in it. An element of a collection may be another one for each request, and what a
semaphore or a compare-and-swap lets through comes one by one: neither counts.

LIMIT: which of several implementers of an interface is meant is not known: they are followed from handlers only, which
hand their requests on to the services behind them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.arguments import Arguments, Target
from govet_py.callgraph.callgraph import CallGraph, Edge, InterfaceNode
from govet_py.callgraph.code import Code, FunctionCode, package_of
from govet_py.callgraph.parameters import parameter_of
from govet_py.callgraph.values import KEY, ValueAnalysis
from govet_py.concurrency.locks.guards import GuardedMembers
from govet_py.concurrency.races.sent_on import SentOn
from govet_py.concurrency.races.visitors import Visitors
from govet_py.knowledge import concurrency as knows
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import CUT, ELEMENT, EVERY, AllocRoot, GlobalRoot, Path, ResultRoot, VarRoot
from govet_py.model.finding import Step
from govet_py.model.source import Site
from govet_py.model.types import Struct

MAX_IMPLEMENTERS = 8
MAX_FIELDS = 4
MAX_STEPS = 200
"""So many arguments are looked at to follow one object back; recursive data would have no end."""
MAX_MAKERS = 3
"""So many constructors in constructors are looked into."""

MAX_TURN = 8
"""So many instructions has a function at most that only takes a token, or gives it back."""

_ELEMENTS = frozenset({ELEMENT, EVERY, KEY, CUT})
_APART = knows.SERIALISED_CALLBACK | knows.KEEPS_CALLBACK
"""Calls that run a function once, or at another time than that of a request."""


class Way(NamedTuple):
    """How a request comes to a function, or an object to a parameter: by the call at `register` of `caller`, "" for
    the handler itself. `source`: what the caller gives, where that is no package variable."""

    caller: str
    register: int
    source: Path | None = None


_OWN = Way("", ir.NONE)


class Requests:
    """The functions that requests run without a lock, and what they share there."""

    def __init__(
        self, code: Code, values: ValueAnalysis, calls: CallGraph, guarded: GuardedMembers, visitors: Visitors
    ) -> None:
        self._code = code
        self._values = values
        self._calls = calls
        self._guarded = guarded
        self._visitors = visitors
        self._entries: dict[str, list[Way]] = {}
        self._known: dict[Path, Way | None] = {}
        self._asked: list[Path] = []
        self._steps = 0
        self._turns: dict[str, bool] = {}
        self._sent_on = SentOn(code)
        apart = ((id, register) for name in _APART for id, register in calls.named(name))
        self._apart = {(id, at) for id, register in apart for at in _arguments(code.function(id), register)}
        self._handlers = frozenset(id for id in visitors.goroutines.requested() if code.get(id))
        self.functions = self._reached()

    def way_to(self, code: FunctionCode, register: int) -> Way | None:
        """How what a register holds comes to be shared by requests; None if it is not, as far as one sees."""
        paths = self._values.paths(code, register)
        if len(paths) != 1:
            return None
        if isinstance(paths[0].root, GlobalRoot) or self._is_around(code, paths[0]):
            return self.functions[code.id] if _ELEMENTS.isdisjoint(paths[0].fields) else None
        return self._way(paths[0]) if paths[0] in self._known else self._follow(paths[0])

    def _is_around(self, code: FunctionCode, path: Path) -> bool:
        """Whether a handler that is a literal captures what the function around it has made: once for all requests."""
        root = path.root
        if code.id not in self._handlers or not code.index or not isinstance(root, AllocRoot):
            return False
        return root.function != code.id and root.function.partition("$")[0] == code.body_id

    def is_free(self, code: FunctionCode, register: int) -> bool:
        """Reports whether requests come to an instruction of such a function without a lock, at the same time."""
        locked = self._guarded.at(code, register) or self._guarded.holds_unnamed(code, register)
        return not locked and not self._visitors.is_gated(code.id, register)

    def takes_turns(self, code: FunctionCode) -> bool:
        """Reports whether a function waits for its turn, to let others in when it is done: by a semaphore, or by the
        token of a channel."""
        known = self._turns.get(code.id)
        if known is None:
            known = self._turns[code.id] = self._visitors.takes_semaphore(code.id) or self._takes_token(code)
        return known

    def path(self, function: str, way: Way) -> tuple[Step, ...]:
        """The steps of a request from its handler down to a function, to which it comes by a way."""
        sites: list[Site] = []
        while way.caller:
            function = way.caller
            sites.append(self._code.function(function).site(way.register))
            further = self._known[way.source] if way.source is not None else None
            way = further or self.functions[function]
        handler = self._code.function(function)
        start = Step(Site(handler.path, handler.function.span), "requests come in, beside each other", 1)
        calls = (Step(site, "which calls", 1, depth) for depth, site in enumerate(reversed(sites), 1))
        return (start, *calls)

    # -- down the calls ----------------------------------------------------------------------------

    def _reached(self) -> dict[str, Way]:
        """What requests come to, the nearest call first."""
        found = dict.fromkeys(sorted(self._handlers), _OWN)
        work = deque(found)
        while work:
            for target, way in self._calls_of(self._code.function(work.popleft())):
                self._entries.setdefault(target, []).append(way)
                if target not in found:
                    found[target] = way
                    work.append(target)
        return found

    def _calls_of(self, code: FunctionCode) -> Iterator[tuple[str, Way]]:
        """What a function calls where requests come without a lock."""
        if self.takes_turns(code):
            return
        free: dict[int, bool] = {}
        for edge in self._calls.edges[code.id]:
            targets = self._targets(code, edge)
            if targets and edge.site not in free:
                free[edge.site] = self.is_free(code, edge.site)
            for target in targets if targets and free[edge.site] else ():
                if package_of(target) not in knows.OWN_LOCKS:
                    yield target, Way(code.id, edge.site)

    def _targets(self, code: FunctionCode, edge: Edge) -> list[str]:
        if (code.id, edge.site) in self._apart or self._is_sent(code, edge.site):
            return []
        if isinstance(edge.target, InterfaceNode):
            known = [inner.target for inner in self._calls.edges[edge.target] if isinstance(inner.target, str)]
            most = MAX_IMPLEMENTERS if code.id in self._handlers else 1
            return [id for id in known if self._code.get(id)] if len(known) <= most else []
        runs = isinstance(code.code[edge.site], ir.MakeClosure | ir.Call)
        return [edge.target] if runs else []

    def _is_sent(self, code: FunctionCode, site: int) -> bool:
        return isinstance(code.code[site], ir.MakeClosure) and self._sent_on.takes(code, site)

    def _takes_token(self, code: FunctionCode) -> bool:
        """Whether a function, its literals included, sends to a channel and receives from it, `s.turn <- token` and
        `<-s.turn`, itself or by functions that do nothing else."""
        functions = [self._code.sibling(code, index) for index in range(len(code.body.functions))]
        sent = {path for one in functions for path in self._passed(one, ir.Send)}
        if sent and any(path in sent for one in functions for path in self._passed(one, ir.Recv)):
            return True
        callees = (self._code.get(e.target) for e in self._calls.edges[code.id] if isinstance(e.target, str))
        return any(one is not None and len(one.code) <= MAX_TURN and _only_passes(one) for one in callees)

    def _passed(self, code: FunctionCode, kind: type[ir.Send | ir.Recv]) -> Iterator[Path]:
        for register in code.of_kind(kind):
            step = code.code[register]
            assert isinstance(step, ir.Send | ir.Recv)
            yield from self._values.paths(code, step.chan)

    # -- back to where an object comes from --------------------------------------------------------

    def _follow(self, path: Path) -> Way | None:
        """How the object at a path comes to be shared. That one on the way to it is not shared holds for other
        questions only if the search has seen all: it was neither broken off nor ended early."""
        self._steps, self._asked = 0, []
        found = self._way(path)
        if found is not None or self._steps > MAX_STEPS:
            for asked in self._asked:
                if asked != path and self._known[asked] is None:
                    del self._known[asked]
        return found

    def _way(self, path: Path) -> Way | None:
        """How the object at a path below a parameter comes to be shared; None too while that is being asked."""
        if path not in self._known:
            self._asked.append(path)
            self._known[path] = None
            self._known[path] = next(self._ways(path), None)
        return self._known[path]

    def _ways(self, path: Path) -> Iterator[Way]:
        root = path.root
        self._steps += 1
        far = len(path.fields) > MAX_FIELDS or self._steps > MAX_STEPS
        if far or not isinstance(root, VarRoot) or not _ELEMENTS.isdisjoint(path.fields):
            return
        body = self._code.function(root.body)
        owner = self._code.sibling(body, body.body.vars[root.var].owner)
        position = parameter_of(owner, path)
        copied = isinstance(self._code.program.underlying(owner.types.var_type(root.var)), Struct)
        if position is None or copied:
            return
        if position == 0 and owner.id in self._handlers and owner.is_method and owner.index == 0:
            yield _OWN
            return
        for entry in self._entries.get(owner.id, ()):
            for given in self._given(entry, owner.id, position, path.fields):
                if isinstance(given.root, GlobalRoot):
                    yield from (entry,) if _ELEMENTS.isdisjoint(given.fields) else ()
                elif given.root != root and self._way(given) is not None:
                    yield entry._replace(source=given)

    def _given(self, entry: Way, function: str, position: int, fields: tuple[str, ...]) -> Iterator[Path]:
        """What a call gives a function at a path of a parameter."""
        caller, register = self._code.function(entry.caller), entry.register
        callee = caller.callee(register) if isinstance(caller.code[register], ir.Call) else None
        if isinstance(callee, p.Interface):
            receivers = tuple(path.extend(callee.via) for path in self._values.paths(caller, callee.receiver))
            targets: tuple[Target, ...] = (Target(function, receivers, True),)
        else:
            targets = self._values.targets(caller, register) if callee is not None else ()
        for target in targets:
            if target.function == function:
                values = self._values.arguments(caller, register, target).member(position, fields)
                yield from self._named(caller, values, MAX_MAKERS) if len(values) == 1 else ()

    def _named(self, code: FunctionCode, values: tuple[object, ...], depth: int) -> Iterator[Path]:
        """The values that have names outside of a function; for a field of what a constructor of a constructor makes
        what was put there."""
        for value in values:
            if not isinstance(value, Path) or not isinstance(value.root, ResultRoot):
                yield from (value,) if isinstance(value, Path) else ()
            elif value.fields and depth and value.root.function == code.id:
                for made, arguments in self._values.results(code, value.root):
                    if isinstance(made.root, ResultRoot):
                        yield from self._put(code, made.extend(value.fields), arguments, depth - 1)

    def _put(self, code: FunctionCode, made: Path, arguments: Arguments, depth: int) -> Iterator[Path]:
        """What a constructor has put into a field of what it got from another one, as its caller `code` names it."""
        assert isinstance(made.root, ResultRoot)
        maker = self._code.function(made.root.function)
        for held in self._named(maker, (self._values.canonical(made),), depth):
            position = parameter_of(maker, held)
            if position is not None:
                yield from self._named(code, arguments.member(position, held.fields), depth)
            elif isinstance(held.root, VarRoot) and held.root.body == code.body_id:
                yield held


def _only_passes(code: FunctionCode) -> bool:
    return bool(code.of_kind(ir.Send, ir.Recv)) and not code.of_kind(ir.Call)


def _arguments(code: FunctionCode, call: int) -> tuple[int, ...]:
    step = code.code[call]
    return step.args if isinstance(step, ir.Call) else ()
