"""Statements to control flow: blocks, loops, branches, and the stores between them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tree_sitter import Node

from govet_py.model import ir
from govet_py.model.types import Func, Slice, Type
from govet_py.syntax.builder import BodyBuilder, Builder, _Block
from govet_py.syntax.expressions import (
    IDENTIFIER, INDEXING, LEFT, NAME, OPERAND, PARENTHESES, RIGHT, SELECTOR, TYPE, UNARY, VALUE, Expressions,
)
from govet_py.syntax.grammar import children, field, kind
from govet_py.syntax.typeexprs import PARAMETER, PARAMETERS, VARIADIC

BODY, CONDITION, CONSEQUENCE, ALTERNATIVE, INITIALIZER, UPDATE, LABEL, ALIAS, COMMUNICATION, CHANNEL, RESULT = (
    field("body"), field("condition"), field("consequence"), field("alternative"), field("initializer"),
    field("update"), field("label"), field("alias"), field("communication"), field("channel"), field("result"),
)
BLOCK, STATEMENTS, FOR_CLAUSE, RANGE_CLAUSE, LABEL_NAME, DEFAULT, CASE, TYPE_CASE, COMM_CASE, SEND, RECEIVE = (
    kind("block"), kind("statement_list"), kind("for_clause"), kind("range_clause"), kind("label_name"),
    kind("default_case"), kind("expression_case"), kind("type_case"), kind("communication_case"),
    kind("send_statement"), kind("receive_statement"),
)
FALLTHROUGH, VAR_SPEC, VAR_SPEC_LIST, EXPRESSION_LIST = (
    kind("fallthrough_statement"), kind("var_spec"), kind("var_spec_list"), kind("expression_list")
)
FOR, SWITCH, TYPE_SWITCH, SELECT = (
    kind("for_statement"), kind("expression_switch_statement"), kind("type_switch_statement"), kind("select_statement")
)


class _Target(NamedTuple):
    """Where break and continue go; `after` is None for statements that cannot be continued."""

    label: str
    out: _Block
    again: _Block | None


class Statements(Expressions):
    """Lowers the statements of one function."""

    def __init__(self, body: BodyBuilder, parent: Builder | None, name: str) -> None:
        super().__init__(body, parent, name)
        self._targets: list[_Target] = []
        self._labels: dict[str, _Block] = {}
        self._label = ""
        self._fall: _Block | None = None
        self._closures = 0

    # -- functions ---------------------------------------------------------------------------------

    def function(self, node: Node, receiver: Node | None, signature: Func) -> None:
        """Lowers a whole function: parameters, results, body."""
        if receiver is not None:
            self._parameters(receiver, ir.VarKind.RECEIVER, self.params)
        given = node.child_by_field_id(PARAMETERS)
        if given is not None:
            self._parameters(given, ir.VarKind.PARAM, self.params)
        results = node.child_by_field_id(RESULT)
        if results is not None and any(c.child_by_field_id(NAME) is not None for c in children(results)):
            self._parameters(results, ir.VarKind.RESULT, self.results)
        body = node.child_by_field_id(BODY)
        if body is not None:
            self.push_scope()
            self.block(body)
        self.finish(signature, self.span(node))

    def _parameters(self, node: Node, kind: ir.VarKind, into: list[int]) -> None:
        for declaration in children(node):
            if declaration.kind_id not in (PARAMETER, VARIADIC):
                continue
            type_ = self.body.types.read(declaration.child_by_field_id(TYPE))
            if declaration.kind_id == VARIADIC:
                type_ = _slice_of(type_)
            names = declaration.children_by_field_name("name")
            for name in names:
                into.append(self.declare(self.text(name), type_, kind, self.span(name)))
            if not names:
                into.append(self.declare("", type_, kind, self.span(declaration)))

    def function_literal(self, node: Node) -> int:
        self._closures += 1
        inner = Statements(self.body, self, f"{self.name}${self._closures}")
        inner.function(node, None, self.body.types.signature(node))
        return inner.index

    # -- blocks and lists --------------------------------------------------------------------------

    def block(self, node: Node) -> None:
        for child in children(node):
            if child.kind_id == STATEMENTS:
                self.statements(child)
            else:
                self.statement(child)

    def statements(self, node: Node) -> None:
        for child in children(node):
            self.statement(child)

    def statement(self, node: Node) -> None:
        rule = _RULES.get(node.kind_id)
        if rule is not None:
            rule(self, node)

    def _scoped_block(self, node: Node) -> None:
        self.push_scope()
        self.block(node)
        self.pop_scope()

    def _expression_statement(self, node: Node) -> None:
        for child in children(node):
            self.expression(child)

    def _go(self, node: Node) -> None:
        self.call(_call_of(node), ir.Mode.GO, self.span(node))

    def _defer(self, node: Node) -> None:
        self.call(_call_of(node), ir.Mode.DEFER, self.span(node))

    def _send(self, node: Node) -> None:
        channel = self.expression(node.child_by_field_id(CHANNEL))
        value = self.expression(node.child_by_field_id(VALUE))
        self.emit(ir.Send(channel, value, self.span(node)))

    def _return(self, node: Node) -> None:
        listed = [e for c in children(node) for e in (children(c) if c.kind_id == EXPRESSION_LIST else [c])]
        span = self.span(node)
        registers = [self.expression(e) for e in listed]
        if not listed and self.results:
            registers = [self.emit(ir.Load(var, span)) for var in self.results]
        self.end_unreachable(ir.Return(tuple(registers), span))

    # -- assignments -------------------------------------------------------------------------------

    def _short_var(self, node: Node) -> None:
        left = _listed(node.child_by_field_id(LEFT))
        values = self.values(_listed(node.child_by_field_id(RIGHT)), len(left))
        for target, value in zip(left, values, strict=False):
            self.define(target, value, self.span(node))

    def define(self, target: Node, value: int, span: int, loop: int | None = None) -> None:
        """`target := value`: a new variable, or the one of this scope."""
        name = self.text(target)
        if name == "_":
            return
        known = self.in_this_scope(name)
        var = known if known is not None else self.declare(name, None, ir.VarKind.LOCAL, self.span(target), loop)
        self.emit(ir.Store(var, value, known is None, self.span(target)))

    def values(self, right: list[Node], count: int) -> list[int]:
        """The registers of the right-hand sides; one call or comma-ok form is taken apart."""
        registers = [self.expression(value) for value in right]
        if len(registers) == 1 and count > 1:
            source = registers[0]
            span = self.code[source].span
            return [self.emit(ir.Extract(source, index, span)) for index in range(count)]
        return registers

    def _assignment(self, node: Node) -> None:
        left = _listed(node.child_by_field_id(LEFT))
        operator = node.child_by_field_name("operator")
        op = self.text(operator) if operator is not None else "="
        if op != "=":
            self._update(left[0], op[:-1], node.child_by_field_id(RIGHT), node)
            return
        places = [self._place(target) for target in left]
        values = self.values(_listed(node.child_by_field_id(RIGHT)), len(left))
        for place, value in zip(places, values, strict=False):
            place(value)

    def _place(self, target: Node) -> Callable[[int], object]:
        """Evaluates the operands of an assignment's left side; the result stores a value there."""
        while target.kind_id == PARENTHESES:
            target = children(target)[0]
        span = self.span(target)
        if target.kind_id == IDENTIFIER:
            return self._variable_place(self.text(target), span)
        if target.kind_id == SELECTOR:
            base, name = self.expression(target.child_by_field_id(OPERAND)), self._field_name(target)
            return lambda value: self.emit(ir.SetField(base, name, value, span))
        if target.kind_id == INDEXING:
            container = self.expression(target.child_by_field_id(OPERAND))
            index = self.expression(target.child_by_field_name("index"))
            return lambda value: self.emit(ir.SetIndex(container, index, value, span))
        if target.kind_id == UNARY:
            pointer = self.expression(target.child_by_field_id(OPERAND))
            return lambda value: self.emit(ir.SetDeref(pointer, value, span))
        return lambda value: None

    def _variable_place(self, name: str, span: int) -> Callable[[int], object]:
        if name == "_":
            return lambda value: None
        var = self.find(name)
        if var is None:
            return lambda value: self.emit(ir.SetName(name, value, span))
        id = var.id
        return lambda value: self.emit(ir.Store(id, value, False, span))

    def _update(self, target: Node, op: str, right: Node | None, node: Node) -> None:
        """`x op= y`: read, compute, write."""
        old = self.expression(target)
        operands = _listed(right)
        value = self.expression(operands[0]) if operands else self.emit(ir.Const("int", "1", self.span(node)))
        new = self.emit(ir.Binary(op, old, value, self.span(node)))
        self._place_again(target, old, new)

    def _place_again(self, target: Node, old: int, new: int) -> None:
        """Stores where a value was just read from, its operands evaluated once."""
        while target.kind_id == PARENTHESES:
            target = children(target)[0]
        span = self.span(target)
        match self.code[old]:
            case ir.Load() as read:
                self.emit(ir.Store(read.var, new, False, span))
            case ir.Selector() as read:
                self.emit(ir.SetField(read.base, read.name, new, span))
            case ir.Index() as read:
                self.emit(ir.SetIndex(read.base, read.index, new, span))
            case ir.Deref() as read:
                self.emit(ir.SetDeref(read.base, new, span))
            case ir.Name() as read:
                self.emit(ir.SetName(read.name, new, span))

    def _increment(self, node: Node) -> None:
        self._update(children(node)[0], "+", None, node)

    def _decrement(self, node: Node) -> None:
        self._update(children(node)[0], "-", None, node)

    def _var_declaration(self, node: Node) -> None:
        for spec in children(node):
            for one in children(spec) if spec.kind_id == VAR_SPEC_LIST else [spec]:
                if one.kind_id == VAR_SPEC:
                    self._var_spec(one)

    def _var_spec(self, spec: Node) -> None:
        names = spec.children_by_field_name("name")
        written = spec.child_by_field_id(TYPE)
        type_ = self.body.types.read(written) if written is not None else None
        right = _listed(spec.child_by_field_id(VALUE))
        span = self.span(spec)
        values = self.values(right, len(names)) if right else [self.emit(ir.Zero(type_, span)) for _ in names]
        for name, value in zip(names, values, strict=False):
            if self.text(name) != "_":
                var = self.declare(self.text(name), type_, ir.VarKind.LOCAL, self.span(name))
                self.emit(ir.Store(var, value, True, self.span(name)))

    # -- branches ----------------------------------------------------------------------------------

    def _if(self, node: Node) -> None:
        depth = 0
        done = self.new_block()
        at: Node | None = node
        while at is not None and at.kind_id == node.kind_id:
            self.push_scope()
            depth += 1
            at = self._one_if(at, done)
        if at is not None:
            self._scoped_block(at)
        self.jump(done, self.span(node))
        self.enter(done)
        for _ in range(depth):
            self.pop_scope()

    def _one_if(self, node: Node, done: _Block) -> Node | None:
        """One condition of an else-if chain; gives the alternative."""
        initializer = node.child_by_field_id(INITIALIZER)
        if initializer is not None:
            self.statement(initializer)
        condition = self.expression(node.child_by_field_id(CONDITION))
        then, other = self.new_block(), self.new_block()
        self.end(ir.If(condition, self.span(node)), then, other)
        self.enter(then)
        consequence = node.child_by_field_id(CONSEQUENCE)
        if consequence is not None:
            self._scoped_block(consequence)
        self.jump(done, self.span(node))
        self.enter(other)
        return node.child_by_field_id(ALTERNATIVE)

    def _switch(self, node: Node) -> None:
        label = self._take_label()
        self.push_scope()
        initializer = node.child_by_field_id(INITIALIZER)
        if initializer is not None:
            self.statement(initializer)
        tag_node = node.child_by_field_id(VALUE)
        tag = self.expression(tag_node) if tag_node is not None else ir.NONE
        clauses = [c for c in children(node) if c.kind_id in (CASE, DEFAULT)]
        cases = [tuple(self.expression(e) for e in _listed(c.child_by_field_id(VALUE))) for c in clauses]
        done = self.new_block()
        blocks = [self.new_block() for _ in clauses]
        succs = blocks if any(c.kind_id == DEFAULT for c in clauses) else [*blocks, done]
        self.end(ir.Switch(tag, tuple(cases), self.span(node)), *succs)
        self._targets.append(_Target(label, done, None))
        for index, clause in enumerate(clauses):
            self._fall = blocks[index + 1] if index + 1 < len(blocks) else None
            self._clause(clause, blocks[index], done)
        self._targets.pop()
        self.enter(done)
        self.pop_scope()

    def _clause(self, clause: Node, block: _Block, done: _Block) -> None:
        self.enter(block)
        self.push_scope()
        fall = self._fall
        for child in children(clause):
            if child.kind_id == STATEMENTS:
                for one in children(child):
                    self._fall = fall
                    self.statement(one)
        self.pop_scope()
        self.jump(done, self.span(clause))

    def _fallthrough(self, node: Node) -> None:
        if self._fall is not None:
            self.end_unreachable(ir.Jump(self.span(node)), self._fall)

    def _type_switch(self, node: Node) -> None:
        label = self._take_label()
        self.push_scope()
        initializer = node.child_by_field_id(INITIALIZER)
        if initializer is not None:
            self.statement(initializer)
        tag = self.expression(node.child_by_field_id(VALUE))
        alias = _listed(node.child_by_field_id(ALIAS))
        clauses = [c for c in children(node) if c.kind_id in (TYPE_CASE, DEFAULT)]
        cases = [self._clause_types(c) for c in clauses]
        done = self.new_block()
        blocks = [self.new_block() for _ in clauses]
        succs = blocks if any(c.kind_id == DEFAULT for c in clauses) else [*blocks, done]
        self.end(ir.TypeSwitch(tag, tuple(cases), self.span(node)), *succs)
        self._targets.append(_Target(label, done, None))
        for clause, types, block in zip(clauses, cases, blocks, strict=True):
            self._type_clause(clause, types, block, done, alias, tag)
        self._targets.pop()
        self.enter(done)
        self.pop_scope()

    def _clause_types(self, clause: Node) -> tuple[Type | None, ...]:
        found: list[Type | None] = []
        for node in clause.children_by_field_name("type"):
            if node.is_named:
                found.append(None if self.text(node) == "nil" else self.body.types.read(node))
        return tuple(found)

    def _type_clause(
        self, clause: Node, types: tuple[Type | None, ...], block: _Block, done: _Block, alias: list[Node], tag: int
    ) -> None:
        self.enter(block)
        self.push_scope()
        if alias:
            span = self.span(alias[0])
            single = types[0] if len(types) == 1 else None
            value = tag if single is None else self.emit(ir.TypeAssert(tag, single, span))
            self.define(alias[0], value, span)
        for child in children(clause):
            if child.kind_id == STATEMENTS:
                self._fall = None
                self.statements(child)
        self.pop_scope()
        self.jump(done, self.span(clause))

    def _select(self, node: Node) -> None:
        label = self._take_label()
        clauses = [c for c in children(node) if c.kind_id in (COMM_CASE, DEFAULT)]
        communications = [c for c in clauses if c.kind_id == COMM_CASE]
        cases = tuple(self._communication(c.child_by_field_id(COMMUNICATION)) for c in communications)
        done = self.new_block()
        ordered = [*communications, *(c for c in clauses if c.kind_id == DEFAULT)]
        blocks = [self.new_block() for _ in ordered]
        select = len(self.code)
        self.end(ir.Select(cases, len(ordered) > len(cases), self.span(node)), *blocks)
        self._targets.append(_Target(label, done, None))
        for index, (clause, block) in enumerate(zip(ordered, blocks, strict=True)):
            self.enter(block)
            self.push_scope()
            self._received(clause.child_by_field_id(COMMUNICATION), select, index)
            for child in children(clause):
                if child.kind_id == STATEMENTS:
                    self.statements(child)
            self.pop_scope()
            self.jump(done, self.span(clause))
        self._targets.pop()
        self.enter(done)

    def _communication(self, node: Node | None) -> ir.SelectCase:
        if node is not None and node.kind_id == SEND:
            channel = self.expression(node.child_by_field_id(CHANNEL))
            return ir.SelectCase(channel, self.expression(node.child_by_field_id(VALUE)), self.span(node))
        right = node.child_by_field_id(RIGHT) if node is not None else None
        while right is not None and right.kind_id == PARENTHESES:
            right = children(right)[0]
        operand = right.child_by_field_id(OPERAND) if right is not None and right.kind_id == UNARY else right
        return ir.SelectCase(self.expression(operand), ir.NONE, self.span(node) if node is not None else 0)

    def _received(self, node: Node | None, select: int, index: int) -> None:
        """The variables that a receive case sets."""
        left = _listed(node.child_by_field_id(LEFT)) if node is not None and node.kind_id == RECEIVE else []
        if not left or node is None:
            return
        defines = any(not c.is_named and c.type == ":=" for c in node.children)
        for offset, target in enumerate(left):
            if self.text(target) == "_":
                continue
            value = self.emit(ir.Extract(select, 2 * index + offset, self.span(node)))
            if defines:
                self.define(target, value, self.span(target))
            else:
                self._place(target)(value)

    # -- loops and jumps ---------------------------------------------------------------------------

    def _for(self, node: Node) -> None:
        label = self._take_label()
        self.push_scope()
        clause = next((c for c in children(node) if c.kind_id != BLOCK), None)
        if clause is not None and clause.kind_id == RANGE_CLAUSE:
            self._range_loop(node, clause, label)
        else:
            self._plain_loop(node, clause, label)
        self.pop_scope()

    def _plain_loop(self, node: Node, clause: Node | None, label: str) -> None:
        span = self.span(node)
        three = clause is not None and clause.kind_id == FOR_CLAUSE
        done = self.new_block()
        initializer = clause.child_by_field_id(INITIALIZER) if three and clause is not None else None
        outer = self.loop
        if initializer is not None:
            self.loop = len(self.loops) if self.body.per_iteration else outer
            self.statement(initializer)
            self.loop = outer
        header = self.begin_loop("for", span)
        self.jump(header, span)
        body, update = self.new_block(), self.new_block()
        self.enter(header)
        condition = clause.child_by_field_id(CONDITION) if three and clause is not None else clause
        if condition is not None:
            self.end(ir.If(self.expression(condition), span), body, done)
        else:
            self.jump(body, span)
        self._loop_body(node, label, body, update, done)
        self.enter(update)
        step = clause.child_by_field_id(UPDATE) if three and clause is not None else None
        if step is not None:
            self.statement(step)
        self.jump(header, span)
        self.end_loop()
        self.enter(done)

    def _range_loop(self, node: Node, clause: Node, label: str) -> None:
        span = self.span(node)
        over = self.expression(clause.child_by_field_id(RIGHT))
        start = self.emit(ir.Range(over, self.span(clause)))
        done = self.new_block()
        outer = self.loop
        header = self.begin_loop("range", span)
        self.jump(header, span)
        body = self.new_block()
        self.enter(header)
        step = self.emit(ir.Next(start, self.span(clause)))
        self.end(ir.If(step, span), body, done)
        self.enter(body)
        self._range_variables(clause, step, self.loop if self.body.per_iteration else outer)
        inner = self.new_block()
        self.jump(inner, span)
        self._loop_body(node, label, inner, header, done)
        self.end_loop()
        self.enter(done)

    def _range_variables(self, clause: Node, step: int, loop: int) -> None:
        left = _listed(clause.child_by_field_id(LEFT))
        defines = any(not c.is_named and c.type == ":=" for c in clause.children)
        for index, target in enumerate(left):
            if self.text(target) == "_":
                continue
            value = self.emit(ir.Extract(step, index, self.span(target)))
            if defines:
                self.define(target, value, self.span(target), loop)
            else:
                self._place(target)(value)

    def _loop_body(self, node: Node, label: str, body: _Block, again: _Block, done: _Block) -> None:
        self._targets.append(_Target(label, done, again))
        self.enter(body)
        block = node.child_by_field_id(BODY)
        if block is not None:
            self._scoped_block(block)
        self.jump(again, self.span(node))
        self._targets.pop()

    def _labeled(self, node: Node) -> None:
        label = node.child_by_field_id(LABEL)
        name = self.text(label) if label is not None else ""
        block = self._label_block(name)
        self.jump(block, self.span(node))
        self.enter(block)
        rest = [c for c in children(node) if c.kind_id != LABEL_NAME]
        for statement in rest:
            self._label = name if statement.kind_id in (FOR, SWITCH, TYPE_SWITCH, SELECT) else ""
            self.statement(statement)

    def _label_block(self, name: str) -> _Block:
        return self._labels.setdefault(name, self.new_block())

    def _take_label(self) -> str:
        label, self._label = self._label, ""
        return label

    def _break(self, node: Node) -> None:
        self._leave(node, lambda target: target.out)

    def _continue(self, node: Node) -> None:
        self._leave(node, lambda target: target.again)

    def _leave(self, node: Node, where: Callable[[_Target], _Block | None]) -> None:
        named = children(node)
        label = self.text(named[0]) if named else ""
        for target in reversed(self._targets):
            block = where(target)
            if block is not None and label in ("", target.label):
                self.end_unreachable(ir.Jump(self.span(node)), block)
                return

    def _goto(self, node: Node) -> None:
        named = children(node)
        if named:
            self.end_unreachable(ir.Jump(self.span(node)), self._label_block(self.text(named[0])))


def _listed(node: Node | None) -> list[Node]:
    if node is None:
        return []
    return children(node) if node.kind_id == EXPRESSION_LIST else [node]


def _call_of(node: Node) -> Node:
    inner = children(node)[0]
    while inner.kind_id == PARENTHESES:
        inner = children(inner)[0]
    return inner


def _slice_of(type_: Type) -> Type:
    return Slice(type_)


_RULES: dict[int, Callable[[Statements, Node], None]] = {
    kind("expression_statement"): Statements._expression_statement, kind("go_statement"): Statements._go,
    kind("defer_statement"): Statements._defer, SEND: Statements._send, kind("return_statement"): Statements._return,
    kind("short_var_declaration"): Statements._short_var, kind("assignment_statement"): Statements._assignment,
    kind("inc_statement"): Statements._increment, kind("dec_statement"): Statements._decrement,
    kind("var_declaration"): Statements._var_declaration, kind("if_statement"): Statements._if,
    SWITCH: Statements._switch, TYPE_SWITCH: Statements._type_switch, SELECT: Statements._select,
    FOR: Statements._for, BLOCK: Statements._scoped_block, kind("labeled_statement"): Statements._labeled,
    kind("break_statement"): Statements._break, kind("continue_statement"): Statements._continue,
    kind("goto_statement"): Statements._goto, FALLTHROUGH: Statements._fallthrough,
    STATEMENTS: Statements.statements,
}
