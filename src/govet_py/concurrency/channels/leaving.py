"""When a receiver stops receiving although more may come.

From a receive in a loop: the returns that are reached neither because the channel is closed (`range`, `!ok`)
nor because the loop ended as its header decides, nor because the values were counted. What leads there is
another case of the select, or a return or break after a value was received.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from govet_py.callgraph.code import FunctionCode
from govet_py.concurrency.flow.exits import Edge, Exits
from govet_py.model import ir
from govet_py.model.types import is_error, results_of


class Leave(NamedTuple):
    """A receiver goes to the return at `register`; `case` is the case of its select that it took instead of
    the receive, NONE where it had received a value before."""

    register: int
    case: int


class Leaving:
    """The early ways out of the receive at `register` (case `case` of a select) of a function."""

    def __init__(self, code: FunctionCode, exits: Exits, register: int, case: int) -> None:
        self._code = code
        self._exits = exits
        self._register = register
        self._case = case
        self._block = code.block_of(register)

    def leaves(self, events: Iterable[int], cut: Iterable[Edge], one_sender: bool) -> list[Leave]:
        """The early ways out that pass none of `events` and `cut`, which receive as well. `one_sender`: what
        was received last may have told the receiver that nothing more comes."""
        cuts = {*cut, *self._benign(one_sender)}
        stops = {*events, self._register}
        found = [Leave(at, ir.NONE) for at in self._after(stops, cuts)]
        select = self._code.code[self._register]
        if isinstance(select, ir.Select):
            for case, successor in enumerate(self._code.function.blocks[self._block].succs):
                if case != self._case and (self._block, successor) not in cuts:
                    found.extend(Leave(at, case) for at in self._exits.reach_from(successor, stops, cuts))
        return found

    def _after(self, stops: set[int], cuts: set[Edge]) -> list[int]:
        """The returns after a value was received."""
        successors = self._code.function.blocks[self._block].succs
        if self._case != ir.NONE:
            return self._exits.reach_from(successors[self._case], stops, cuts)
        if isinstance(self._code.code[self._register], ir.Next):
            return self._exits.reach_from(successors[0], stops, cuts)
        return self._exits.reach(self._register, stops, cuts)

    def _benign(self, one_sender: bool) -> set[Edge]:
        """The edges of tests that tell that nothing more comes."""
        found: set[Edge] = set()
        for index, block in enumerate(self._code.function.blocks):
            test = self._code.code[block.end - 1]
            if not isinstance(test, ir.If) or len(block.succs) != 2:
                continue
            closed = self._closed_branch(test.cond)
            if closed is not None:
                found.add((index, block.succs[closed]))
            elif self._counts(test.cond) or self._is_told(test.cond) or (one_sender and self.derived(test.cond)):
                found.update((index, successor) for successor in block.succs if not self._comes_back(successor))
        return found

    def _comes_back(self, block: int) -> bool:
        start = self._code.function.blocks[block].start
        return start <= self._register < self._code.function.blocks[block].end or self._exits.reaches(
            start, self._register
        )

    def _closed_branch(self, register: int) -> int | None:
        """For `ok` of this receive the branch on which the channel is closed: 1, or 0 for `!ok` and `value == nil`."""
        branch = 1
        instruction = self._code.code[register]
        while isinstance(instruction, ir.Unary):
            branch, register = 1 - branch, instruction.operand
            instruction = self._code.code[register]
        if register == self._register:
            return branch
        if isinstance(instruction, ir.Binary) and instruction.op in ("==", "!="):
            is_zero = self._is_value(instruction.left) and self._is_zero(instruction.right)
            closed = 1 - branch if instruction.op == "==" else branch
            return closed if is_zero else None
        instruction = self._code.code[self._code.source(register)]
        if isinstance(instruction, ir.Extract) and instruction.tuple == self._register:
            wanted = 1 if self._case == ir.NONE else 2 * self._case + 1
            return branch if instruction.index == wanted else None
        return None

    def _is_value(self, register: int) -> bool:
        """Whether a register holds what was received."""
        at = self._code.source(register)
        value = self._code.code[at]
        wanted = 0 if self._case == ir.NONE else 2 * self._case
        return at == self._register or (isinstance(value, ir.Extract) and value[:] == (self._register, wanted))

    def _is_zero(self, register: int) -> bool:
        """Whether a register holds what a closed channel yields."""
        value = self._code.code[register]
        return isinstance(value, ir.Const) and (value.kind == "nil" or value.value in ("", "0"))

    def _is_told(self, register: int) -> bool:
        """Whether a test asks what a callee that receives says besides the value, `item, err := r.Next()`."""
        test = self._code.code[register]
        if not isinstance(self._code.code[self._register], ir.Call) or not isinstance(test, ir.Binary):
            return False
        sides = (self._code.code[self._code.source(side)] for side in (test.left, test.right))
        return any(isinstance(one, ir.Extract) and one.tuple == self._register and one.index > 0 for one in sides)

    def _counts(self, register: int) -> bool:
        """Whether a test compares a number that is counted up or down, or a length."""
        test = self._code.code[register]
        if not isinstance(test, ir.Binary) or test.op not in ("==", ">=", "<=", "<", ">", "!="):
            return False
        return self._is_counter(test.left) or self._is_counter(test.right)

    def _is_counter(self, register: int) -> bool:
        load = self._code.code[register]
        if not isinstance(load, ir.Load):
            return False
        values = (self._code.code[at] for at in self._code.values_of(load.var))
        return any(isinstance(value, ir.Binary) and value.op in ("+", "-") for value in values)

    def derived(self, register: int) -> bool:
        """Reports whether a test depends on the value that was received, or on what a call has returned."""
        seen: set[int] = set()
        work = [register]
        while work:
            at = work.pop()
            if at < 0 or at in seen:
                continue
            if at == self._register:
                return True
            seen.add(at)
            work.extend(_operands(self._code, at))
        return False


def _operands(code: FunctionCode, register: int) -> list[int]:
    instruction = code.code[register]
    match instruction:
        case ir.Load():
            return code.values_of(instruction.var)
        case ir.Unary():
            return [instruction.operand]
        case ir.Binary():
            return [instruction.left, instruction.right]
        case ir.Extract():
            return [instruction.tuple]
        case ir.Selector() | ir.Index() | ir.Deref() | ir.TypeAssert() | ir.SliceOf():
            return [instruction.base]
        case ir.Call():
            return [] if _is_callback(code, instruction.callee) else [instruction.callee, *_told(code, register)]
    return []


def _told(code: FunctionCode, call: int) -> list[int]:
    """The arguments of a call whose result may say what they say: of what may fail only errors."""
    instruction, results = code.code[call], results_of(code.type_of(call))
    given = instruction.args if isinstance(instruction, ir.Call) else ()
    may_fail = bool(results) and is_error(results[-1])
    return [arg for arg in given if not may_fail or is_error(code.type_of(arg))]


def _is_callback(code: FunctionCode, register: int) -> bool:
    """Whether a callee is a parameter: what the caller's function says is not what the sender tells."""
    callee = code.code[register]
    return isinstance(callee, ir.Load) and callee.var in code.function.params
