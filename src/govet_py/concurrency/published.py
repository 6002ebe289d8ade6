"""Whether an object that only one goroutine knows is known to others by the time of an instruction.

*Thread escape*, in the order of the code: an object leaves when it, or something that it was put into, is sent,
given to a goroutine, kept in a variable of the package, put into a container, a queue or a cache (a function of
the program that takes anything, `Add(item any)`), or handed to a function that lets it out in one of these ways.

LIMIT: loops are read once, from the top; what a function keeps of its argument it is seen to put into its receiver.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.knowledge.concurrency import SPAWNERS
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import Interface


class Known(NamedTuple):
    """The registers and the variables of a function that have an object, or hold what it was put into."""

    registers: set[int]
    variables: set[int]


class Fate(NamedTuple):
    """What becomes of an argument: its callee lets it out, or keeps it in the receiver."""

    leaves: bool
    kept: bool


HARMLESS = Fate(False, False)


class Published:
    """What leaves the functions that make it, or that are given it."""

    def __init__(self, code: Code) -> None:
        self._code = code
        self._fates: dict[tuple[str, int], Fate] = {}

    def where(self, code: FunctionCode, made: int, before: int) -> int:
        """The register, below `before`, at which what the instruction at `made` makes leaves the function, or NONE."""
        return self._follow(code, Known({made}, set()), made + 1, before)

    def where_given(self, code: FunctionCode, variable: int, before: int) -> int:
        """The same for what a function is given in a variable."""
        return self._follow(code, Known(set(), {variable}), 0, before)

    def _follow(self, code: FunctionCode, known: Known, start: int, before: int) -> int:
        for register in range(start, before):
            if self._leaves(code, register, known):
                return register
            if self._holds(code, register, known):
                known.registers.add(register)
        return ir.NONE

    def _leaves(self, code: FunctionCode, register: int, known: Known) -> bool:
        match code.code[register]:
            case ir.Call() as call:
                return self._leaves_by_call(code, register, call, known)
            case ir.Send() as send:
                return send.value in known.registers
            case ir.SetName() as put:
                return put.value in known.registers
        return False

    def _leaves_by_call(self, code: FunctionCode, register: int, call: ir.Call, known: Known) -> bool:
        callee = code.callee(register)
        if call.mode == ir.Mode.GO:
            receiver = callee.receiver if isinstance(callee, p.Static | p.Interface) else ir.NONE
            given = not known.registers.isdisjoint((receiver, *call.args))
            return given or _captures(code, call.callee, known.variables)
        if p.is_one_of(callee, SPAWNERS):
            return any(at in known.registers or _captures(code, at, known.variables) for at in call.args)
        given_to = (at for at in call.args if at in known.registers)
        if any(self._takes_anything(code, register, call.args.index(at)) for at in given_to):
            return True
        return any(self._fate(target, at).leaves for target, at in self._given(code, register, call, known))

    def _given(
        self, code: FunctionCode, register: int, call: ir.Call, known: Known
    ) -> Iterator[tuple[FunctionCode, int]]:
        """The parameters, receivers included, for which a static callee is given the object."""
        callee = code.callee(register)
        target = self._code.get(callee.function) if isinstance(callee, p.Static) else None
        if target is None or not isinstance(callee, p.Static):
            return
        shift = 1 if callee.receiver != ir.NONE else 0
        if shift and callee.receiver in known.registers:
            yield target, 0
        params = len(target.function.params)
        given = (at + shift for at, argument in enumerate(call.args) if argument in known.registers)
        yield from ((target, at) for at in given if at < params)

    def _fate(self, code: FunctionCode, position: int) -> Fate:
        """What a function does with an argument."""
        key = (code.id, position)
        found = self._fates.get(key)
        if found is None:
            self._fates[key] = HARMLESS
            variables = {code.function.params[position]}
            leaves = self._follow(code, Known(set(), variables), 0, len(code.code)) != ir.NONE
            found = self._fates[key] = Fate(leaves, position > 0 and code.function.params[0] in variables)
        return found

    def _takes_anything(self, code: FunctionCode, register: int, argument: int) -> bool:
        callee = code.callee(register)
        if isinstance(callee, p.Interface):
            known = self._code.program.implementers(callee.interface, callee.method)
            function, shift = (known[0], 1) if known else ("", 0)
        elif isinstance(callee, p.Static):
            function, shift = callee.function, 1 if callee.receiver != ir.NONE else 0
        else:
            return False
        target = self._code.get(function)
        if target is None or target.function.signature.variadic or argument + shift >= len(target.function.params):
            return False
        type_ = target.types.var_type(target.function.params[argument + shift])
        under = self._code.program.underlying(type_)
        return isinstance(under, Interface) and not under.methods and not under.embeds

    def _holds(self, code: FunctionCode, register: int, known: Known) -> bool:
        """Whether a register gets the object, or what holds it; notes the variables that do."""
        match code.code[register]:
            case ir.Store() as store if store.value in known.registers:
                known.variables.add(store.var)
            case ir.SetIndex() | ir.SetField() as put if put.value in known.registers:
                known.variables.update(_variable(code, put.base))
            case ir.Call() as call if code.callee(register) == p.BuiltinCall("append"):
                return not known.registers.isdisjoint(call.args)
            case ir.Call() as call:
                if any(self._fate(target, at).kept for target, at in self._given(code, register, call, known)):
                    callee = code.callee(register)
                    assert isinstance(callee, p.Static)
                    known.variables.update(_variable(code, callee.receiver))
            case instruction:
                return _passes_on(instruction, known)
        return False


def _passes_on(instruction: ir.Instruction, known: Known) -> bool:
    match instruction:
        case ir.Load() | ir.Addr() as use:
            return use.var in known.variables
        case ir.Composite() as made:
            return not known.registers.isdisjoint(made.values)
        case ir.Index() | ir.SliceOf() | ir.Deref() | ir.TypeAssert() | ir.Range() as part:
            return part.base in known.registers
        case ir.Next() as step:
            return step.range in known.registers
        case ir.Extract() as part:
            return part.tuple in known.registers
    return False


def _variable(code: FunctionCode, base: int) -> Iterable[int]:
    """The variable that an object, or what it is a part of, is kept in."""
    instruction = code.code[base]
    while isinstance(instruction, ir.Selector | ir.FieldAddr | ir.Index | ir.Deref):
        instruction = code.code[instruction.base]
    return (instruction.var,) if isinstance(instruction, ir.Load) else ()


def _captures(code: FunctionCode, callee: int, variables: set[int]) -> bool:
    made = code.code[callee]
    if not isinstance(made, ir.MakeClosure):
        return False
    inner = code.body.functions[made.function].code
    return any(isinstance(use, ir.Load | ir.Addr) and use.var in variables for use in inner)
