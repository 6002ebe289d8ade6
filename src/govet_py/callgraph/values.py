"""What a register may hold: access paths and function values, found by walking definitions backwards.

Demand-driven and memoised, one value set a register (of a bounded size). A captured variable
with one store is transparent; with several it stands for itself (`VarRoot`). Results of calls come
from the return statements of the callee, with arguments put in for parameters.

LIMIT: values that pass through maps, slices and channels are named by their container's path.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from govet_py.callgraph.arguments import Arguments, Target, Values, target_of
from govet_py.callgraph.code import Code, FunctionCode, literal_id
from govet_py.callgraph.contents import Contents
from govet_py.callgraph.getters import without_kept
from govet_py.callgraph.handed_over import run_by, started
from govet_py.callgraph.parameters import limited, to_parameters
from govet_py.callgraph.puts import begins_as_nil
from govet_py.callgraph.reaching import ENTRY, Reaching, is_register
from govet_py.knowledge.atomics import LOADS
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import (
    ELEMENT,
    HELD,
    AllocRoot,
    FunctionValue,
    GlobalRoot,
    Path,
    ResultRoot,
    Value,
    VarRoot,
)
from govet_py.model.sharing import one
from govet_py.model.types import Chan, Func, Interface, Struct, results_of
from govet_py.resolve.elements import range_over

DEPTH = 60
MAX_ALTERNATIVES = 2
"""So many things that are there already a getter may choose from."""
KEY = "[key]"
MADE = (AllocRoot, ResultRoot)


class ValueAnalysis:
    """Values of registers, over the whole program."""

    def __init__(self, code: Code) -> None:
        self._code = code
        self._memo: dict[str, dict[int, Values]] = {}
        self._reaching: dict[str, Reaching] = {}
        self._returns: dict[str, tuple[Values, ...]] = {}
        self._depth = 0
        self._contents = Contents(code, self)
        self._rules: dict[type, Callable[[FunctionCode, int, ir.Instruction], Values]] = {
            ir.Load: self._load,
            ir.Addr: self._load,
            ir.Name: self._denoted,
            ir.Selector: self._selector,
            ir.FieldAddr: self._selector,
            ir.Index: self._index,
            ir.IndexAddr: self._index,
            ir.SliceOf: self._base,
            ir.Deref: self._base,
            ir.TypeAssert: self._base,
            ir.Extract: self._extract,
            ir.Call: self._call,
            ir.Composite: self._alloc,
            ir.Zero: self._alloc,
            ir.MakeClosure: self._closure,
            ir.Recv: self._received,
        }

    def of(self, code: FunctionCode, register: int) -> Values:
        """The values that a register of a function may hold; () when nothing useful is known."""
        if register < 0:
            return ()
        memo = self._memo.get(code.id)
        if memo is None:
            memo = self._memo[code.id] = {}
        known = memo.get(register)
        if known is not None:
            return known
        rule = self._rules.get(type(code.code[register]))
        if rule is None or self._depth > DEPTH:
            return ()
        memo[register] = ()
        self._depth += 1
        try:
            result = one(rule(code, register, code.code[register]))
        finally:
            self._depth -= 1
        memo[register] = result
        return result

    def paths(self, code: FunctionCode, register: int) -> tuple[Path, ...]:
        """As `of`, paths only."""
        return tuple([value for value in self.of(code, register) if value.__class__ is Path])

    def started(self, code: FunctionCode, register: int, method: str) -> Values:
        """The functions that are run when a register is handed over to be run, by its `method` if that is named: a
        function that was given a type with such a method runs itself."""
        return started(self._code, self, code, register, method)

    def variable(self, code: FunctionCode, var: int) -> Values:
        """The values of a captured or addressed variable, whoever stores to it."""
        declared = code.body.vars[var]
        stores = self._code.stores(code, var)
        if declared.kind == ir.VarKind.LOCAL and len(stores) == 1:
            single = self._stored(code, *stores[0])
            if single:
                return single
        functions = [v for at in stores for v in self._stored(code, *at) if isinstance(v, FunctionValue)]
        return limited([Path(VarRoot(code.body_id, var)), *functions])

    def returns(self, function: str) -> tuple[Values, ...]:
        """The values of each result of a function, in its own paths with `ParamRoot` parameters."""
        known = self._returns.get(function)
        if known is not None:
            return known
        self._returns[function] = ()
        code = self._code.get(function)
        if code is None:
            return ()
        rows: list[list[Value]] = []
        for at in code.of_kind(ir.Return):
            results: tuple[int, ...] = code.code[at].results  # type: ignore[union-attr]
            for position, register in enumerate(results):
                if position == len(rows):
                    rows.append([])
                rows[position].extend(to_parameters(code, value) for value in self.of(code, register))
        self._returns[function] = tuple(limited(without_kept(self, code, row)) for row in rows)
        return self._returns[function]

    def members(self, path: Path) -> Values:
        """The functions that may be stored where `path` (an allocation's field, a channel's element) points,
        with the paths that constructors copied there."""
        return self._contents.members(path)

    def sources(self, root: AllocRoot | ResultRoot, name: str) -> Values:
        """The values that may be stored in a field of a made object where that is made."""
        return limited(self._contents.sources(root, name))

    def canonical(self, path: Path) -> Path:
        """The path under its first name: what was stored in a field once has the name it had before."""
        return self._contents.canonical(path) if path.fields and type(path.root) in MADE else path

    def stored(self, root: AllocRoot | ResultRoot) -> tuple[tuple[str, Path], ...]:
        """The fields of an allocation that are set once, with what was stored."""
        return self._contents.stored(root)

    def results(self, code: FunctionCode, root: ResultRoot) -> Iterator[tuple[Path, Arguments]]:
        """What a call may return, in the callee's own paths, with the call's arguments."""
        for function, arguments in self._behind(code, root.register, root.index):
            rows = self.returns(function)
            for value in rows[root.index] if root.index < len(rows) else ():
                if isinstance(value, Path):
                    yield value, arguments

    def given(self, code: FunctionCode, call: int) -> Iterator[tuple[str, Arguments]]:
        """The functions that a call runs, with what it gives them."""
        return ((target.function, self.arguments(code, call, target)) for target in self.targets(code, call))

    def may_run(self, code: FunctionCode, call: int) -> Iterator[tuple[str, Arguments]]:
        """As `given`, with the method that an interface call runs where there is but one."""
        yield from self.given(code, call)
        callee = code.callee(call)
        if isinstance(callee, p.Interface) and not callee.via:
            found = self._code.program.implementers(callee.interface, callee.method)
            if len(found) == 1:
                target = Target(found[0], self.paths(code, callee.receiver), True)
                yield found[0], self.arguments(code, call, target)

    def _behind(self, code: FunctionCode, call: int, index: int) -> Iterator[tuple[str, Arguments]]:
        """The functions of whose results one is looked at: behind an interface where it is a copy of a struct, which
        shares what its fields refer to; what objects themselves have locks for is not known there."""
        if isinstance(code.callee(call), p.Interface):
            results = results_of(code.type_of(call))
            copied = index < len(results) and isinstance(self._code.program.underlying(results[index]), Struct)
            return self.may_run(code, call) if copied else iter(())
        return self.given(code, call)

    # -- variables ---------------------------------------------------------------------------------

    def _load(self, code: FunctionCode, register: int, instruction: ir.Instruction) -> Values:
        assert isinstance(instruction, ir.Load | ir.Addr)
        var = code.body.vars[instruction.var]
        if not is_register(var):
            return self.variable(code, instruction.var)
        reaching = self._reaching.get(code.id)
        if reaching is None:
            reaching = self._reaching[code.id] = Reaching(code)
        found: list[Value] = []
        for definition in sorted(reaching.definitions(register, instruction.var)):
            if definition != ENTRY:
                found.extend(self._stored(code, code.index, definition))
            elif var.kind in (ir.VarKind.PARAM, ir.VarKind.RECEIVER):
                found.append(Path(VarRoot(code.body_id, instruction.var)))
        return limited(found)

    def _stored(self, code: FunctionCode, index: int, register: int) -> Values:
        owner = code if index == code.index else self._code.sibling(code, index)
        value = owner.stored(register)
        values = self.of(owner, value)
        if values and self._is_copy(owner, value):
            return (Path(AllocRoot(owner.id, register)),)
        return values

    def _is_copy(self, code: FunctionCode, register: int) -> bool:
        """Whether storing a register's value copies a struct, so that the variable is an object of its own."""
        if type(code.code[register]) in (ir.Composite, ir.Zero, ir.Call, ir.Addr, ir.FieldAddr, ir.IndexAddr):
            return False
        return isinstance(self._code.program.underlying(code.type_of(register)), Struct)

    # -- names, members, containers ----------------------------------------------------------------

    def _denoted(self, code: FunctionCode, register: int, instruction: ir.Instruction) -> Values:
        what = code.denotes(register)
        if isinstance(what, p.VariableRef):
            return (Path(GlobalRoot(what.package, what.name)),)
        if isinstance(what, p.InterfaceMethodRef):
            return self._method_value(code, what)
        if not isinstance(what, p.FunctionRef):
            return ()
        return (FunctionValue(what.id, tuple(path.extend(what.via) for path in self.paths(code, what.receiver))),)

    def _method_value(self, code: FunctionCode, what: p.InterfaceMethodRef) -> Values:
        """The method of an interface's value that is not called there: of what is made in sight, or the only one."""
        receivers = tuple(path.extend(what.via) for path in self.paths(code, what.receiver))
        made = [value for path in receivers for value in run_by(self._code, path, what.method)]
        if made and len(made) == len(receivers):
            return limited(made)
        found = self._code.program.implementers(what.interface, what.method)
        known = len(found) == 1 and self._code.get(found[0]) is not None
        return (FunctionValue(found[0], receivers),) if known else ()

    def _selector(self, code: FunctionCode, register: int, instruction: ir.Instruction) -> Values:
        what = code.denotes(register)
        if not isinstance(what, p.FieldRef):
            return self._denoted(code, register, instruction)
        found: list[Value] = []
        for base in self.paths(code, what.base):
            path = base.extend(what.path)
            found.append(self.canonical(path))
            if self._may_run(code, register):
                found.extend(self._held(code, register, path))
        return limited(found)

    def _held(self, code: FunctionCode, register: int, place: Path) -> Iterator[Value]:
        """The functions at a place that a register reads; if it may hold nothing else, also where they come from."""
        copied = isinstance(self._code.program.underlying(code.type_of(register)), Func)
        return (value for value in self.members(place) if copied or isinstance(value, FunctionValue))

    def _sources_of(self, places: tuple[Path, ...]) -> Iterator[Path]:
        """The elements of which a slice that is made there is a copy."""
        for place in places:
            held = self.members(place) if isinstance(place.root, MADE) and place.fields == (ELEMENT,) else ()
            yield from (value for value in held if isinstance(value, Path) and ELEMENT in value.fields)

    def _may_run(self, code: FunctionCode, register: int) -> bool:
        """Whether a register may hold a function, as it is or behind an interface."""
        return isinstance(self._code.program.underlying(code.type_of(register)), Func | Interface)

    def _index(self, code: FunctionCode, register: int, instruction: ir.Instruction) -> Values:
        assert isinstance(instruction, ir.Index | ir.IndexAddr)
        if isinstance(code.denotes(register), p.FunctionRef):
            return self._denoted(code, register, instruction)
        return self._elements(code, register, instruction.base, ELEMENT)

    def _elements(self, code: FunctionCode, register: int, container: int, step: str) -> Values:
        places = tuple(path.extend((step,)) for path in self.paths(code, container))
        runs = bool(places) and self._may_run(code, register)
        held = (value for place in places if runs for value in self._held(code, register, place))
        return limited([*places, *held, *self._sources_of(places)])

    def _base(self, code: FunctionCode, register: int, instruction: ir.Instruction) -> Values:
        assert isinstance(instruction, ir.SliceOf | ir.Deref | ir.TypeAssert)
        return self.of(code, instruction.base)

    def _received(self, code: FunctionCode, register: int, instruction: ir.Instruction) -> Values:
        assert isinstance(instruction, ir.Recv)
        return self._elements(code, register, instruction.chan, ELEMENT)

    def _extract(self, code: FunctionCode, register: int, instruction: ir.Instruction) -> Values:
        assert isinstance(instruction, ir.Extract)
        source = code.code[instruction.tuple]
        if isinstance(source, ir.Call):
            return self.result(code, instruction.tuple, instruction.index)
        if isinstance(source, ir.Next):
            return self._ranged(code, register, instruction, source)
        if isinstance(source, ir.Select):
            case = instruction.index // 2
            known = case < len(source.cases)
            return self._elements(code, register, source.cases[case].chan, ELEMENT) if known else ()
        return self.of(code, instruction.tuple) if instruction.index == 0 else ()

    def _ranged(self, code: FunctionCode, register: int, use: ir.Extract, next_: ir.Next) -> Values:
        """A key or element; what an iterator function yields is an object like what a call returns."""
        over = range_over(code.code, next_)
        type_ = self._code.program.underlying(code.type_of(over))
        if isinstance(type_, Func):
            return (Path(ResultRoot(code.id, register, 0)),)
        return self._elements(code, register, over, ELEMENT if use.index or isinstance(type_, Chan) else KEY)

    # -- allocations and calls ---------------------------------------------------------------------

    def _alloc(self, code: FunctionCode, register: int, instruction: ir.Instruction) -> Values:
        return (Path(AllocRoot(code.id, register)),)

    def _closure(self, code: FunctionCode, register: int, instruction: ir.Instruction) -> Values:
        assert isinstance(instruction, ir.MakeClosure)
        return (FunctionValue(literal_id(code.body_id, instruction.function)),)

    def _call(self, code: FunctionCode, register: int, instruction: ir.Instruction) -> Values:
        assert isinstance(instruction, ir.Call)
        callee = code.callee(register)
        if isinstance(callee, p.Conversion):
            return self.of(code, instruction.args[0]) if instruction.args else ()
        if isinstance(callee, p.BuiltinCall):
            if callee.name in ("make", "new"):
                return (Path(AllocRoot(code.id, register)),)
            return self._appended(code, register, instruction) if callee.name == "append" and instruction.args else ()
        return self.result(code, register, 0)

    def _appended(self, code: FunctionCode, register: int, append: ir.Call) -> Values:
        """A slice that is appended to stays the same for us; one that begins as nil is made there."""
        made = begins_as_nil(code, append)
        return (Path(AllocRoot(code.id, register)),) if made else self.of(code, append.args[0])

    def result(self, code: FunctionCode, register: int, index: int) -> Values:
        """What a call may return as result `index`."""
        inside = self._inside(code, register) if index == 0 else ()
        if inside:
            return inside
        unknown = Path(ResultRoot(code.id, register, index))
        found: list[Value] = []
        for function, arguments in self._behind(code, register, index):
            rows = self.returns(function)
            for value in rows[index] if index < len(rows) else ():
                found.extend(arguments.substitute(value, index))
        found = [unknown if isinstance(value, Path) and value.is_far else value for value in found]
        paths = {value for value in found if isinstance(value, Path)}
        if len(paths) > 1 and (unknown in paths or len(paths) > MAX_ALTERNATIVES):
            found = [unknown, *(value for value in found if isinstance(value, FunctionValue))]
        return limited(found) or (unknown,)

    def _inside(self, code: FunctionCode, register: int) -> Values:
        """What an atomic variable that is near refers to, where a call asks it."""
        callee = code.callee(register)
        if not isinstance(callee, p.Static) or callee.function not in LOADS:
            return ()
        found = tuple(path.extend((*callee.via, HELD)) for path in self.paths(code, callee.receiver))
        return () if any(path.is_far for path in found) else found

    def targets(self, code: FunctionCode, register: int) -> tuple[Target, ...]:
        """The functions that a call runs or may run, interface dispatch left out."""
        callee = code.callee(register)
        if isinstance(callee, p.Static):
            receivers = tuple(path.extend(callee.via) for path in self.paths(code, callee.receiver))
            return (Target(callee.function, receivers, callee.receiver != ir.NONE),)
        if isinstance(callee, p.Value):
            values = self.of(code, callee.register)
            return tuple(target_of(value) for value in values if isinstance(value, FunctionValue))
        return ()

    def dispatched(self, code: FunctionCode, callee: p.Interface) -> tuple[Target, ...]:
        """The methods that an interface call runs, where all that its receiver may be is made in sight; ()
        otherwise."""
        found = []
        for path in self.paths(code, callee.receiver):
            run = next(run_by(self._code, path, callee.method), None)
            if run is None:
                return ()
            found.append(target_of(run))
        return tuple(found)

    def arguments(self, code: FunctionCode, register: int, target: Target) -> Arguments:
        """What the call at `register` puts in for the parameters of `target`."""
        callee = self._code.get(target.function)
        variadic = len(callee.function.params) - 1 if callee and callee.function.signature.variadic else ir.NONE
        return Arguments(self, code, register, target, variadic)
