"""Which instructions use which registers, and which loads read which variables: values followed forward."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.uses import operands, uses_of
from govet_py.model import ir


def is_operand(instruction: ir.Instruction, register: int) -> bool:
    """Reports whether an instruction reads a register."""
    return register in operands(instruction)


class Operands:
    """Def-use chains of functions, made when first asked for."""

    def __init__(self, code: Code) -> None:
        self._code = code
        self._users: dict[str, dict[int, Sequence[int]]] = {}
        self._loads: dict[str, dict[int, list[tuple[str, int]]]] = {}

    def users(self, code: FunctionCode, register: int) -> Sequence[int]:
        """The instructions of a function that have `register` as an operand, ascending."""
        found = self._users.get(code.id)
        if found is None:
            found = self._users[code.id] = uses_of(code)
        return found.get(register, ())

    def uses(self, code: FunctionCode, register: int) -> Iterator[tuple[FunctionCode, int]]:
        """The instructions that have a value as an operand, as it is or read from a variable that it is stored in."""
        work, seen = [(code, register)], {(code.id, register)}
        for owner, held in work:
            for user in self.users(owner, held):
                step = owner.code[user]
                if not isinstance(step, ir.Store):
                    yield owner, user
                    continue
                loads = [load for load in self.loads(owner, step.var) if load not in seen]
                seen.update(loads)
                work.extend((self._code.function(id), load) for id, load in loads)

    def loads(self, code: FunctionCode, var: int) -> list[tuple[str, int]]:
        """Where the value of a variable is read, or its address taken, in its whole body."""
        found = self._loads.get(code.body_id)
        if found is None:
            found = {}
            for index in range(len(code.body.functions)):
                sibling = self._code.sibling(code, index)
                for register, instruction in enumerate(sibling.code):
                    if isinstance(instruction, ir.Load | ir.Addr):
                        found.setdefault(instruction.var, []).append((sibling.id, register))
            self._loads[code.body_id] = found
        return found.get(var, [])
