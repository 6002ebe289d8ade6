"""Ways out: which returns of a function control can reach from an instruction without passing given events.

Paths are those of the control flow graph, less what cannot happen: calls that never return, and branches
of a test that came out the other way before (`if wait { go … }` … `if wait { <-done }`).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.flow.control import decisions
from govet_py.knowledge.channels import NO_RETURN
from govet_py.model import ir
from govet_py.model import program as p

Edge = tuple[int, int]
MAX_TESTS = 8


class Exits:
    """The ways out of one function."""

    def __init__(self, code: Code, function: FunctionCode) -> None:
        self._program = code
        self._code = function

    @cached_property
    def _dead_ends(self) -> frozenset[int]:
        """The registers of calls that do not return."""
        return frozenset(
            register
            for register, instruction in enumerate(self._code.code)
            if type(instruction) is ir.Call and instruction.mode == ir.Mode.CALL and self._never_returns(register)
        )

    def _never_returns(self, register: int) -> bool:
        callee = self._code.callee(register)
        if not isinstance(callee, p.Static):
            return False
        target = self._program.get(callee.function)
        if target is not None:
            return not any(isinstance(instruction, ir.Return) for instruction in target.code)
        return callee.function in NO_RETURN

    def reach(self, start: int, events: Iterable[int], cut: Iterable[Edge] = ()) -> list[int]:
        """The returns that control reaches from just after `start` (NONE: from the entry) without passing one
        of the registers in `events` or one of the edges (block, successor) in `cut`; ascending."""
        if start < 0:
            return self._walk((0, 0), events, frozenset(cut))
        return self._walk((self._code.block_of(start), start + 1), events, frozenset(cut) | self._contradictions(start))

    def reach_from(self, block: int, events: Iterable[int], cut: Iterable[Edge] = ()) -> list[int]:
        """As `reach`, from the start of a block."""
        return self._walk((block, self._code.function.blocks[block].start), events, frozenset(cut))

    def _walk(self, start: Edge, events: Iterable[int], cuts: frozenset[Edge]) -> list[int]:
        stops = frozenset(events) | self._dead_ends
        found: set[int] = set()
        work = [start]
        seen: set[int] = set()
        while work:
            block, at = work.pop()
            end = self._code.function.blocks[block].end
            if any(register in stops for register in range(at, end)):
                continue
            if isinstance(self._code.code[end - 1], ir.Return):
                found.add(end - 1)
            for successor in self._code.function.blocks[block].succs:
                if successor not in seen and (block, successor) not in cuts:
                    seen.add(successor)
                    work.append((successor, self._code.function.blocks[successor].start))
        return sorted(found)

    def reaches(self, start: int, target: int, events: Iterable[int] = (), cut: Iterable[Edge] = ()) -> bool:
        """Reports whether control can come from just after `start` to `target`, passing none of `events`."""
        stops = frozenset(events) | self._dead_ends
        cuts = frozenset(cut)
        work = [(self._code.block_of(start), start + 1)]
        seen: set[int] = set()
        while work:
            block, at = work.pop()
            end = self._code.function.blocks[block].end
            stopped = next((register for register in range(at, end) if register in stops), end)
            if at <= target < stopped or (at <= target == stopped and target in stops):
                return True
            if stopped < end:
                continue
            for successor in self._code.function.blocks[block].succs:
                if successor not in seen and (block, successor) not in cuts:
                    seen.add(successor)
                    work.append((successor, self._code.function.blocks[successor].start))
        return False

    def _contradictions(self, start: int) -> frozenset[Edge]:
        """The branches of later tests that go against what was tested on the way to `start`."""
        taken = self._tests_before(start) if start >= 0 else {}
        cuts: set[Edge] = set()
        for index, block in enumerate(self._code.function.blocks):
            last = self._code.code[block.end - 1]
            if isinstance(last, ir.If) and taken and len(block.succs) == 2:
                branch = taken.get(self._text(last.cond))
                if branch is not None and block.succs[0] != block.succs[1]:
                    cuts.add((index, block.succs[1 - branch]))
        return frozenset(cuts)

    def _tests_before(self, start: int) -> dict[str, int]:
        """The tests that control has surely passed when it is at `start`, and their branches."""
        found: dict[str, int] = {}
        for at, position in decisions(self._code, start, MAX_TESTS):
            test = self._code.code[at]
            if isinstance(test, ir.If) and self._is_stable(test.cond):
                found.setdefault(self._text(test.cond), position)
        return found

    def _is_stable(self, register: int) -> bool:
        """Whether a condition stays what it was: a variable stored once, or a field, tested as such."""
        instruction = self._code.code[register]
        match instruction:
            case ir.Load():
                return len(self._code.stores.get(instruction.var, [])) <= 1
            case ir.Selector():
                return not any(isinstance(one, ir.SetField) and one.name == instruction.name for one in self._code.code)
            case ir.Name():
                return True
            case ir.Unary():
                return self._is_stable(instruction.operand)
            case ir.Binary():
                sides = (instruction.left, instruction.right)
                return all(isinstance(self._code.code[s], ir.Const | ir.Name) or self._is_stable(s) for s in sides)
        return False

    def _text(self, register: int) -> str:
        """A condition as text, with variables by their numbers: names may be declared again."""
        instruction = self._code.code[register]
        match instruction:
            case ir.Unary():
                return f"{instruction.op}({self._text(instruction.operand)})"
            case ir.Binary():
                return f"{self._text(instruction.left)} {instruction.op} {self._text(instruction.right)}"
            case ir.Const():
                return instruction.value
            case ir.Load():
                return f"v{instruction.var}"
            case ir.Selector():
                return f"{self._text(instruction.base)}.{instruction.name}"
            case ir.Name():
                return instruction.name
        return f"r{register}"
