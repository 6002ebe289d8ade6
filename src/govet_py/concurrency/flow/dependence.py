"""What depends on a value inside one function: by data (it is computed from it) and by control (a branch on
it decides whether it runs). Ferrante, Ottenstein and Warren, "The Program Dependence Graph" (1987)."""

from __future__ import annotations

from collections.abc import Iterable, Set
from functools import cached_property

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.reaching import ENTRY, Reaching, is_register
from govet_py.callgraph.uses import operands
from govet_py.model import ir

_COMPUTES = frozenset(
    {
        ir.Selector, ir.FieldAddr, ir.SliceOf, ir.Deref, ir.TypeAssert, ir.Range, ir.Index, ir.IndexAddr, ir.Unary,
        ir.Binary, ir.Extract, ir.Next, ir.Recv, ir.Store, ir.SetName, ir.Composite, ir.Call,
    }
)


def inputs(instruction: ir.Instruction) -> tuple[int, ...]:
    """The registers that an instruction's result or stored value is computed from."""
    return operands(instruction) if type(instruction) in _COMPUTES else ()


def decides(instruction: ir.Instruction) -> tuple[int, ...]:
    """The registers that a terminator looks at to choose a successor."""
    match instruction:
        case ir.If():
            return (instruction.cond,)
        case ir.Switch():
            return (instruction.tag, *(value for case in instruction.cases for value in case))
        case ir.TypeSwitch():
            return (instruction.tag,)
    return ()


class Dependence:
    """Dependences in one function."""

    def __init__(self, program: Code, code: FunctionCode) -> None:
        self._program = program
        self._code = code
        self._reaching = Reaching(code)

    def derived(self, seeds: Iterable[int], but: Set[int] = frozenset()) -> frozenset[int]:
        """The registers whose values are computed from those of `seeds`, and these themselves; not through `but`."""
        found = set(seeds)
        work = list(found)
        while work:
            for user in self._users.get(work.pop(), ()):
                if user not in found and user not in but:
                    found.add(user)
                    work.append(user)
        return frozenset(found)

    @cached_property
    def _users(self) -> dict[int, list[int]]:
        """The registers that are computed from each register; loads use the stores they may see."""
        found: dict[int, list[int]] = {}
        for register, instruction in enumerate(self._code.code):
            if type(instruction) is ir.Load:
                used: Iterable[int] = self._definitions(register, instruction.var)
            else:
                used = inputs(instruction)
            for one in used:
                found.setdefault(one, []).append(register)
        return found

    def _definitions(self, load: int, var: int) -> Iterable[int]:
        """The stores that a load may see; those of a captured variable as well, when no other function stores."""
        declared = self._code.body.vars[var]
        if is_register(declared):
            return self._reaching.definitions(load, var)
        own = self._code.stores.get(var, [])
        if not declared.addressed and len(own) == len(self._program.stores(self._code, var)):
            return self._reaching.definitions(load, var)
        return own

    def origins(self, register: int, hops: int = 8) -> frozenset[int]:
        """The registers that a register's value is a copy of, through local variables and type assertions."""
        instruction = self._code.code[register] if register >= 0 and hops else None
        if isinstance(instruction, ir.TypeAssert):
            return self.origins(instruction.base, hops - 1)
        if not isinstance(instruction, ir.Load):
            return frozenset((register,))
        found: set[int] = set()
        for definition in self._definitions(register, instruction.var):
            found |= {register} if definition == ENTRY else self.origins(self._code.stored(definition), hops - 1)
        return frozenset(found)

    def branches(self, values: frozenset[int]) -> list[int]:
        """The blocks that end with a decision on one of the values."""
        return [block for block, used in self._decisions if not values.isdisjoint(used)]

    @cached_property
    def _decisions(self) -> list[tuple[int, tuple[int, ...]]]:
        code, blocks = self._code.code, self._code.function.blocks
        found = [(at, decides(code[block.end - 1])) for at, block in enumerate(blocks) if block.end > block.start]
        return [(at, used) for at, used in found if used]

    def controls(self, branch: int, register: int) -> bool:
        """Reports whether the decision at the end of block `branch` says whether an instruction runs."""
        goal = self._code.block_of(register)
        ways = [self._comes(successor, goal, branch) for successor in self._code.function.blocks[branch].succs]
        return any(ways) and not all(ways)

    def comes(self, start: int, goal: int) -> bool:
        """Reports whether control may go on from the end of block `start` to block `goal`."""
        return any(self._comes(successor, goal, ir.NONE) for successor in self._code.function.blocks[start].succs)

    def _comes(self, start: int, goal: int, avoid: int) -> bool:
        return start == goal or self._code.leads(start, goal, avoid)
