"""Where a loop looks whether its context is over.

A *look* is where a loop learns of the end: a receive from `Done`, a call of `Err`, or a call that is given the context
and whose failure leaves the loop.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.contexts.cancellation import Cancellation
from govet_py.concurrency.contexts.endings import narrow_edges
from govet_py.concurrency.flow.control import Edge, branch, reaches, tests
from govet_py.concurrency.flow.failures import failing
from govet_py.knowledge.contexts import KEEPS
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import ERROR


class Looks:
    """Of a program."""

    def __init__(self, code: Code, calls: CallGraph, cancellation: Cancellation) -> None:
        self._code = code
        self._calls = calls
        self._cancellation = cancellation

    def of(self, code: FunctionCode, loop: int, inside: frozenset[int]) -> tuple[frozenset[int], list[int]]:
        """The instructions of a loop that look at a context, and calls that are given one in vain."""
        looks = {register for register, _ in self._cancellation.errs(code)}
        looks |= {register for register, _ in self._cancellation.dones(code)}
        retries: list[int] = []
        asked = {given.call for given in self._cancellation.given(code)} | self._literals_that_look(code)
        for call in sorted(asked):
            callee = code.callee(call)
            if code.block_of(call) not in inside or p.is_one_of(callee, KEEPS):
                continue
            if self._failure_leaves(code, call, loop, inside, frozenset(looks)):
                looks.add(call)
            else:
                retries.append(call)
                looks.update(self._granted(code, call))
        return frozenset(looks), retries

    @staticmethod
    def _granted(code: FunctionCode, call: int) -> Iterator[int]:
        """Where control comes only when a call said yes: the context was not over then."""
        for block, last in tests(code):
            test, yes = code.code[last.cond], 0
            answer = last.cond
            if isinstance(test, ir.Unary) and test.op == "!":
                answer, yes = test.operand, 1
            granted = code.function.blocks[block].succs[yes]
            if code.call_behind(code.source(answer)) == call and code.predecessors[granted] == (block,):
                yield code.function.blocks[granted].start

    def _literals_that_look(self, code: FunctionCode) -> set[int]:
        """The calls of function literals that look at a context which they capture."""
        found: set[int] = set()
        for edge in self._calls.edges[code.id]:
            callee = self._code.get(edge.target) if isinstance(edge.target, str) else None
            if callee is None or callee.body_id != code.body_id or type(code.code[edge.site]) is not ir.Call:
                continue
            if self._cancellation.errs(callee) or self._cancellation.dones(callee):
                found.add(edge.site)
        return found

    def _failure_leaves(
        self, code: FunctionCode, call: int, loop: int, inside: frozenset[int], looks: frozenset[int]
    ) -> bool:
        """Whether the loop can be left because of what a call returned: its error, or, where nobody asks for that,
        another result; of that a branch which always leaves."""
        results = self.results(code, call)
        narrow = frozenset(narrow_edges(code, results))
        failed = {(at, 1 - position) for at, position in narrow if at in inside}
        failed.update(edge for block in inside for edge in self.failed(code, block, results))
        if failed:
            ways = [code.function.blocks[at].succs[position] for at, position in sorted(failed - narrow)]
            return any(self._leaves(code, way, loop, inside, looks, narrow) for way in ways)
        header = code.function.loops[loop].header
        for block in inside:
            last = branch(code, block)
            if isinstance(last, ir.Return) and results.intersection(last.results):
                return True
            for position in _branches_on(last, results):
                if not reaches(code, code.function.blocks[block].succs[position], header, inside):
                    return True
        return False

    def results(self, code: FunctionCode, call: int) -> set[int]:
        """The registers that hold results of a call or are computed from them, variables included."""
        found, variables = {call}, set[int]()
        for _ in range(2):
            for at, instruction in enumerate(code.code):
                match instruction:
                    case ir.Extract() if instruction.tuple in found:
                        found.add(at)
                    case ir.Store() if instruction.value in found:
                        variables.add(instruction.var)
                    case ir.Load() if instruction.var in variables:
                        found.add(at)
                    case ir.Call() if found.intersection(instruction.args):
                        found.add(at)
                    case ir.Binary() if instruction.left in found or instruction.right in found:
                        found.add(at)
                    case ir.Unary() | ir.Selector() | ir.TypeAssert():
                        operand = instruction.operand if isinstance(instruction, ir.Unary) else instruction.base
                        if operand in found:
                            found.add(at)
        return found

    @staticmethod
    def failed(code: FunctionCode, block: int, results: set[int]) -> Iterator[Edge]:
        """The branches that are taken when one of the results is an error."""
        last = branch(code, block)
        if isinstance(last, ir.If) and last.cond in results:
            for position, register in failing(code, last.cond):
                if register in results and code.type_of(register) == ERROR:
                    yield block, position
        elif isinstance(last, ir.Switch) and last.tag == ir.NONE:
            for position, values in enumerate(last.cases):
                asked = [(way, register) for value in values for way, register in failing(code, value)]
                if any(way == 0 and at in results and code.type_of(at) == ERROR for way, at in asked):
                    yield block, position

    @staticmethod
    def _leaves(
        code: FunctionCode,
        block: int,
        loop: int,
        inside: frozenset[int],
        looks: frozenset[int],
        narrow: frozenset[Edge],
    ) -> bool:
        """Whether control can come from a block out of the loop without going round or looking, nor by a branch
        for errors that the end of a context is none of."""
        blocks, header = code.function.blocks, code.function.loops[loop].header
        work, seen = [block], set[int]()
        while work:
            at = work.pop()
            if at not in inside or not blocks[at].succs:
                return True
            if at in seen or at == header:
                continue
            seen.add(at)
            if not any(blocks[at].start <= look < blocks[at].end for look in looks):
                work.extend(to for way, to in enumerate(blocks[at].succs) if (at, way) not in narrow)
        return False


def _branches_on(last: ir.Instruction | None, results: set[int]) -> Iterator[int]:
    """The successors of a branch that asks for a result."""
    if isinstance(last, ir.Switch):
        if last.tag in results or any(v in results for values in last.cases for v in values):
            yield from range(len(last.cases))
    if isinstance(last, ir.If) and last.cond in results:
        yield from (0, 1)
