"""Functions that are kept for later: in fields, slices, maps and channels of what one body makes.

`srv.hooks = append(srv.hooks, c.flush)`, `mux{"show": show}` and `reg.Handle("show", show)`, where the callee keeps
what it is given: whoever calls an element of the container may run each of them. A *place* is a path from the made
object to where the function is kept, `hooks.[]` for the elements of a field.

LIMIT: what is put there is known by container, not by key or index; a container that other bodies fill through
something else than a call of this one is known in part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

from govet_py.callgraph.arguments import Known
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.parameters import parameter_path, to_parameters
from govet_py.callgraph.puts import Put, Puts
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import (
    ELEMENT,
    AllocRoot,
    FunctionValue,
    GlobalRoot,
    ParamRoot,
    Path,
    ResultRoot,
    ReturnRoot,
    Value,
)

Made = AllocRoot | ResultRoot

HOPS = 2
"""Of how many copies of a container the first one is found."""



class Registered:
    """The functions at the places of made objects; `sources` tells what is stored in a field of one, `stored` which of
    its fields hold what."""

    def __init__(
        self, code: Code, values: Known, sources: Callable[[Made, str], Iterator[Value]],
        stored: Callable[[Made], tuple[tuple[str, Path], ...]],
    ) -> None:
        self._code = code
        self._values = values
        self._sources = sources
        self._stored_in = stored
        self._bodies: dict[str, tuple[list[Put], list[tuple[Path, Value]]]] = {}
        self._keeps: dict[str, list[tuple[Path, Value]]] = {}
        self._puts = Puts(code, values)

    def at(self, place: Path) -> Iterator[Value]:
        """The functions that may be stored at a place, and the paths from which they may have been copied there."""
        for value in self._values_at(place):
            if isinstance(value, Path) and _is_made(value):
                yield from self._behind(value, HOPS, {place})
                if len(place.fields) > 1 or place.fields == (ELEMENT,):
                    continue
            yield value

    def _behind(self, place: Path, hops: int, seen: set[Path]) -> Iterator[Value]:
        """As `at`, through places of other made objects, each once, without their own paths."""
        seen.add(place)
        for value in self._values_at(place):
            if not isinstance(value, Path) or not _is_made(value):
                yield value
            elif hops and value not in seen:
                yield from self._behind(value, hops - 1, seen)

    def _values_at(self, place: Path) -> Iterator[Value]:
        root = place.root
        if isinstance(root, GlobalRoot):
            yield from self._in_variable(root, place.fields)
        if not isinstance(root, AllocRoot | ResultRoot) or not place.fields:
            return
        yield from self._put_at(root, place)
        if isinstance(root, ResultRoot):
            yield from self._optional(root, place.fields)
        if isinstance(root, ResultRoot) and (len(place.fields) > 1 or place.fields == (ELEMENT,)):
            yield from self._constructed(root, place.fields)
        above = Path(root, place.fields[:-1])
        for holder in self._values_at(above) if above.fields else (above,):
            if isinstance(holder, Path):
                yield from self._held(holder, place.fields[-1], holder != above)

    def _held(self, holder: Path, step: str, is_other: bool) -> Iterator[Value]:
        """What a made object itself holds; of one that is not `is_other` the body has been looked at."""
        root = holder.root
        if holder.fields or not isinstance(root, AllocRoot | ResultRoot):
            yield holder.extend((step,))
        elif is_other and step == ELEMENT:
            yield from self._values_at(Path(root, (step,)))
        elif step != ELEMENT:
            yield from self._sources(root, step)
        elif isinstance(root, AllocRoot):
            code = self._code.function(root.function)
            made = code.code[root.register]
            if isinstance(made, ir.Composite) and not self._puts.is_struct(code.type_of(root.register)):
                yield from (value for at in made.values for value in self._values.of(code, at))

    def _constructed(self, root: ResultRoot, fields: tuple[str, ...]) -> Iterator[Value]:
        """What a constructor has put there, in the terms of its caller; the object that it returns is the result."""
        for made, arguments in self._values.results(self._code.function(root.function), root):
            if isinstance(made.root, AllocRoot) and not made.fields:
                maker = self._code.function(made.root.function)
                named = {Path(made.root): Path(root)}
                for name, held in self._stored_in(made.root):
                    named.setdefault(held, Path(root, (name,)))
                place = self._values.canonical(Path(made.root, fields))
                for value in self._values_at(place) if _is_made(place) else (place,):
                    if isinstance(value, FunctionValue) and not named.keys().isdisjoint(value.receivers):
                        yield value._replace(receivers=tuple(named.get(one, one) for one in value.receivers))
                    else:
                        yield from arguments.substitute(to_parameters(maker, value), root.index)

    # -- options of constructors ---------------------------------------------------------------------

    def _optional(self, root: ResultRoot, fields: tuple[str, ...]) -> Iterator[Value]:
        """What functions put there that a constructor is given and runs on what it makes: `for _, o := range options {
        o(made) }`."""
        for made, arguments in self._values.results(self._code.function(root.function), root):
            maker = self._code.get(made.root.function) if isinstance(made.root, AllocRoot) and not made.fields else None
            places = [made.extend(fields), *self._copied_from(made, fields)] if maker is not None else []
            for run, position, below in self._runs_on(maker, places) if maker is not None else ():
                for option in arguments.member(run.root.position, run.fields):  # type: ignore[union-attr]
                    if isinstance(option, FunctionValue):
                        yield from self._set_by(option, position, below)

    def _copied_from(self, made: Path, fields: tuple[str, ...]) -> Iterator[Path]:
        """The places of something else, such as a struct of settings, that a field was copied from."""
        assert isinstance(made.root, AllocRoot)
        sources = self._sources(made.root, fields[0])
        return (value.extend(fields[1:]) for value in sources if isinstance(value, Path) and value.root != made.root)

    def _runs_on(self, maker: FunctionCode, places: list[Path]) -> Iterator[tuple[Path, int, tuple[str, ...]]]:
        """The parameters that a constructor runs with an argument above one of some places: at which position, and
        where the place is below that."""
        for register in maker.of_kind(ir.Call):
            callee = maker.callee(register)
            if not isinstance(callee, p.Value):
                continue
            run = [to_parameters(maker, value) for value in self._values.of(maker, callee.register)]
            given = [one for one in run if isinstance(one, Path) and isinstance(one.root, ParamRoot)]
            for position, argument in enumerate(maker.code[register].args if given else ()):  # type: ignore[union-attr]
                for path in self._values.paths(maker, argument):
                    above = len(path.fields)
                    below = [at.fields[above:] for at in places if (at.root, at.fields[:above]) == path]
                    yield from ((one, position, fields) for one in given for fields in below)

    def _set_by(self, option: FunctionValue, position: int, fields: tuple[str, ...]) -> Iterator[Value]:
        """What a function puts into a field of one of its parameters, or appends to it."""
        code = self._code.get(option.function)
        if code is None or option.receivers:
            return
        above = Path(ParamRoot(position), fields[:-1])
        for put in (*self._puts.sets(code), *self._puts.of(code)):
            bases = (parameter_path(code, base) for base in self._values.paths(code, put.base))
            if put.place == fields[-1:] and above in bases:
                for value in self._values.of(code, put.value):
                    yield from self._bound(code, option, value)

    def _bound(self, code: FunctionCode, closure: FunctionValue, value: Value) -> Iterator[Value]:
        """A value of a closure, where it is a parameter of the closure's maker: what that was given."""
        if isinstance(value, FunctionValue):
            yield value
            return
        around = self._code.sibling(code, 0)
        captured = parameter_path(around, value)
        if closure.call is None or not isinstance(captured.root, ParamRoot):
            return
        caller, call = closure.call
        for function, arguments in self._values.may_run(self._code.function(caller), call):
            if function == around.id:
                yield from arguments.member(captured.root.position, captured.fields)

    # -- package variables ---------------------------------------------------------------------------

    def _in_variable(self, root: GlobalRoot, fields: tuple[str, ...]) -> Iterator[Value]:
        """What a package's own functions put into a variable, most often a table that it is declared with."""
        if fields[:1] != (ELEMENT,):
            return
        for code, value in self._variables.get(root, ()):
            for holder in self._values.paths(code, value):
                if isinstance(holder.root, AllocRoot):
                    yield from self._values_at(Path(holder.root, fields))
        for put in self._entries.get(root, ()):
            if put.place == fields:
                yield from self._stored(put)

    @cached_property
    def _variables(self) -> dict[GlobalRoot, list[tuple[FunctionCode, int]]]:
        """What each package variable that may hold functions is set to."""
        found: dict[GlobalRoot, list[tuple[FunctionCode, int]]] = {}
        for code in map(self._code.function, self._code.ids()):
            for register in code.of_kind(ir.SetName):
                step = code.code[register]
                if isinstance(step, ir.SetName) and self._puts.takes_part(code.type_of(step.value)):
                    found.setdefault(GlobalRoot(code.package, step.name), []).append((code, step.value))
        return found

    @cached_property
    def _entries(self) -> dict[GlobalRoot, list[Put]]:
        """What is put into those variables, or appended to them, one by one."""
        found: dict[GlobalRoot, list[Put]] = {}
        packages = {root.package for root in self._variables}
        for code in map(self._code.function, self._code.ids()):
            for put in self._puts.of(code) if code.package in packages else ():
                named = code.denotes(put.base) if type(put.code.code[put.base]) is ir.Name else None
                if isinstance(named, p.VariableRef):
                    found.setdefault(GlobalRoot(named.package, named.name), []).append(put)
        return found

    # -- what bodies put into what they make ---------------------------------------------------------

    def _put_at(self, root: Made, place: Path) -> Iterator[Value]:
        puts, kept = self._body(self._code.function(root.function))
        for put in puts:
            if put.place == place.fields[-len(put.place):]:
                holder = Path(root, place.fields[: -len(put.place)])
                if holder in self._values.paths(put.code, put.base):
                    yield from self._stored(put)
        yield from (value for where, value in kept if where == place)

    def _stored(self, put: Put) -> Iterator[Value]:
        for value in self._values.of(put.code, put.value):
            if not put.spread:
                yield value
            elif isinstance(value, Path):
                yield value.extend((ELEMENT,))

    def _body(self, code: FunctionCode) -> tuple[list[Put], list[tuple[Path, Value]]]:
        """What a body's functions store themselves, and what they call for it."""
        known = self._bodies.get(code.body_id)
        if known is None:
            whole = [self._code.sibling(code, index) for index in range(len(code.body.functions))]
            known = self._bodies[code.body_id] = ([put for one in whole for put in self._puts.of(one)], [])
            known[1].extend(kept for one in whole for at in self._calls(one) for kept in self._kept_by(one, at))
        return known

    # -- what callees keep --------------------------------------------------------------------------

    def _calls(self, code: FunctionCode) -> Iterator[int]:
        """The calls that hand over a function, or something that functions may be put into."""
        for register in code.of_kind(ir.Call):
            callee = code.callee(register)
            if isinstance(callee, p.Interface) or (isinstance(callee, p.Static) and self._code.get(callee.function)):
                args: tuple[int, ...] = code.code[register].args  # type: ignore[union-attr]
                receiver = () if callee.receiver == ir.NONE else (callee.receiver,)
                if any(self._puts.takes_part(code.type_of(at)) for at in (*args, *receiver)):
                    yield register

    def _kept_by(self, code: FunctionCode, call: int) -> Iterator[tuple[Path, Value]]:
        """Where the callees of a call keep what, in the terms of the caller."""
        for target, arguments in self._values.may_run(code, call):
            for place, value in self._keeps_of(target):
                for where in arguments.path(place):
                    yield from ((where, found) for found in arguments.substitute(value))

    def _keeps_of(self, function: str) -> list[tuple[Path, Value]]:
        """What a function puts into what it is given, in the terms of its parameters."""
        known = self._keeps.get(function)
        if known is None:
            self._keeps[function] = []
            code = self._code.get(function)
            known = self._keeps[function] = list(self._kept(code)) if code is not None else []
        return known

    def _kept(self, code: FunctionCode) -> Iterator[tuple[Path, Value]]:
        for put in (*self._puts.of(code), *self._puts.sets(code)):
            for base in self._values.paths(code, put.base):
                for value in self._stored(put):
                    yield from self._outside(code, base.extend(put.place), value)
        for call in self._calls(code):
            for place, value in self._kept_by(code, call):
                yield from self._outside(code, place, value)

    def _outside(self, code: FunctionCode, place: Path, value: Value) -> Iterator[tuple[Path, Value]]:
        """A value that callers can name, at a place that they can name."""
        where = parameter_path(code, place)
        if not isinstance(where.root, ParamRoot) or not where.is_exact:
            return
        what = to_parameters(code, value)
        if isinstance(what, FunctionValue):
            receivers = tuple(self._returned(code, path) for path in what.receivers)
            what, named = what._replace(receivers=receivers), receivers
        else:
            named = (what,)
        if all(isinstance(path.root, ParamRoot | ReturnRoot) for path in named):
            yield where, what

    def _returned(self, code: FunctionCode, path: Path) -> Path:
        """What a function makes and returns, as its result."""
        rows = self._values.returns(code.id) if isinstance(path.root, AllocRoot) and not path.fields else ()
        return next((Path(ReturnRoot(at)) for at, row in enumerate(rows) if path in row), path)

def _is_made(path: Path) -> bool:
    return isinstance(path.root, AllocRoot | ResultRoot | GlobalRoot)
