"""Whether an object that a function has just made is known to other goroutines by the time of an instruction.

*Thread escape* within one function, in the order of the code: an object leaves its maker when it, or something
that it was put into, is sent, given to a goroutine, kept in a variable of the package, or put into a container,
a queue or a cache: a function of the program that takes anything (`Add(item any)`).

LIMIT: loops are read once, from the top; a call that keeps its argument under its own type is not seen.
"""

from __future__ import annotations

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.values import ValueAnalysis
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import AllocRoot
from govet_py.model.types import Interface


class Published:
    """What leaves the functions that make it."""

    def __init__(self, code: Code, values: ValueAnalysis) -> None:
        self._code = code
        self._values = values

    def where(self, code: FunctionCode, made: AllocRoot, before: int) -> int:
        """The register, below `before`, at which what an instruction of the function makes leaves it, or NONE."""
        holders, variables = {made.register}, set[int]()
        for register in range(made.register + 1, before):
            if self._leaves(code, register, holders, variables):
                return register
            if _holds(code, register, holders, variables):
                holders.add(register)
        return ir.NONE

    def _leaves(self, code: FunctionCode, register: int, holders: set[int], variables: set[int]) -> bool:
        match code.code[register]:
            case ir.Call() as call:
                given = [at for at, argument in enumerate(call.args) if argument in holders]
                if call.mode == ir.Mode.GO:
                    return bool(given) or _captures(code, call.callee, variables)
                return any(self._takes_anything(code, register, at) for at in given)
            case ir.Send() as send:
                return send.value in holders
            case ir.SetName() as put:
                return put.value in holders
        return False

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


def _holds(code: FunctionCode, register: int, holders: set[int], variables: set[int]) -> bool:
    """Whether a register gets the object, or what holds it; notes the variables that do."""
    match code.code[register]:
        case ir.Store() as store if store.value in holders:
            variables.add(store.var)
        case ir.SetIndex() | ir.SetField() as put if put.value in holders:
            variables.update(_variable(code, put.base))
        case ir.Load() | ir.Addr() as use:
            return use.var in variables
        case ir.Composite() as made:
            return not holders.isdisjoint(made.values)
        case ir.Index() | ir.SliceOf() | ir.Deref() | ir.TypeAssert() | ir.Range() as part:
            return part.base in holders
        case ir.Next() as step:
            return step.range in holders
        case ir.Extract() as part:
            return part.tuple in holders
        case ir.Call() as call if code.callee(register) == p.BuiltinCall("append"):
            return not holders.isdisjoint(call.args)
    return False


def _variable(code: FunctionCode, base: int) -> tuple[int, ...]:
    instruction = code.code[base]
    return (instruction.var,) if isinstance(instruction, ir.Load) else ()


def _captures(code: FunctionCode, callee: int, variables: set[int]) -> bool:
    made = code.code[callee]
    if not isinstance(made, ir.MakeClosure):
        return False
    inner = code.body.functions[made.function].code
    return any(isinstance(use, ir.Load | ir.Addr) and use.var in variables for use in inner)
