"""Flag parameters: what must be true of a function's bool parameters for control to come to an instruction.

`func (c *cache) load(locked bool) { if !locked { c.mu.Lock() } }` takes the lock in calls with `false` only: a
caller that passes a constant knows which branch it asks for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from govet_py.callgraph.arguments import Target
from govet_py.callgraph.code import FunctionCode
from govet_py.concurrency.flow.flag_tests import flag_tests, given_flag
from govet_py.model.concurrency import ParamRoot, Path, VarRoot
from govet_py.model.sharing import one


class Flag(NamedTuple):
    """The bool at `path` (a parameter, or a captured one) is `value`."""

    path: Path
    value: bool


NO_FLAGS: frozenset[Flag] = frozenset()
CONTRADICTION = None
Told = Mapping[int, bool]
NOT_TOLD: Told = {}


class Flags:
    """The flags of one function, by a forward analysis over its blocks."""

    def __init__(self, code: FunctionCode) -> None:
        self._code = code
        self._tests = self._find_tests()
        self._entry = self._solve() if self._tests else {}

    def at(self, register: int) -> frozenset[Flag]:
        """What every way to an instruction has tested, of parameters that are never assigned."""
        return self._entry.get(self._code.block_of(register), NO_FLAGS) if self._entry else NO_FLAGS

    def _find_tests(self) -> dict[tuple[int, int], Flag]:
        """By control flow edge, what the branch says."""
        found: dict[tuple[int, int], Flag] = {}
        for block, var, met, failed in flag_tests(self._code):
            path = Path(VarRoot(self._code.body_id, var))
            found[block, met], found[block, failed] = Flag(path, True), Flag(path, False)
        return found

    def _solve(self) -> dict[int, frozenset[Flag]]:
        blocks = self._code.function.blocks
        entry: dict[int, frozenset[Flag]] = {0: NO_FLAGS}
        work = [0]
        while work:
            index = work.pop()
            for successor in blocks[index].succs:
                tested = self._tests.get((index, successor))
                out = entry[index] | {tested} if tested else entry[index]
                known = entry.get(successor)
                merged = out if known is None else known & out
                if merged != known:
                    entry[successor] = merged
                    work.append(successor)
        return entry


def at_call(
    code: FunctionCode, call: int | None, target: Target, flags: frozenset[Flag], here: frozenset[Flag], told: Told
) -> frozenset[Flag] | None:
    """A callee's flags in the caller's terms, with what holds `here` already, and what the arguments are `told` to be;
    CONTRADICTION when the call cannot fulfil them."""
    found = set(here)
    for flag in flags:
        root = flag.path.root
        if isinstance(root, VarRoot) and root.body == code.body_id:
            found.add(flag)
        elif isinstance(root, ParamRoot) and call is not None:
            position = root.position - target.method
            given = told.get(position, given_flag(code, call, position))
            if isinstance(given, bool):
                if given != flag.value:
                    return CONTRADICTION
            elif given is not None:
                found.add(Flag(Path(VarRoot(code.body_id, given)), flag.value))
    contradictory = any(flag._replace(value=not flag.value) in found for flag in found)
    return CONTRADICTION if contradictory else one(frozenset(found))
