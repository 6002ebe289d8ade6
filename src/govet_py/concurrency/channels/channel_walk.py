"""Where the channels of one make go, and everything that is done with them: a forward slice.

From the make through variables, parameters, results, fields, containers and other channels to the sends,
receives and closes. A field is one abstract location for all objects of its type, an element is its
container: the slice may claim too many operations for a channel, never too few, unless it *escapes*: to
code that is not in view, to reflection, or beyond MAX_STEPS.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, literal_fields, member_of
from govet_py.callgraph.slices import hands_on
from govet_py.concurrency.channels.channel_model import Channel, FlowNode, Op, OpKind, Place, VarNode
from govet_py.concurrency.flow.operands import Operands
from govet_py.knowledge.channels import CHANNEL_BORROWERS
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import Basic, Chan, Named, Struct, Type, Unknown, deref

MAX_STEPS = 3000


class ChannelWalk:
    """The forward slice of one make."""

    def __init__(
        self, code: Code, calls: CallGraph, operands: Operands, readers: dict[Member, list[Place]], channel: Channel
    ) -> None:
        self._code = code
        self._calls = calls
        self._operands = operands
        self._readers = readers
        self._program = code.program
        self._channel = channel
        self._seen: set[FlowNode] = set()
        self._work: list[FlowNode] = [Place(channel.root.function, channel.root.register)]
        self._rules = {
            ir.Store: self._store,
            ir.SetName: self._set_name,
            ir.SetField: self._set_field,
            ir.SetIndex: self._set_index,
            ir.SetDeref: self._escape,
            ir.Send: self._send,
            ir.Recv: self._receive,
            ir.Select: self._select,
            ir.Range: self._range,
            ir.Extract: self._result,
            ir.Index: self._result,
            ir.IndexAddr: self._result,
            ir.SliceOf: self._result,
            ir.Deref: self._result,
            ir.TypeAssert: self._result,
            ir.Selector: self._method,
            ir.Composite: self._composite,
            ir.Call: self._call,
            ir.Return: self._return,
        }

    def run(self) -> None:
        """Puts all that is found into the channel."""
        while self._work:
            node = self._work.pop()
            if node in self._seen:
                continue
            self._seen.add(node)
            if len(self._seen) > MAX_STEPS:
                self._channel.lost = True
                break
            self._step(node)
        self._channel.ops = sorted(set(self._channel.ops))

    def _step(self, node: FlowNode) -> None:
        if isinstance(node, VarNode):
            owner = self._code.function(node.body)
            for function, register in self._operands.loads(owner, node.var):
                self._read(Place(function, register))
        elif isinstance(node, Member):
            self._channel.members.append(node)
            self._channel.lost |= self._is_open(node)
            for place in self._readers.get(node, ()):
                self._read(place)
        else:
            code = self._code.function(node.function)
            self._channel.functions.add(node.function)
            if isinstance(self._program.underlying(code.type_of(node.register)), Basic):
                return  # a key under which the channel is kept, not the channel
            for user in self._operands.users(code, node.register):
                rule = self._rules.get(type(code.code[user]))
                if rule is not None:
                    rule(code, node.register, user)

    def _read(self, place: Place) -> None:
        code = self._code.function(place.function)
        instruction = code.code[place.register]
        if isinstance(instruction, ir.Addr | ir.FieldAddr) and self._is_channel(code, place.register):
            self._channel.lost = True
        self._work.append(place)

    def _is_open(self, member: Member) -> bool:
        """Whether code outside, tests for one, can use the member."""
        exported = member.name[:1].isupper() and (not member.owner or member.owner[:1].isupper())
        return exported and not self._program.is_main(member.package)

    def _add(self, *places: Place) -> None:
        self._work.extend(places)

    def _escape(self, code: FunctionCode, register: int, user: int) -> None:
        self._channel.lost = True

    def _result(self, code: FunctionCode, register: int, user: int) -> None:
        self._add(Place(code.id, user))

    def _is_channel(self, code: FunctionCode, register: int) -> bool:
        """Whether a register holds the channel itself, not a container or another channel that carries it."""
        type_ = self._program.underlying(code.type_of(register))
        if isinstance(type_, Unknown):
            return True
        return isinstance(type_, Chan) and self._alike(type_.elem, self._channel.type.elem)

    @staticmethod
    def _alike(one: Type, other: Type) -> bool:
        return one == other or isinstance(one, Chan) == isinstance(other, Chan)

    def _op(self, kind: OpKind, code: FunctionCode, register: int, case: int = ir.NONE) -> None:
        self._channel.ops.append(Op(kind, code.id, register, case))

    # -- operations --------------------------------------------------------------------------------

    def _send(self, code: FunctionCode, register: int, user: int) -> None:
        send = code.code[user]
        assert isinstance(send, ir.Send)
        if send.chan == register and self._is_channel(code, register):
            self._op(OpKind.SEND, code, user)
        if send.value == register:
            self._into(code, send.chan)

    def _receive(self, code: FunctionCode, register: int, user: int) -> None:
        if self._is_channel(code, register):
            self._op(OpKind.RECEIVE, code, user)
        else:
            self._add(Place(code.id, user))

    def _select(self, code: FunctionCode, register: int, user: int) -> None:
        select = code.code[user]
        assert isinstance(select, ir.Select)
        for index, case in enumerate(select.cases):
            if case.chan == register and self._is_channel(code, register):
                self._op(OpKind.RECEIVE if case.value == ir.NONE else OpKind.SEND, code, user, index)
            elif case.chan == register:
                self._add(*(Place(code.id, at) for at in self._extracts(code, user, 2 * index)))
            if case.value == register:
                self._into(code, case.chan)

    def _range(self, code: FunctionCode, register: int, user: int) -> None:
        for step in self._operands.users(code, user):
            if self._is_channel(code, register):
                self._op(OpKind.RECEIVE, code, step)
            else:
                self._add(Place(code.id, step))

    def _extracts(self, code: FunctionCode, tuple_: int, index: int) -> Iterator[int]:
        for user in self._operands.users(code, tuple_):
            extract = code.code[user]
            if isinstance(extract, ir.Extract) and extract.index == index:
                yield user

    # -- stores ------------------------------------------------------------------------------------

    def _store(self, code: FunctionCode, register: int, user: int) -> None:
        store = code.code[user]
        assert isinstance(store, ir.Store)
        self._work.append(VarNode(code.body_id, store.var))

    def _set_name(self, code: FunctionCode, register: int, user: int) -> None:
        instruction = code.code[user]
        assert isinstance(instruction, ir.SetName)
        self._work.append(Member(code.package, "", instruction.name))

    def _set_field(self, code: FunctionCode, register: int, user: int) -> None:
        store = code.code[user]
        assert isinstance(store, ir.SetField)
        if store.value == register:
            found = self._program.field(deref(code.type_of(store.base)), store.name)
            member = member_of(self._program, code, store.base, found[1] if found else (store.name,))
            self._work.append(member) if member else self._escape(code, register, user)

    def _set_index(self, code: FunctionCode, register: int, user: int) -> None:
        store = code.code[user]
        assert isinstance(store, ir.SetIndex)
        if register in (store.value, store.index):
            self._into(code, store.base)

    def _into(self, code: FunctionCode, container: int) -> None:
        """The channel is put into a slice, map or channel: it is wherever that is."""
        instruction = code.code[container]
        match instruction:
            case ir.Load():
                self._work.append(VarNode(code.body_id, instruction.var))
            case ir.Index() | ir.SliceOf() | ir.Deref():
                self._into(code, instruction.base)
            case ir.Selector() | ir.Name():
                member = member_of(self._program, code, container)
                self._work.append(member) if member else self._escape(code, container, container)
            case _:
                self._escape(code, container, container)

    def _composite(self, code: FunctionCode, register: int, user: int) -> None:
        type_ = deref(code.type_of(user))
        shape = self._program.underlying(type_)
        if isinstance(shape, Unknown):
            self._escape(code, register, user)
        if not isinstance(shape, Struct):
            self._add(Place(code.id, user))
            return
        for name, value in literal_fields(self._program, code, user):
            if value == register and isinstance(type_, Named):
                self._work.append(Member(type_.package, type_.name, name))
            elif value == register:
                self._escape(code, register, user)

    # -- calls -------------------------------------------------------------------------------------

    def _method(self, code: FunctionCode, register: int, user: int) -> None:
        """A method of a named channel type is called, or of an interface that holds the channel."""
        for call in self._operands.users(code, user):
            instruction = code.code[call]
            if isinstance(instruction, ir.Call) and instruction.callee == user:
                self._pass(code, call, 0)

    def _call(self, code: FunctionCode, register: int, user: int) -> None:
        call = code.code[user]
        assert isinstance(call, ir.Call)
        if register not in call.args:
            return
        callee = code.callee(user)
        if hands_on(callee):
            self._add(Place(code.id, user))
        elif isinstance(callee, p.BuiltinCall):
            if callee.name == "close" and self._is_channel(code, register):
                self._op(OpKind.CLOSE, code, user)
            self._channel.measured |= callee.name == "len"
        else:
            for index in (at for at, arg in enumerate(call.args) if arg == register):
                self._pass(code, user, index, argument=True)

    def _pass(self, code: FunctionCode, call: int, position: int, argument: bool = False) -> None:
        """The channel is parameter `position` (argument, without the receiver) of what a call runs."""
        callee = code.callee(call)
        if p.is_one_of(callee, CHANNEL_BORROWERS):
            return
        targets = list(self._calls.callees(code, call))
        if not targets:
            self._channel.lost = True
        for target in targets:
            expression = isinstance(callee, p.Static) and callee.receiver == ir.NONE
            at = position + (argument and target.is_method and not expression)
            params = target.function.params
            if target.function.signature.variadic:
                at = min(at, len(params) - 1)
            if at < len(params):
                self._work.append(VarNode(target.body_id, params[at]))

    def _return(self, code: FunctionCode, register: int, user: int) -> None:
        result = code.code[user]
        assert isinstance(result, ir.Return)
        self._channel.returned = True
        declared = self._program.functions[code.body_id]
        if code.index == 0 and declared.name[:1].isupper() and not self._program.is_main(declared.package):
            self._channel.offered = True
        for index in (at for at, value in enumerate(result.results) if value == register):
            self._to_callers(code.id, index)

    def _to_callers(self, function: str, index: int) -> None:
        sites = list(self._calls.sites(function))
        for code, call in sites:
            self._add(Place(code.id, call))
            self._add(*(Place(code.id, at) for at in self._extracts(code, call, index)))
        if not sites:
            self._channel.lost = True
