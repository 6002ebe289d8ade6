"""Signs that a fresh context was meant: it, its cancel function or what was made with it is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.uses import uses_of
from govet_py.concurrency.contexts.cancellation import Cancellation
from govet_py.concurrency.contexts.context_values import CONTEXT
from govet_py.concurrency.contexts.joins import is_let_go, takes_time_after
from govet_py.knowledge import contexts as knows
from govet_py.knowledge.releases import CLOSE, RELEASE_VERBS
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.source import Site
from govet_py.model.types import ERROR, Interface, Named, Struct, Type, Unknown, deref

MAX_HOPS = 12
MAX_PARTS = 2
"""So often what is made with something is a part of something else again."""


class Detachment:
    """Questions about contexts that a function makes for itself."""

    def __init__(self, code: Code, cancellation: Cancellation) -> None:
        self._code = code
        self._cancellation = cancellation

    def is_kept(self, code: FunctionCode, fresh: Site) -> bool:
        """Reports whether the context made at `fresh`, or a function that cancels it, outlives this call: it
        is stored, returned, or handed on."""
        for function in self._family(code):
            for register, instruction in enumerate(function.code):
                if type(instruction) is ir.Call and self._is_of(function, register, fresh):
                    if any(self.escapes(function, r) for r in self.results(function, register)):
                        return True
        return False

    def _family(self, code: FunctionCode) -> Iterator[FunctionCode]:
        yield from (self._code.sibling(code, index) for index in range(len(code.body.functions)))

    def _is_of(self, code: FunctionCode, register: int, fresh: Site) -> bool:
        """Whether a call makes the fresh context, or one that can be cancelled from it."""
        if code.site(register) == fresh:
            return True
        callee = code.callee(register)
        if not isinstance(callee, p.Static) or callee.function not in knows.CANCELLABLE:
            return False
        call = code.code[register]
        assert isinstance(call, ir.Call)
        return any(c.fresh == fresh for c in self._cancellation.contexts.of(code, call.args[0])) if call.args else False

    @staticmethod
    def results(code: FunctionCode, register: int) -> Iterator[int]:
        """The registers of a call's results."""
        yield register
        for at, instruction in enumerate(code.code):
            if type(instruction) is ir.Extract and instruction.tuple == register:
                yield at

    def escapes(self, code: FunctionCode, register: int) -> bool:
        """Reports whether a value is stored in memory or returned; a context that a call is given is only used."""
        for function, holder in self._copies(code, register):
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
        """Reports whether a value is returned or stored where others see it after this call: as `escapes`, but
        handing it to a call or putting it into a local literal is no escape."""
        for function, holder in self._copies(code, register):
            for instruction in function.code:
                match instruction:
                    case ir.Return() if function.id == code.id and holder in instruction.results:
                        return True
                    case ir.SetName() if instruction.value == holder:
                        return True
                    case ir.SetField() if instruction.value == holder and self._is_shared(function, instruction.base):
                        return True
        return False

    def is_let_out(
        self, code: FunctionCode, register: int, hops: int = MAX_PARTS, *, to_goroutines: bool = False
    ) -> bool:
        """As `escapes_for_good`, and also as a part of what is made with it: of a literal, of what a constructor
        returns, or of a function. `to_goroutines`: to one that outlives this call as well."""
        if self.escapes_for_good(code, register):
            return True
        if to_goroutines and self.is_left_to_goroutine(code, register):
            return True
        copies = list(self._copies(code, register)) if hops else []
        holders = {holder for function, holder in copies if function.id == code.id}
        literals = {function.index for function, _ in copies if function.function.parent == code.index}
        made = code.of_kind(ir.Composite, ir.Call, ir.MakeClosure, ir.Selector) if copies else ()
        whole = {at for at in made if self._is_made_with(code, at, holders, literals)}
        for at in code.of_kind(ir.SetField) if copies else ():
            step = code.code[at]
            if isinstance(step, ir.SetField) and step.value in holders:
                whole.add(code.source(step.base))
        return any(self.is_let_out(code, at, hops - 1, to_goroutines=to_goroutines) for at in sorted(whole))

    def is_left_to_goroutine(self, code: FunctionCode, register: int) -> bool:
        """Reports whether a goroutine gets a value, for more than to release it, and the function then returns without
        having waited for it."""
        mine, theirs = set[int](), set[int]()
        for function, holder in self._copies(code, register):
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

    def is_put_into_given(self, code: FunctionCode, register: int) -> bool:
        """Reports whether a value is stored in a field of something that the function was given: that keeps it then."""
        return any(
            isinstance(step := function.code[at], ir.SetField) and step.value == holder
            for function, holder in self._copies(code, register)
            for at in function.of_kind(ir.SetField)
            if self._is_shared(function, function.code[at].base)  # type: ignore[union-attr]
        )

    def _is_made_with(self, code: FunctionCode, register: int, holders: Set[int], literals: Set[int]) -> bool:
        """Whether a value has one of some registers in it, or is one of some literals."""
        match code.code[register]:
            case ir.Composite() as made:
                return bool(holders & set(made.values))
            case ir.MakeClosure() as closure:
                return closure.function in literals
            case ir.Selector() as part:
                return part.base in holders and isinstance(code.denotes(register), p.FunctionRef | p.InterfaceMethodRef)
            case ir.Call() as call if holders & set(call.args):
                callee = code.callee(register)
                if isinstance(callee, p.Conversion):
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

    def _copies(self, code: FunctionCode, register: int) -> Iterator[tuple[FunctionCode, int]]:
        """The register, and the loads of local variables that it is stored to, or their addresses."""
        yield code, register
        for instruction in code.code:
            if type(instruction) is ir.Store and instruction.value == register:
                for function in self._family(code):
                    for load, use in enumerate(function.code):
                        if isinstance(use, ir.Load | ir.Addr) and use.var == instruction.var:
                            yield function, load

    def is_limited(self, code: FunctionCode, register: int) -> bool:
        """Reports whether a context has a time limit that this function gave it."""
        return any(
            isinstance(callee, p.Static) and callee.function in knows.LIMITED
            for callee in (code.callee(at) for at in self._makers(code, register))
        )

    def mentions(self, code: FunctionCode, register: int, vars: tuple[int, ...]) -> bool:
        """Reports whether a context was made with something of one of the variables, or of a context that is not fresh:
        its span, a value, its deadline."""
        return any(
            self._reads(code, argument, vars) or self.is_other(code, argument)
            for argument in self._arguments(code, register)
        )

    def is_other(self, code: FunctionCode, argument: int) -> bool:
        """Reports whether an argument is a context that is not a fresh one."""
        if code.type_of(argument) != CONTEXT:
            return False
        contexts = self._cancellation.contexts.of(code, argument)
        return not contexts or any(context.fresh is None for context in contexts)

    def _makers(self, code: FunctionCode, register: int) -> Iterator[int]:
        """The calls that made a context, outermost first."""
        for at in _walk(register, lambda one: _contexts_behind(code, one)):
            if isinstance(code.code[at], ir.Call):
                yield at

    def _arguments(self, code: FunctionCode, register: int) -> Iterator[int]:
        for maker in self._makers(code, register):
            call = code.code[maker]
            assert isinstance(call, ir.Call)
            yield from call.args

    def _reads(self, code: FunctionCode, register: int, vars: tuple[int, ...]) -> bool:
        behind = (code.code[at] for at in _walk(register, lambda one: _values_behind(code, one)))
        return any(isinstance(one, ir.Load) and one.var in vars for one in behind)

    def is_handle_kept(self, code: FunctionCode, call: int) -> bool:
        """Reports whether a call makes something that goes on after it, a client or a stream, and that is
        stored or returned."""
        handles = [r for r in self.results(code, call) if self._is_handle(code.type_of(r))]
        return any(self.escapes(code, register) for register in handles)

    def _is_handle(self, type_: Type) -> bool:
        """Whether a type is something that goes on, rather than data or an error."""
        inner = deref(type_)
        if inner in (ERROR, CONTEXT):
            return False
        if isinstance(inner, Unknown):
            return True
        if not isinstance(inner, Named):
            return False
        underlying = self._code.program.underlying(inner)
        if isinstance(underlying, Interface | Unknown):
            return True
        return isinstance(underlying, Struct) and self._code.program.method(inner, CLOSE) is not None


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


def _walk(register: int, behind: Callable[[int], Iterable[int]]) -> Iterator[int]:
    """A register and those that its value comes from, the last found first."""
    seen: set[int] = set()
    work = [register]
    while work and len(seen) < 4 * MAX_HOPS:
        at = work.pop()
        if at not in seen and at >= 0:
            seen.add(at)
            yield at
            work.extend(behind(at))


def _contexts_behind(code: FunctionCode, at: int) -> Iterator[int]:
    match code.code[at]:
        case ir.Load() as load:
            yield from code.values_of(load.var)
        case ir.Extract() as part:
            yield part.tuple
        case ir.Call() as call:
            yield from (arg for arg in call.args if code.type_of(arg) == CONTEXT)


def _values_behind(code: FunctionCode, at: int) -> Iterator[int]:
    match code.code[at]:
        case ir.Load() as load if code.type_of(at) != CONTEXT:
            yield from code.values_of(load.var)
        case ir.Extract() as part:
            yield part.tuple
        case ir.Call() as call:
            yield from (call.callee, *call.args)
        case ir.Selector() | ir.Deref() | ir.TypeAssert() | ir.SliceOf() as use:
            yield use.base
        case ir.Binary() as binary:
            yield from (binary.left, binary.right)
