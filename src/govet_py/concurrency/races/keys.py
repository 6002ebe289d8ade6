"""When two registers of one function surely hold the same value: keys of maps, compared by how they come about."""

from __future__ import annotations

from govet_py.callgraph.code import FunctionCode
from govet_py.callgraph.reaching import ENTRY, Reaching, is_register
from govet_py.model import ir
from govet_py.model import program as p

Key = tuple[object, ...]
WHOLE: Key = ()
"""The key of what is no element: a field, a variable, an atomic."""
ANY: Key = ("any",)
"""Stands for every element: the length of a map."""
DEPTH = 6


def parameter(position: int) -> Key:
    """The key that is a parameter of the function."""
    return ("parameter", position)


class Keys:
    """The keys of one function."""

    def __init__(self, code: FunctionCode) -> None:
        self._code = code
        self._reaching = Reaching(code)

    def of(self, register: int, depth: int = DEPTH) -> Key | None:
        """A term for a register's value: equal terms are equal values; None where nothing is known."""
        if register < 0 or depth == 0:
            return None
        instruction = self._code.code[register]
        match instruction:
            case ir.Const():
                return ("const", instruction.kind, instruction.value)
            case ir.Load():
                return self._variable(register, instruction.var, depth)
            case ir.Selector() | ir.Name():
                return self._member(register, instruction, depth)
            case ir.Deref() | ir.TypeAssert():
                return self._of("deref", depth, instruction.base)
            case ir.Binary():
                return self._of(instruction.op, depth, instruction.left, instruction.right)
            case ir.Composite() if instruction.values and not instruction.pointer:
                return self._of("composite", depth, *instruction.values)
            case ir.Call() if isinstance(self._code.callee(register), p.Conversion):
                return self.of(instruction.args[0], depth - 1) if instruction.args else None
            case ir.Call():
                return self._call(instruction, depth)
            case ir.Index():
                return self._of("index", depth, instruction.base, instruction.index)
            case ir.Extract():
                return ("extract", instruction.tuple, instruction.index)
        return None

    def field(self, name: str, base: Key) -> Key:
        """The field of what a term stands for: of an object that the function has just made, what it put there."""
        made = self._code.stored(base[1]) if base[0] == "definition" and isinstance(base[1], int) else -1
        literal = self._code.code[made] if made >= 0 else None
        if isinstance(literal, ir.Composite) and name in literal.keys and not self._sets(name):
            return self.of(literal.values[literal.keys.index(name)]) or ("." + name, base)
        return ("." + name, base)

    def _sets(self, name: str) -> bool:
        code = self._code.code
        return any(getattr(code[at], "name", "") == name for at in self._code.of_kind(ir.SetField))

    def _of(self, tag: str, depth: int, *parts: int) -> Key | None:
        terms = tuple(self.of(part, depth - 1) for part in parts)
        return None if None in terms else (tag, *terms)

    def _call(self, call: ir.Call, depth: int) -> Key | None:
        """A call with the same arguments is taken to give an equal key, as `k.String()` does."""
        callee = self._code.code[call.callee]
        if isinstance(callee, ir.Selector) and isinstance(self._code.denotes(call.callee), p.FunctionRef):
            return self._of(callee.name, depth, callee.base, *call.args)
        return self._of("call", depth, call.callee, *call.args)

    def _variable(self, register: int, var: int, depth: int) -> Key | None:
        if not is_register(self._code.body.vars[var]):
            return ("variable", var)
        definitions = self._reaching.definitions(register, var)
        if len(definitions) == 1:
            (only,) = definitions
            if only != ENTRY:
                return self.of(self._code.stored(only), depth - 1) or ("definition", only)
            if var in self._code.function.params:
                return parameter(self._code.function.params.index(var))
        return ("definitions", var, *sorted(definitions))

    def _member(self, register: int, instruction: ir.Selector | ir.Name, depth: int) -> Key | None:
        what = self._code.denotes(register)
        if isinstance(what, p.FieldRef) and isinstance(instruction, ir.Selector):
            base = self.of(instruction.base, depth - 1)
            return None if base is None else self.field(instruction.name, base)
        if isinstance(what, p.VariableRef | p.ConstantRef | p.FunctionRef):
            return ("name", str(what))
        return None
