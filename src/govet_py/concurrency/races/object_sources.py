"""Where a function has an object from that is an element of a map or slice with a lock.

A method looks it up under the lock and returns it, alone or in a list; or the function that puts it there sends it to
a worker as well. From then on it is known in two places, of which one has the lock.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.getters import takes_away
from govet_py.callgraph.members import Member, member_of
from govet_py.callgraph.parameters import argument_of
from govet_py.callgraph.uses import sends_of
from govet_py.concurrency.locks.guards import GuardedMembers
from govet_py.concurrency.locks.member_access import Access
from govet_py.concurrency.races.accesses import container_of
from govet_py.concurrency.races.handed_out import Result, given_under_lock, results_of
from govet_py.concurrency.races.let_out import leaves, puts
from govet_py.model import ir
from govet_py.model.concurrency import EffectKind
from govet_py.model.types import Map, Pointer, Slice

DEPTH = 2


def element_of(code: Code, function: FunctionCode, register: int) -> int:
    """The register of the map or slice of pointers that a register holds an element of, or NONE."""
    found = container_of(code.program, function, register, (Map, Slice))
    return found if found is not None and isinstance(function.type_of(register), Pointer) else ir.NONE


class ObjectSources:
    """Of a program."""

    def __init__(self, code: Code, calls: CallGraph, members: GuardedMembers) -> None:
        self._code = code
        self._calls = calls
        self._members = members
        self._known: dict[tuple[Result, bool], Access | None] = {}
        self._parameters: dict[tuple[str, int], Access | None] = {}

    def of(self, function: FunctionCode, register: int, depth: int = DEPTH) -> Access | None:
        """How what a register holds was read from its container, or put there; None for what is none, or is not from
        elsewhere."""
        container = element_of(self._code, function, register)
        results = results_of(self._code, self._calls, function, register if container == ir.NONE else container)
        if results:
            call = function.taken_by(register if container == ir.NONE else container)
            is_own = call == ir.NONE or self._members.prepares(function.id, call)
            return None if is_own else self._by_getter(results[0], listed=container != ir.NONE)
        if container != ir.NONE:
            return None
        return self._received(function, register) or self._handed_down(function, register, depth)

    def _by_getter(self, result: Result, *, listed: bool) -> Access | None:
        if (result, listed) not in self._known:
            getter = self._code.function(result.function)
            given = self._listed(getter) if listed else self._one(getter, result.position)
            self._known[result, listed] = given
        return self._known[result, listed]

    def _one(self, getter: FunctionCode, position: int) -> Access | None:
        """How a function reads the element that it gives back, and leaves where it is."""
        if takes_away(getter):
            return None
        return given_under_lock(self._members, getter, position, self._member)

    def _listed(self, getter: FunctionCode) -> Access | None:
        """How a function reads the elements that it puts into a list which it gives back."""
        for register, container, value in puts(getter):
            if self._members.taken(getter, register) and leaves(getter, container):
                member = self._member(getter, value)
                if member is not None:
                    return self._members.named_access(member, EffectKind.READ, getter, register)
        return None

    def _member(self, getter: FunctionCode, register: int) -> Member | None:
        """The field or package variable whose element a register holds."""
        container = element_of(self._code, getter, register)
        return member_of(self._code.program, getter, container) if container != ir.NONE else None

    # -- objects that are sent to a worker ---------------------------------------------------------

    def _received(self, function: FunctionCode, register: int) -> Access | None:
        """How the object that was received from a queue had been put into its container."""
        taken = function.taken_by(register) if self._queues else ir.NONE
        step = function.code[taken] if taken != ir.NONE else None
        over = function.code[step.range] if isinstance(step, ir.Next) else None
        channel = over.base if isinstance(over, ir.Range) else step.chan if isinstance(step, ir.Recv) else ir.NONE
        member = member_of(self._code.program, function, channel) if channel != ir.NONE else None
        return self._queues.get(member) if member is not None else None

    def _handed_down(self, function: FunctionCode, register: int, depth: int) -> Access | None:
        """The same for a parameter, as some caller has it."""
        load = function.code[register]
        if not depth or not isinstance(load, ir.Load) or load.var not in function.function.params:
            return None
        key = function.id, load.var
        if key not in self._parameters:
            self._parameters[key] = None
            at = function.function.params.index(load.var)
            calls = self._calls.sites(function.id)
            above = ((caller, argument_of(function, caller, site, at)) for caller, site in calls)
            found = (self.of(caller, given, depth - 1) for caller, given in above if given != ir.NONE)
            self._parameters[key] = next((one for one in found if one is not None), None)
        return self._parameters[key]

    @cached_property
    def _queues(self) -> dict[Member, Access]:
        """The channels on which something is sent that the same function puts into a container, under a lock."""
        found: dict[Member, Access] = {}
        for id in self._code.ids():
            function = self._code.function(id)
            if self._members.takes_locks(function):
                for queue, put in self._queued(function):
                    found.setdefault(queue, put)
        return found

    def _queued(self, function: FunctionCode) -> Iterator[tuple[Member, Access]]:
        sent = [one for at in function.of_kind(ir.Send, ir.Select) for one in sends_of(function.code[at])]
        for register, container, value in puts(function) if sent else ():
            kept = function.code[value]
            member = member_of(self._code.program, function, container) if isinstance(kept, ir.Load) else None
            if member is None or not isinstance(function.type_of(value), Pointer):
                continue
            for channel, given, _ in sent:
                queue = member_of(self._code.program, function, channel)
                if queue is not None and function.loads(given, kept.var):  # type: ignore[union-attr]
                    yield queue, self._members.named_access(member, EffectKind.WRITE, function, register)
