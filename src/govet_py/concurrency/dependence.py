"""What depends on a value inside one function: by data (it is computed from it) and by control (a branch on
it decides whether it runs). Ferrante, Ottenstein and Warren, "The Program Dependence Graph" (1987)."""

from __future__ import annotations

from collections.abc import Iterable

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.reaching import Reaching, is_register
from govet_py.model import ir


def operands(instruction: ir.Instruction) -> tuple[int, ...]:
    """The registers that an instruction's result, stored value or decision is computed from."""
    match instruction:
        case ir.Selector() | ir.FieldAddr() | ir.SliceOf() | ir.Deref() | ir.TypeAssert() | ir.Range():
            return (instruction.base,)
        case ir.Index() | ir.IndexAddr():
            return (instruction.base, instruction.index)
        case ir.Unary():
            return (instruction.operand,)
        case ir.Binary():
            return (instruction.left, instruction.right)
        case ir.Composite():
            return (*instruction.values, *(key for key in instruction.keys if isinstance(key, int)))
        case ir.Call():
            return (instruction.callee, *instruction.args)
        case ir.Extract():
            return (instruction.tuple,)
        case ir.Next():
            return (instruction.range,)
        case ir.Recv():
            return (instruction.chan,)
        case ir.Store() | ir.SetName():
            return (instruction.value,)
    return ()


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

    def derived(self, seeds: Iterable[int]) -> frozenset[int]:
        """The registers whose values are computed from those of `seeds`, and these themselves."""
        found = set(seeds)
        changed = True
        while changed:
            changed = False
            for register, instruction in enumerate(self._code.code):
                if register not in found and self._uses(register, instruction, found):
                    found.add(register)
                    changed = True
        return frozenset(found)

    def _uses(self, register: int, instruction: ir.Instruction, found: set[int]) -> bool:
        if isinstance(instruction, ir.Load):
            return not found.isdisjoint(self._definitions(register, instruction.var))
        return any(used in found for used in operands(instruction))

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
            store = self._code.code[definition] if definition >= 0 else None
            found |= self.origins(store.value, hops - 1) if isinstance(store, ir.Store) else {register}
        return frozenset(found)

    def branches(self, values: frozenset[int]) -> list[int]:
        """The blocks that end with a decision on one of the values."""
        return [
            index
            for index, block in enumerate(self._code.function.blocks)
            if block.end > block.start and not values.isdisjoint(decides(self._code.code[block.end - 1]))
        ]

    def controls(self, branch: int, register: int) -> bool:
        """Reports whether the decision at the end of block `branch` says whether an instruction runs."""
        goal = self._code.block_of(register)
        ways = [self._comes(successor, goal, branch) for successor in self._code.function.blocks[branch].succs]
        return any(ways) and not all(ways)

    def comes(self, start: int, goal: int) -> bool:
        """Reports whether control may go on from the end of block `start` to block `goal`."""
        return any(self._comes(successor, goal, ir.NONE) for successor in self._code.function.blocks[start].succs)

    def _comes(self, start: int, goal: int, avoid: int) -> bool:
        if start == goal:
            return True
        seen, work = {start, avoid}, [start]
        while work:
            for successor in self._code.function.blocks[work.pop()].succs:
                if successor == goal:
                    return True
                if successor not in seen:
                    seen.add(successor)
                    work.append(successor)
        return False
