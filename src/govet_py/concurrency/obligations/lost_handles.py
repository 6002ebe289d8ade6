"""Objects with a goroutine that only they can end, and that their maker's callers throw away.

A constructor makes an object, starts a goroutine which ends when a context or channel of the object does, both made
there and then, and hands the object to its caller and to nobody else. Who drops the result, or does with it all but
what ends the goroutine, has one more goroutine with each call.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, fields_put, member_of
from govet_py.callgraph.uses import uses_of
from govet_py.concurrency.channels.leak_model import Leak, Place, Why
from govet_py.concurrency.channels.processes import ends_with_process
from govet_py.concurrency.channels.runs import Runs
from govet_py.concurrency.flow.control import Edge
from govet_py.concurrency.obligations.cancels import is_of_root
from govet_py.concurrency.obligations.kept_cancels import KeptCancels
from govet_py.knowledge.channels import ENDS
from govet_py.knowledge.contexts import DONE_NAME
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import Named, deref

DEPTH = 3
Members = list[Member]
MAKE = p.BuiltinCall("make")


class LostHandles:
    """Of a program."""

    def __init__(self, code: Code, calls: CallGraph, runs: Runs) -> None:
        self._code = code
        self._calls = calls
        self._runs = runs
        self._keepers = KeptCancels(code, calls)

    def found(self) -> Iterator[Leak]:
        """One finding a call that throws the object away."""
        for id in self._code.ids():
            maker = self._code.function(id)
            starts = maker.go_statements() if maker.function.signature.results and not maker.index else ()
            var, owner = _handed_out(maker) if starts else (ir.NONE, None)
            end = next((name for name in ENDS if owner and self._code.program.method(owner, name)), "")
            if owner is None or not end:
                continue
            for start in starts:
                members = self._ended_by(maker, start, owner)
                if members and self._keeps_to_itself(maker, var, members):
                    for place in self._dropped(maker, members, DEPTH):
                        yield Leak(Why.DROPPED, place, f"{owner.name}.{end}", ((id, start),), ())
                    break

    def _takes(self, code: FunctionCode, var: int, members: Members) -> set[int]:
        """The reads of a variable by which somebody may get the object in it, or what ends its goroutine."""
        return {at for member in members for at in self._keepers.takes(code, var, member)}

    # -- the constructor -----------------------------------------------------------------------------

    def _ended_by(self, maker: FunctionCode, start: int, owner: Named) -> Members:
        """The fields of the object that end the goroutine of a go statement, if nothing else does."""
        go = maker.code[start]
        sites = (start, go.callee) if isinstance(go, ir.Call) else ()
        for edge in self._calls.edges.get(maker.id, ()):
            if edge.site in sites and isinstance(edge.target, str):
                body = self._code.function(edge.target)
                ends = [(at, one) for at, one in self._ends(body) if (one.package, one.owner) == tuple(owner)[:2]]
                if ends and not self._comes_out(body, ends):
                    members = dict.fromkeys(one for _, one in ends)
                    return [one for one in members if self._comes_out(body, [end for end in ends if end[1] != one])]
        return []

    def _comes_out(self, body: FunctionCode, without: list[tuple[int | Edge, Member]]) -> bool:
        """Whether a function has a way out past none of these."""
        points = [at for at, _ in without if isinstance(at, int)]
        ways = [at for at, _ in without if not isinstance(at, int)]
        return bool(self._runs.exits(body).reach(ir.NONE, points, ways))

    def _ends(self, body: FunctionCode) -> Iterator[tuple[int | Edge, Member]]:
        """Where a function receives from a channel in a field, or from the Done of a context in one: instructions, and
        branches by the position of the block that they lead to."""
        found: list[tuple[int | Edge, int]] = []
        for register in body.of_kind(ir.Recv, ir.Select):
            step, block = body.code[register], body.block_of(register)
            if isinstance(step, ir.Recv):
                found.append((register, step.chan))
            elif isinstance(step, ir.Select):
                ways = zip(step.cases, body.function.blocks[block].succs, strict=False)
                found.extend(((block, way), case.chan) for case, way in ways if case.value == ir.NONE)
        for at, channel in found:
            made = body.source(channel)
            is_done = isinstance(body.code[made], ir.Call) and body.called_name(made) == DONE_NAME
            member = member_of(self._code.program, body, body.receiver_of(made) if is_done else channel)
            if member is not None:
                yield at, member

    def _keeps_to_itself(self, maker: FunctionCode, var: int, members: Members) -> bool:
        """Whether what ends the goroutine is made here, and nobody gets the object but the caller and goroutines."""
        uses = uses_of(maker)
        shown = any(not _is_own_use(maker, uses, at) for at in self._takes(maker, var, members))
        return not shown and all(self._is_made_here(maker, member) for member in members)

    def _is_made_here(self, maker: FunctionCode, member: Member) -> bool:
        """Whether what is put into a field is a channel made here, or a context that nobody else ends."""
        steps = maker.of_kind(ir.SetField, ir.Composite)
        put = [value for at in steps for one, value in fields_put(self._code.program, maker, at) if one == member]
        return bool(put) and all(_is_new(maker, value) for value in put)

    # -- its callers ---------------------------------------------------------------------------------

    def _dropped(self, maker: FunctionCode, members: Members, depth: int) -> Iterator[Place]:
        """The calls after which nobody has the object, those of functions that pass it on to their callers included."""
        for caller, call in self._calls.sites(maker.id):
            if caller.mode_of(call) != ir.Mode.CALL or ends_with_process(self._code, self._runs, caller):
                continue
            users = [caller.code[at] for at in _users(caller, call)]
            if depth and users and all(isinstance(user, ir.Return) for user in users):
                yield from self._dropped(caller, members, depth - 1)
            elif not users or (isinstance(users[0], ir.Store) and not self._takes(caller, users[0].var, members)):
                yield caller.id, call


def _users(code: FunctionCode, call: int) -> Iterator[int]:
    """What reads the first result of a call."""
    uses = uses_of(code)
    for at in uses.get(call, ()):
        part = code.code[at]
        if not isinstance(part, ir.Extract):
            yield at
        elif part.index == 0:
            yield from uses.get(at, ())


def _handed_out(maker: FunctionCode) -> tuple[int, Named | None]:
    """The variable with an object made here that a function returns, first of its results or as a success; and the
    object's type."""
    found: set[int] = set()
    for at in maker.of_kind(ir.Return):
        step = maker.code[at]
        if isinstance(step, ir.Return) and step.results and not maker.is_nil(step.results[0]):
            load = maker.code[step.results[0]]
            found.add(load.var if isinstance(load, ir.Load) else ir.NONE)
    var = found.pop() if len(found) == 1 else ir.NONE
    made = maker.value_of(var) if var != ir.NONE else ir.NONE
    if made == ir.NONE or not isinstance(maker.code[made], ir.Composite):
        return ir.NONE, None
    type_ = deref(maker.type_of(made))
    return var, type_ if isinstance(type_, Named) else None


def _is_new(maker: FunctionCode, value: int) -> bool:
    made = maker.call_behind(maker.source(value))
    return made != ir.NONE and (maker.callee(made) == MAKE or is_of_root(maker, made))


def _is_own_use(maker: FunctionCode, uses: dict[int, Sequence[int]], at: int) -> bool:
    """Whether an object is read only to be returned, or for a goroutine: its method, its argument or its literal."""
    for user in uses.get(at, ()):
        step = maker.code[user]
        if isinstance(step, ir.Selector | ir.FieldAddr):
            calls = uses.get(user, ())
            if not calls or not all(maker.mode_of(call) == ir.Mode.GO for call in calls):
                return False
        elif not isinstance(step, ir.Return) and maker.mode_of(user) != ir.Mode.GO:
            return False
    return True
