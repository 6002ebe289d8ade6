"""Flag parameters: what must be true of a function's bool parameters for control to come to an instruction.

`func (c *cache) load(locked bool) { if !locked { c.mu.Lock() } }` takes the lock in calls with `false` only: a
caller that passes a constant knows which branch it asks for.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from govet_py.callgraph.code import FunctionCode
from govet_py.callgraph.values import Target
from govet_py.model import ir
from govet_py.model.concurrency import ParamRoot, Path, VarRoot


class Flag(NamedTuple):
    """The bool at `path` (a parameter, or a captured one) is `value`."""

    path: Path
    value: bool


NO_FLAGS: frozenset[Flag] = frozenset()
CONTRADICTION = None


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
        for index, block in enumerate(self._code.function.blocks):
            test = self._code.code[block.end - 1] if block.end > block.start else None
            if isinstance(test, ir.If) and len(set(block.succs)) == 2:
                flag = self._tested(test.cond, True)
                if flag is not None:
                    found[index, block.succs[0]] = flag
                    found[index, block.succs[1]] = flag._replace(value=not flag.value)
        return found

    def _tested(self, register: int, value: bool) -> Flag | None:
        match self._code.code[register]:
            case ir.Unary(op="!") as negation:
                return self._tested(negation.operand, not value)
            case ir.Load() as load if self._is_constant_parameter(load.var):
                return Flag(Path(VarRoot(self._code.body_id, load.var)), value)
        return None

    def _is_constant_parameter(self, var: int) -> bool:
        return self._code.body.vars[var].kind == ir.VarKind.PARAM and var not in self._assigned

    @cached_property
    def _assigned(self) -> set[int]:
        functions = self._code.body.functions
        return {found.var for function in functions for found in function.code if type(found) is ir.Store}

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
    code: FunctionCode, call: int | None, target: Target, flags: frozenset[Flag], here: frozenset[Flag]
) -> frozenset[Flag] | None:
    """A callee's flags in the caller's terms, with what holds `here` already; CONTRADICTION when the call cannot
    fulfil them."""
    found = set(here)
    for flag in flags:
        root = flag.path.root
        if isinstance(root, VarRoot) and root.body == code.body_id:
            found.add(flag)
        elif isinstance(root, ParamRoot) and call is not None:
            given = _argument(code, call, target, root.position)
            if isinstance(given, bool) and given != flag.value:
                return CONTRADICTION
            if isinstance(given, Path):
                found.add(Flag(given, flag.value))
    contradictory = any(flag._replace(value=not flag.value) in found for flag in found)
    return CONTRADICTION if contradictory else frozenset(found)


def _argument(code: FunctionCode, register: int, target: Target, position: int) -> bool | Path | None:
    """A constant argument, or the parameter of the caller that is passed on."""
    call = code.code[register]
    at = position - (1 if target.method else 0)
    if not isinstance(call, ir.Call) or not 0 <= at < len(call.args):
        return None
    match code.code[call.args[at]]:
        case ir.Const(kind="bool") as constant:
            return constant.value == "true"
        case ir.Load() as load if code.body.vars[load.var].kind == ir.VarKind.PARAM:
            return Path(VarRoot(code.body_id, load.var))
    return None
