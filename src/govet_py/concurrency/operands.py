"""Which registers an instruction reads."""

from __future__ import annotations

from govet_py.model import ir

NO_REGISTER = frozenset({"span", "var", "function", "mode"})


def is_operand(instruction: ir.Instruction, register: int) -> bool:
    """Reports whether an instruction reads a register."""
    for name, value in instruction._asdict().items():
        if name in NO_REGISTER or (name == "index" and isinstance(instruction, ir.Extract)):
            continue
        if type(value) is int and value == register:
            return True
        if type(value) is tuple and any(_holds(part, register) for part in value):
            return True
    return False


def _holds(part: object, register: int) -> bool:
    if isinstance(part, ir.SelectCase):
        return register in (part.chan, part.value)
    if isinstance(part, tuple):
        return any(type(value) is int and value == register for value in part)
    return type(part) is int and part == register
