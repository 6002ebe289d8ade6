"""Accesses of members with the locks held there: by the function itself and, through all of its call sites, by its
callers.

A member is a type and a field, or a package variable. What is not yet published is marked: objects that the
function, or every caller of it, has just made.

LIMIT: locks are compared by member, not by object: another object's lock of the same type counts, but where the
function itself shows that it is another's.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Set
from functools import cached_property, reduce

from govet_py.callgraph.callgraph import KEEPS, CallGraph, Edge, InterfaceNode, Node
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_of, owner_of
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.fresh import Started, is_local_struct, is_own
from govet_py.concurrency.locks.handed_locks import got_with
from govet_py.concurrency.locks.lent_locks import NO_GUARDS, Guards, LentLocks, common
from govet_py.concurrency.locks.locksets import LockSets
from govet_py.concurrency.locks.member_access import Access
from govet_py.concurrency.locks.other_objects import is_of_another
from govet_py.concurrency.published import Published
from govet_py.knowledge import concurrency as knows
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import AllocRoot, EffectKind, Path, ResultRoot, VarRoot

Parameter = tuple[str, int]
"""A function and one of its variables."""


class GuardedMembers:
    """Locks by member at every function's entry and access."""

    def __init__(self, code: Code, values: ValueAnalysis, calls: CallGraph, locks: dict[str, LockSets]) -> None:
        self._code = code
        self._values = values
        self._calls = calls
        self._locks = locks
        self._published, self._started = Published(code), Started(code)
        self._lent = LentLocks(code, self.taken)

    def at(self, code: FunctionCode, register: int) -> Guards:
        """The members whose locks are surely held at an instruction, callers' locks included."""
        return self.taken(code, register) | self.entry.get(code.id, NO_GUARDS)

    def taken(self, code: FunctionCode, register: int, owner: int | None = None) -> Guards:
        """Those of them that the function has taken itself; for what is a part of the object in register `owner`
        without the locks of what is surely another object."""
        locks = self._locks.get(code.id)
        if locks is None:
            return NO_GUARDS
        names = self._lock_members(code)
        held = locks.at_exit_of_defer(register) if code.is_deferred(register) else locks.at(register)
        known = [lock for lock in held if lock.path in names]
        if owner is not None:
            known = [lock for lock in known if not is_of_another(code, locks, lock.path, owner)]
        return frozenset((names[lock.path], lock.mode) for lock in known)

    def takes_locks(self, code: FunctionCode) -> bool:
        """Reports whether a function may hold locks that it has taken itself."""
        return code.id in self._locks

    def _lock_members(self, code: FunctionCode) -> dict[Path, Member]:
        """The members that the lock paths of a function stand for."""
        known = self._members.get(code.id)
        if known is None:
            self._members[code.id] = {}
            known = self._members[code.id] = dict(self._acquired(code))
        return known

    @cached_property
    def _members(self) -> dict[str, dict[Path, Member]]:
        return {}

    def _acquired(self, code: FunctionCode) -> Iterator[tuple[Path, Member]]:
        locks = self._locks.get(code.id)
        for register, named in locks.named.items() if locks else ():
            members = list(self._members_locked(code, register))
            for path in named:
                member = members[0] if len(members) == 1 else self._got_locked(code, register, path)
                if member is not None:
                    yield path, member

    def _members_locked(self, code: FunctionCode, register: int) -> Iterator[Member]:
        """What a call locks or unlocks, itself or (a Lock method of one's own) through its callee."""
        callee = code.callee(register)
        if p.is_one_of(callee, _LOCK_CALLS):
            member = member_of(self._code.program, code, callee.receiver, callee.via)
            if member is not None:
                yield member
            return
        for target in self._values.targets(code, register):
            inner = self._code.get(target.function)
            if inner is not None and inner is not code:
                yield from dict.fromkeys(self._lock_members(inner).values())

    def _got_locked(self, code: FunctionCode, call: int, lock: Path) -> Member | None:
        """The lock that came with a result of a call."""
        got = got_with(code, self._values, call, lock)
        return None if got is None else member_of(self._code.program, code, got.register, got.fields)

    # -- locks of callers --------------------------------------------------------------------------

    @cached_property
    def entry(self) -> dict[Node, Guards]:
        """The guards that every call of a function holds: decreasing from "all" over the call graph,
        with nothing held where a goroutine starts or a caller is unknown."""
        state: dict[Node, Guards | None] = {}
        work: deque[Node] = deque(node for node in self._calls.edges if node not in self._calls.callers)
        for node in work:
            state[node] = NO_GUARDS
        reached, queued = set(work), set(work)
        while work:
            node = work.popleft()
            queued.discard(node)
            for edge in self._calls.edges.get(node, ()):
                given = self._given(node, edge.site, edge.mode, state.get(node) or NO_GUARDS)
                if given is None:
                    continue
                known = state.get(edge.target)
                held = given if known is None else common(known, given)
                merged = known if self._only_prepares(node, edge) else held
                if merged != known or edge.target not in reached:
                    reached.add(edge.target)
                    state[edge.target] = merged
                    if edge.target not in queued:
                        queued.add(edge.target)
                        work.append(edge.target)
        return {node: guards for node, guards in state.items() if guards}

    def _given(self, node: Node, site: int, mode: ir.Mode, entry: Guards) -> Guards | None:
        """The guards with which an edge enters its target; None where it does not run it."""
        if isinstance(node, InterfaceNode):
            return entry
        if mode == ir.Mode.GO:
            return NO_GUARDS
        code = self._code.function(node)
        if isinstance(code.code[site], ir.Call):
            return self.taken(code, site) | entry
        holders = {site}
        runs = self._runs(code, holders)
        if runs is None:
            return NO_GUARDS
        lent = ((at, self._lent.at(code, at, holders)) for at in runs)
        given = [NO_GUARDS if more is None else self.taken(code, at) | more | entry for at, more in lent]
        return reduce(common, given) if given else None

    def _only_prepares(self, node: Node, edge: Edge) -> bool:
        """Whether a call is of something that nobody else has yet, while other calls are not."""
        return self.prepares(node, edge.site) and self._is_shared(edge.target)

    def _is_shared(self, target: Node) -> bool:
        """Whether some call of a function is not of something that its caller has just made."""
        if target not in self._shared:
            callers = self._calls.callers[target]
            self._shared[target] = not all(self.prepares(caller, edge.site) for caller, edge in callers)
        return self._shared[target]

    @cached_property
    def _shared(self) -> dict[Node, bool]:
        return {}

    def prepares(self, node: Node, site: int) -> bool:
        """Whether a call is of a method of what the caller has just made, and shares with nobody yet."""
        if isinstance(node, InterfaceNode):
            return False
        code = self._code.function(node)
        callee = code.callee(site) if isinstance(code.code[site], ir.Call) else None
        if not isinstance(callee, p.Static) or callee.receiver == ir.NONE:
            return False
        made = self._is_fresh_object(code, callee.receiver, self._made_parameters)
        return made and not self._starts_before(code, site)

    def _starts_before(self, code: FunctionCode, site: int) -> bool:
        calls = (at for at in code.of_kind(ir.Call) if at < site)
        return any(code.mode_of(at) == ir.Mode.GO or self._spawns(code, at) for at in calls)

    def _runs(self, code: FunctionCode, holders: set[int]) -> list[int] | None:
        """The calls that a function value is handed to, which are taken to run it there and then, but for a named
        function that is given to code out of view; None when it goes elsewhere. Calls of the value itself have edges
        of their own. `holders` are the registers that hold it: all of them, afterwards."""
        runs: list[int] = []
        is_named = all(type(code.code[at]) is not ir.MakeClosure for at in holders)
        for register in code.of_kind(ir.Call, *_PASSES):
            instruction = code.code[register]
            match instruction:
                case ir.Store() if instruction.value in holders and not code.body.vars[instruction.var].captured:
                    holders.update(self._loads(code, instruction.var))
                case ir.Call() if holders & {instruction.callee, *instruction.args}:
                    if instruction.mode == ir.Mode.GO or self._runs_later(code, register, is_named):
                        return None
                    if holders & set(instruction.args):
                        runs.append(register)
                case _ if holders & set(_operands(instruction)):
                    return None
        return runs

    @staticmethod
    def _loads(code: FunctionCode, var: int) -> Iterator[int]:
        return (at for at in code.of_kind(ir.Load) if code.code[at].var == var)  # type: ignore[union-attr]

    def _runs_later(self, code: FunctionCode, call: int, is_named: bool) -> bool:
        """Whether a call of a library takes a function value, `is_named` if it is no literal, for later."""
        callee = code.callee(call)
        absent = isinstance(callee, p.Static) and callee.function not in self._code.program.functions
        return (is_named and absent) or p.known_name(callee) in _KEEPERS

    @staticmethod
    def _spawns(code: FunctionCode, call: int) -> bool:
        return p.known_name(code.callee(call)) in knows.SPAWNERS

    # -- accesses ----------------------------------------------------------------------------------

    def access(self, code: FunctionCode, register: int, base: int, kind: EffectKind) -> Access | None:
        """The access at `register` to the member that `base` was read from, None for other things."""
        member = member_of(self._code.program, code, base)
        if member is None:
            return None
        owner = owner_of(code, base)
        return self._access(member, kind, code, register, self._is_private(code, owner), owner)

    def field_access(self, code: FunctionCode, register: int, base: int, name: str, kind: EffectKind) -> Access | None:
        """As `access`, for field `name` of what `base` holds."""
        member = member_of(self._code.program, code, base, (name,))
        if member is None:
            return None
        private = self._is_fresh_object(code, base, self._private_parameters, below=True)
        return self._access(member, kind, code, register, private, base)

    def named_access(self, member: Member, kind: EffectKind, code: FunctionCode, register: int) -> Access:
        """The access at `register` to a member that the function knows under another name."""
        return self._access(member, kind, code, register, False)

    def variable_access(self, code: FunctionCode, register: int, name: str) -> Access:
        """The assignment at `register` to variable `name` of the function's own package."""
        return self._access(Member(code.package, "", name), EffectKind.WRITE, code, register, _is_init(code))

    def _access(
        self, member: Member, kind: EffectKind, code: FunctionCode, register: int, private: bool,
        owner: int | None = None,
    ) -> Access:
        own, unnamed = self.taken(code, register, owner), self.holds_unnamed(code, register)
        guards = own | self.entry.get(code.id, NO_GUARDS)
        return Access(member, kind, code.id, register, guards, own, private, unnamed)

    @cached_property
    def lock_owners(self) -> frozenset[tuple[str, str]]:
        """The types, as (package, name), that have a lock among their fields and use it; (package, "") for
        packages with a lock in a variable."""
        members = (m for id in self._locks for m in self._lock_members(self._code.function(id)).values())
        return frozenset((member.package, member.owner) for member in members)

    def holds_unnamed(self, code: FunctionCode, register: int) -> bool:
        """Whether a lock that is no member, such as a parameter, is held at an instruction."""
        locks = self._locks.get(code.id)
        names = self._lock_members(code)
        return locks is not None and any(lock.path not in names for lock in locks.at(register))

    def _is_private(self, code: FunctionCode, owner: int | None) -> bool:
        if owner is None:
            return _is_init(code)
        return self._is_fresh_object(code, owner, self._private_parameters, below=True)

    def _is_fresh(self, code: FunctionCode, path: Path, given: Set[Parameter]) -> bool:
        """Whether a path begins at what the function has just made, or was `given` by callers that have."""
        if is_own(self._code, self._values, code, path):
            return True
        return isinstance(path.root, VarRoot) and (code.id, path.root.var) in given

    def _is_fresh_object(self, code: FunctionCode, register: int, given: Set[Parameter], below: bool = False) -> bool:
        """Whether a register holds such an object itself; or, if wanted, something `below` it."""
        if below and is_local_struct(code, register):
            return True
        paths = self._values.paths(code, register)
        own = all((below or not path.fields) and self._is_fresh(code, path, given) for path in paths)
        return bool(paths) and own and not any(self._started.is_let_out(code, register, path) for path in paths)

    def _is_known(self, code: FunctionCode, register: int) -> bool:
        """Whether others may know the object, or the whole that it is a part of, that a call is given in a register."""
        answer = self._known.get((code.id, register))
        if answer is None:
            answer = self._known[code.id, register] = self._has_left(code, register)
        return answer

    @cached_property
    def _known(self) -> dict[tuple[str, int], bool]:
        return {}

    def _has_left(self, code: FunctionCode, register: int) -> bool:
        for root in (path.root for path in self._values.paths(code, register)):
            if isinstance(root, AllocRoot | ResultRoot):
                at = self._published.where(code, root.register, register)
            else:
                at = self._published.where_given(code, root.var, register) if isinstance(root, VarRoot) else ir.NONE
            if at != ir.NONE:
                return True
        return False

    @cached_property
    def _private_parameters(self) -> set[Parameter]:
        """Parameters that every call gives an object which its caller has just made, or part of one."""
        return self._given_fresh(True)

    @cached_property
    def _made_parameters(self) -> set[Parameter]:
        """Parameters that every call gives the very object which its caller has just made."""
        return self._given_fresh(False)

    def only_sets_up(self, code: FunctionCode) -> bool:
        """Reports whether every call of a method is of an object that nobody else knows yet."""
        params = code.function.params
        return bool(params) and (code.id, params[0]) in self._private_parameters

    def _given_fresh(self, below: bool) -> set[Parameter]:
        """The least assumption first, withdrawn until nothing changes."""
        private = {
            (id, var)
            for id in self._code.ids()
            for var in self._code.function(id).function.params[:1]
            if self._is_static_only(id)
        }
        for known in (False, True):  # what is known to others takes long to find out: of few parameters only
            self._narrow(private, below, known)
        return private

    def _narrow(self, private: set[Parameter], below: bool, known: bool) -> None:
        changed = True
        while changed:
            changed = False
            for id, var in sorted(private):  # what functions do with arguments is remembered as it is first asked
                if not self._all_fresh(id, private, below, known):
                    private.discard((id, var))
                    changed = True

    def _is_static_only(self, id: str) -> bool:
        callers = self._calls.callers.get(id, ())
        return (
            bool(callers)
            and "$" not in id
            and all(isinstance(caller, str) and edge.mode != ir.Mode.GO for caller, edge in callers)
        )

    def _all_fresh(self, id: str, private: set[Parameter], below: bool, known: bool) -> bool:
        for caller, edge in self._calls.callers[id]:
            assert isinstance(caller, str)
            code = self._code.function(caller)
            call = code.code[edge.site]
            callee = code.callee(edge.site) if isinstance(call, ir.Call) else None
            if not isinstance(callee, p.Static) or callee.receiver == ir.NONE:
                return False
            if not self._is_fresh_object(code, callee.receiver, private, below):
                return False
            if known and self._is_known(code, callee.receiver):
                return False
        return True


_KEEPERS = frozenset({*knows.SPAWNERS, *knows.KEEPS_CALLBACK})
_LOCK_CALLS = frozenset({*knows.ACQUIRE, *knows.TRY_ACQUIRE, *knows.RELEASE})
_PASSES = (*KEEPS, ir.Store, ir.SetDeref, ir.Return)
"""The instructions that pass a value on, calls aside."""


def _operands(instruction: ir.Instruction) -> tuple[int, ...]:
    """The registers through which an instruction passes a value on."""
    match instruction:
        case ir.Store() | ir.SetField() | ir.SetIndex() | ir.SetName() | ir.SetDeref() | ir.Send():
            return (instruction.value,)
        case ir.Return():
            return instruction.results
        case ir.Composite():
            return instruction.values
    return ()


def _is_init(code: FunctionCode) -> bool:
    return "init$vars" in code.id or code.id.rpartition(".")[2].partition("#")[0] == "init"
