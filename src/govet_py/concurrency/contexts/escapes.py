"""Where the values of a function go: into memory, or to its caller, by themselves or with what is made with them."""

from __future__ import annotations

from collections.abc import Iterator, Set

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.uses import uses_of
from govet_py.concurrency.contexts.context_values import CONTEXT
from govet_py.concurrency.contexts.joins import is_let_go, takes_time_after
from govet_py.concurrency.contexts.living import comes_of, ends
from govet_py.concurrency.flow.control import after
from govet_py.knowledge.releases import RELEASE_VERBS
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import ERROR

MAX_PARTS = 4
"""So often what is made with something is a part of something else again."""
APPEND = p.BuiltinCall("append")
DELETE = p.BuiltinCall("delete")


class Escapes:
    """Of a program."""

    def __init__(self, code: Code) -> None:
        self._code = code

    def escapes(self, code: FunctionCode, register: int) -> bool:
        """Reports whether a value is stored in memory or returned; a context that a call is given is only used."""
        for function, holder in self.copies(code, register):
            for instruction in function.code:
                match instruction:
                    case ir.SetField() | ir.SetIndex() | ir.SetName() | ir.SetDeref() | ir.Send():
                        if instruction.value == holder:
                            return True
                    case ir.Composite() if holder in instruction.values:
                        return True
                    case ir.Return() if holder in instruction.results:
                        return True
                    case ir.Call() if holder in instruction.args and function.type_of(holder) != CONTEXT:
                        return True
        return False

    def escapes_for_good(self, code: FunctionCode, register: int) -> bool:
        """Reports whether a value is returned, sent away, or stored where others see it after this call: as `escapes`,
        but handing it to a call or putting it into a local literal is no escape, nor is what happens after its end."""
        return self._escapes_for_good(list(self.copies(code, register)), self._while_alive(code, register))

    def _escapes_for_good(self, copies: list[tuple[FunctionCode, int]], alive: frozenset[int]) -> bool:
        home = copies[0][0]
        for function, holder in copies:
            for at in function.of_kind(ir.Return, ir.SetName, ir.SetField, ir.SetIndex, ir.Send, ir.Select):
                if function.id == home.id and at not in alive:
                    continue
                match function.code[at]:
                    case ir.Return() as step if function.id == home.id and holder in step.results:
                        return True
                    case ir.SetName() as step if step.value == holder:
                        return True
                    case ir.SetField() as step if step.value == holder and self._is_shared(function, step.base):
                        return True
                    case ir.SetIndex() as step if step.value == holder and self._is_table(function, step.base):
                        return True
                    case ir.Send() | ir.Select() if function.id == home.id and _is_sent_away(function, at, holder):
                        return True
        return False

    def is_let_out(
        self, code: FunctionCode, register: int, hops: int = MAX_PARTS, *, to_goroutines: bool = False
    ) -> bool:
        """As `escapes_for_good`, and also as a part of what is made with it: of a literal, of what a constructor
        returns, or of a function; or by what lives on because it does, which an error does not.
        `to_goroutines`: to one that outlives this call as well."""
        copies, alive = list(self.copies(code, register)), self._while_alive(code, register)
        if self._escapes_for_good(copies, alive) or (to_goroutines and self._is_left_to_goroutine(code, copies)):
            return True
        holders = {holder for function, holder in copies if function.id == code.id}
        literals = {function.index for function, _ in copies if function.function.parent == code.index}
        made = code.of_kind(ir.Composite, ir.Call, ir.MakeClosure, ir.Selector) if hops else ()
        whole = {at for at in made if at in alive and self._is_made_with(code, at, holders, literals)}
        for at in code.of_kind(ir.SetField) if hops else ():
            step = code.code[at]
            if isinstance(step, ir.SetField) and step.value in holders and at in alive:
                whole.add(code.source(step.base))
        made_with = sorted({part for at in whole for part in results(code, at) if code.type_of(part) != ERROR})
        return any(self.is_let_out(code, at, hops - 1, to_goroutines=to_goroutines) for at in made_with)

    def _is_left_to_goroutine(self, code: FunctionCode, copies: list[tuple[FunctionCode, int]]) -> bool:
        """Whether a goroutine gets a value, for more than to release it, and the function then returns without
        having waited for it."""
        mine, theirs = set[int](), set[int]()
        for function, holder in copies:
            if function.id == code.id:
                mine.add(holder)
            elif function.function.parent == code.index and not _is_released(function, holder):
                theirs.add(function.index)
        for at in code.of_kind(ir.Call) if mine or theirs else ():
            call = code.code[at]
            if isinstance(call, ir.Call) and call.mode == ir.Mode.GO and _takes(code, at, call, mine, theirs):
                if is_let_go(self._code, code, at) and not takes_time_after(code, at):
                    return True
        return False

    def _while_alive(self, code: FunctionCode, register: int) -> frozenset[int]:
        """The instructions that may run while a value is there that is made in a register: before it is closed, or
        another one is in its place."""
        copies: dict[str, set[int]] = {}
        for function, holder in self.copies(code, register):
            copies.setdefault(function.id, set()).add(holder)
        return frozenset((register, *after(code, register, frozenset(ends(self._code, code, copies)).__contains__)))

    def is_put_into_given(self, code: FunctionCode, register: int) -> bool:
        """Reports whether a value is stored in a field of something that the function was given: that keeps it then."""
        return any(
            isinstance(step := function.code[at], ir.SetField) and step.value == holder
            for function, holder in self.copies(code, register)
            for at in function.of_kind(ir.SetField)
            if self._is_shared(function, function.code[at].base)  # type: ignore[union-attr]
        )

    def _is_made_with(self, code: FunctionCode, register: int, holders: Set[int], literals: Set[int]) -> bool:
        """Whether a value has one of some registers in it, lives on because it does, or is one of some literals."""
        if comes_of(self._code, code, register, holders):
            return True
        match code.code[register]:
            case ir.Composite() as made:
                return bool(holders & set(made.values))
            case ir.MakeClosure() as closure:
                return closure.function in literals
            case ir.Selector() as part:
                return part.base in holders and isinstance(code.denotes(register), p.FunctionRef | p.InterfaceMethodRef)
            case ir.Call() as call if holders & set(call.args):
                callee = code.callee(register)
                if isinstance(callee, p.Conversion) or callee == APPEND:
                    return True
                maker = self._code.get(callee.function) if isinstance(callee, p.Static) else None
                if maker is None or not isinstance(callee, p.Static):
                    return False
                params = maker.function.params[int(callee.receiver != ir.NONE) :]
                given = {param for param, argument in zip(params, call.args, strict=False) if argument in holders}
                return any(_keeps(maker, at, given) for at in maker.of_kind(ir.Composite))
        return False

    @staticmethod
    def _is_shared(code: FunctionCode, base: int) -> bool:
        """Whether a field belongs to something that the function was given."""
        load = code.code[base]
        kinds = (ir.VarKind.PARAM, ir.VarKind.RECEIVER)
        return isinstance(load, ir.Load) and code.body.vars[load.var].kind in kinds

    def _is_table(self, code: FunctionCode, base: int) -> bool:
        """Whether a map or slice is a field of something that the function was given, and the function takes nothing
        out of it again."""
        field = code.code[base]
        if not isinstance(field, ir.Selector) or not self._is_shared(code, field.base):
            return False
        calls = ((one, at) for one in family(self._code, code) for at in one.of_kind(ir.Call))
        return all(one.callee(at) != DELETE for one, at in calls)

    def copies(self, code: FunctionCode, register: int) -> Iterator[tuple[FunctionCode, int]]:
        """The register, and the loads of local variables that it is stored to, or their addresses."""
        yield code, register
        for instruction in code.code:
            if type(instruction) is ir.Store and instruction.value == register:
                for function in family(self._code, code):
                    for load, use in enumerate(function.code):
                        if isinstance(use, ir.Load | ir.Addr) and use.var == instruction.var:
                            yield function, load


def results(code: FunctionCode, register: int) -> Iterator[int]:
    """The registers of a call's results."""
    yield register
    for at in code.of_kind(ir.Extract):
        if code.code[at].tuple == register:  # type: ignore[union-attr]
            yield at


def family(code: Code, function: FunctionCode) -> Iterator[FunctionCode]:
    """The functions of one body: a declared one and its literals."""
    yield from (code.sibling(function, index) for index in range(len(function.body.functions)))


def _is_sent_away(code: FunctionCode, at: int, holder: int) -> bool:
    """Whether an instruction may send a value on a channel that the function was given or shares with others, and the
    function receives nothing after that, by which it could be told that the value is no longer needed."""
    match code.code[at]:
        case ir.Send() as send if send.value == holder:
            channel = send.chan
        case ir.Select() as select:
            channel = next((case.chan for case in select.cases if case.value == holder), ir.NONE)
        case _:
            return False
    load = code.code[channel] if channel != ir.NONE else None
    own = isinstance(load, ir.Load) and code.body.vars[load.var].owner == code.index and _is_local(code, load.var)
    told = any(isinstance(code.code[later], ir.Recv | ir.Select) for later in after(code, at))
    return load is not None and not own and not told


def _is_local(code: FunctionCode, var: int) -> bool:
    return code.body.vars[var].kind in (ir.VarKind.LOCAL, ir.VarKind.RESULT)


def _takes(code: FunctionCode, at: int, call: ir.Call, values: Set[int], literals: Set[int]) -> bool:
    """Whether a call is given one of some values, or is of one of some literals; a release only gives it back."""
    started = code.code[call.callee]
    if isinstance(started, ir.MakeClosure) and started.function in literals:
        return True
    given = set(call.args) if code.called_name(at) in RELEASE_VERBS else {*call.args, code.receiver_of(at)}
    return not values.isdisjoint(given)


def _is_released(code: FunctionCode, register: int) -> bool:
    """Whether a value is read only to call a method that releases it."""
    users = [code.code[use] for use in uses_of(code).get(register, ())]
    return all(isinstance(user, ir.Selector) and user.name in RELEASE_VERBS for user in users)


def _keeps(code: FunctionCode, register: int, vars: Set[int]) -> bool:
    """Whether a literal has the value of one of some variables in it."""
    made = code.code[register]
    values = made.values if isinstance(made, ir.Composite) else ()
    return any(isinstance(load := code.code[value], ir.Load) and load.var in vars for value in values)
