"""WaitGroups that are counted up and waited for, and that nothing ever counts down: the wait does not end.

Only groups all of whose uses are in view count: the address of one that is handed to a call, stored or
captured as a method value may be counted down there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Union

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode, literal_id
from govet_py.callgraph.members import Member, member_of
from govet_py.callgraph.uses import operands
from govet_py.concurrency.obligations.wait_groups import GroupCall, Op, WaitGroups
from govet_py.knowledge import concurrency as knows
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import AllocRoot, Path
from govet_py.model.types import Pointer

GROUP = Pointer(knows.WAIT_GROUP)
Group = Union[Member, Path]
Call = tuple[str, GroupCall]


class NeverDone(NamedTuple):
    """`wait` never returns once `add` has counted."""

    add: Call
    wait: Call


def never_done(code: Code, calls: CallGraph, groups: WaitGroups) -> Iterator[NeverDone]:
    """One finding a wait, in order."""
    unclear = _unclear(code, calls, groups)
    for group, found in by_group(groups).items():
        adds = [call for call in found if call[1].op == Op.ADD]
        waits = [call for call in found if call[1].op == Op.WAIT]
        sure = len(adds) == 1 or any(call.delta for _, call in adds)
        if not adds or not waits or not sure or any(call.op == Op.DONE for _, call in found):
            continue
        where = code.function(adds[0][0])
        scope = where.body_id if isinstance(group, Path) else where.package
        if scope not in unclear and not _is_given_away(code, groups, group, adds[0][0]):
            yield from (NeverDone(adds[0], wait) for wait in waits)


def unmatched(code: Code, calls: CallGraph, groups: WaitGroups) -> Iterator[NeverDone]:
    """One finding a function that counts a group up, where all that count it down have counted it up before and
    nobody else does: the call that adds, and a wait."""
    unclear = _unclear(code, calls, groups)
    for group, found in by_group(groups).items():
        by_function: dict[str, list[GroupCall]] = {}
        for id, call in found:
            by_function.setdefault(id, []).append(call)
        waits = [one for one in found if one[1].op == Op.WAIT]
        lone = [(id, ours[0]) for id, ours in by_function.items() if [call.op for call in ours] == [Op.ADD]]
        balanced = [ours for ours in by_function.values() if any(call.op == Op.DONE for call in ours)]
        if not waits or not balanced or isinstance(group, Path) or not all(map(_is_balanced, balanced)):
            continue
        for id, add in lone:
            where = code.function(id)
            if add.delta == 1 and where.package not in unclear and not _is_given_away(code, groups, group, id):
                yield NeverDone((id, add), waits[0])


def _is_balanced(calls: list[GroupCall]) -> bool:
    """Whether a function counts down once what it has counted up in front of it."""
    return [call.op for call in calls if call.op in (Op.ADD, Op.DONE)] == [Op.ADD, Op.DONE]


def by_group(groups: WaitGroups) -> dict[Group, list[Call]]:
    """The calls on each group that has a name: its member, or where it is allocated."""
    found: dict[Group, list[Call]] = {}
    for id in sorted(groups.calls):
        for call in groups.calls[id]:
            if call.member is not None:
                found.setdefault(call.member, []).append((id, call))
            elif isinstance(call.path.root, AllocRoot) and not call.path.fields:
                found.setdefault(call.path, []).append((id, call))
    return found


def _unclear(code: Code, calls: CallGraph, groups: WaitGroups) -> frozenset[str]:
    """The packages, and declarations, in which something counts down a group without a name: a parameter, an element.
    A group that a function makes can be counted down in its declaration only, as long as it is not given away."""
    found = set()
    for name in sorted(knows.ADD | knows.DONE):
        for id, register in calls.named(name):
            known = [call for call in groups.calls.get(id, ()) if call.register == register]
            if not known or (known[0].op == Op.DONE and not _is_named(known[0])):
                found |= {code.function(id).package, code.function(id).body_id}
    return frozenset(found)


def _is_named(call: GroupCall) -> bool:
    return call.member is not None or (isinstance(call.path.root, AllocRoot) and not call.path.fields)


def _is_given_away(code: Code, groups: WaitGroups, group: Group, function: str) -> bool:
    """Whether the address of a group, or one of its methods, is used as a value."""
    return any(
        _names(code, groups, frame, register, group)
        for frame in _in_sight(code, group, function)
        for register in _values(frame)
    )


def _in_sight(code: Code, group: Group, function: str) -> Iterable[FunctionCode]:
    """The functions that can name a group: those of the declaration, of the package, or all."""
    here = code.function(function)
    if isinstance(group, Path):
        return [code.function(literal_id(here.body_id, index)) for index in range(len(here.body.functions))]
    frames = (code.function(id) for id in code.ids())
    if group.name[:1].isupper():
        return frames
    return (frame for frame in frames if frame.package == group.package)


def _values(frame: FunctionCode) -> Iterator[int]:
    """The registers that are used as values: all operands but what is called, and bases of selectors."""
    for instruction in frame.code:
        if isinstance(instruction, ir.Call):
            yield from instruction.args
        elif not isinstance(instruction, ir.Selector | ir.FieldAddr):
            yield from operands(instruction)


def _names(code: Code, groups: WaitGroups, frame: FunctionCode, register: int, group: Group) -> bool:
    if register == ir.NONE:
        return False
    what = frame.denotes(register) if isinstance(frame.code[register], ir.Selector) else None
    if isinstance(what, p.FunctionRef):
        if what.id not in knows.DONE and what.id not in knows.ADD:
            return False
        register, via = what.receiver, what.via
        return register == ir.NONE or _is_same(code, groups, frame, register, via, group)
    return frame.type_of(register) == GROUP and _is_same(code, groups, frame, register, (), group)


def _is_same(
    code: Code, groups: WaitGroups, frame: FunctionCode, register: int, via: tuple[str, ...], group: Group
) -> bool:
    """Whether a register may be the group: it is, or nobody knows which it is."""
    if isinstance(group, Path):
        path = groups.path_of(frame, register)
        return path is None or path == group
    member = member_of(code.program, frame, register, via)
    return member is None or member == group
