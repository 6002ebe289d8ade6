"""Functions and their statements: the top of the lowering, over loops, branches, assignments, expressions."""

from __future__ import annotations

from collections.abc import Callable

from tree_sitter import Node

from govet_py.model import ir
from govet_py.model.types import Func, Slice
from govet_py.syntax.assignments import EXPRESSION_LIST
from govet_py.syntax.branches import CHANNEL, SEND, STATEMENTS, Target
from govet_py.syntax.builder import BlockBuilder, BodyBuilder, Builder
from govet_py.syntax.expressions import (
    ARGUMENTS,
    BODY,
    FUNCTION,
    IDENTIFIER,
    NAME,
    PARENTHESES,
    SELECTOR,
    TYPE,
    VALUE,
)
from govet_py.syntax.grammar import children, field, kind
from govet_py.syntax.loops import BLOCK, Loops
from govet_py.syntax.queries import captures
from govet_py.syntax.typeexprs import PARAMETER, PARAMETERS, VARIADIC

LABEL, RESULT = field("label"), field("result")
LABELED, FALLTHROUGH, FOR, SWITCH, TYPE_SWITCH, SELECT = (
    kind("labeled_statement"),
    kind("fallthrough_statement"),
    kind("for_statement"),
    kind("expression_switch_statement"),
    kind("type_switch_statement"),
    kind("select_statement"),
)
NUMBERS = frozenset("int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 float32 float64".split())


class Statements(Loops):
    """Lowers one function."""

    def __init__(self, body: BodyBuilder, parent: Builder | None, name: str) -> None:
        super().__init__(body, parent, name)
        self._last_gotos: dict[str, int] = {}
        self._goto_loops: list[int] = []
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
            self._find_gotos(body)
            self.block(body)
        self.finish(signature, self.span(node))

    def _parameters(self, node: Node, kind: ir.VarKind, into: list[int]) -> None:
        for declaration in children(node):
            if declaration.kind_id not in (PARAMETER, VARIADIC):
                continue
            type_ = self.body.types.read(declaration.child_by_field_id(TYPE))
            if declaration.kind_id == VARIADIC:
                type_ = Slice(type_)
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
        around = len(self._goto_loops)
        for child in children(node):
            self.statement(child)
            while len(self._goto_loops) > around and child.end_byte > self._goto_loops[-1]:
                self._end_goto_loop(child)
        while len(self._goto_loops) > around:
            self._end_goto_loop(node)

    def statement(self, node: Node) -> None:
        """Lowers a statement; in dead code only a label can bring control back."""
        rule = _RULES.get(node.kind_id)
        if rule is not None and (not self.is_dead or node.kind_id == LABELED):
            rule(self, node)

    def scoped_block(self, node: Node) -> None:
        self.push_scope()
        self.block(node)
        self.pop_scope()

    def _expression_statement(self, node: Node) -> None:
        for child in children(node):
            register = self.expression(child)
            if self.stops(register):
                self.end(ir.Stop(), self.span(node))

    def _go(self, node: Node) -> None:
        self.call(_call_of(node), ir.Mode.GO, self.span(node))

    def _defer(self, node: Node) -> None:
        self.call(_call_of(node), ir.Mode.DEFER, self.span(node))

    def _send(self, node: Node) -> None:
        channel = self.expression(node.child_by_field_id(CHANNEL))
        value = self.expression(node.child_by_field_id(VALUE))
        self.emit(ir.Send(channel, value), self.span(node))

    def _return(self, node: Node) -> None:
        listed = [e for c in children(node) for e in (children(c) if c.kind_id == EXPRESSION_LIST else [c])]
        span = self.span(node)
        registers = self._values_in_order(listed) if len(listed) > 1 else [self.expression(e) for e in listed]
        if not listed and self.results:
            registers = [self.emit(ir.Load(var), span) for var in self.results]
        self.end(ir.Return(tuple(registers)), span)

    def _values_in_order(self, listed: list[Node]) -> list[int]:
        """The values of a list. The spec leaves open when a variable is read; gc reads it after all calls."""
        late = [self._is_plain_read(node) for node in listed]
        registers = [ir.NONE if late[at] else self.expression(node) for at, node in enumerate(listed)]
        return [self.expression(listed[at]) if late[at] else register for at, register in enumerate(registers)]

    def _is_plain_read(self, node: Node) -> bool:
        """Whether an expression only reads a variable, perhaps one field of it or as another number."""
        if node.kind_id in (SELECTOR, PARENTHESES):
            return self._is_plain_read(children(node)[0])
        function, given = node.child_by_field_id(FUNCTION), node.child_by_field_id(ARGUMENTS)
        if function is not None and given is not None and self.text(function) in NUMBERS:
            return [self._is_plain_read(argument) for argument in children(given)] == [True]
        return node.kind_id == IDENTIFIER

    # -- labels and jumps --------------------------------------------------------------------------

    def _labeled(self, node: Node) -> None:
        label = node.child_by_field_id(LABEL)
        name = self.text(label) if label is not None else ""
        block = self._label_block(name)
        if block.start >= 0:  # the label stands there twice: no Go, but no crash
            block = self.new_block()
        self.jump(block, self.span(node))
        last = self._last_gotos.get(name, -1)
        if last >= node.start_byte:
            block.reached = True
            self.begin_loop("goto", self.span(node), block)
            self._goto_loops.append(last)
        block.loop = self.loop
        self.enter(block)
        for statement in children(node):
            self.label = name if statement.kind_id in (FOR, SWITCH, TYPE_SWITCH, SELECT) else ""
            self.statement(statement)

    def _label_block(self, name: str) -> BlockBuilder:
        return self.labels.setdefault(name, self.new_block())

    def _find_gotos(self, body: Node) -> None:
        """A goto to a label before it makes a loop, that ends with the last such goto."""
        if self.source.find(b"goto", body.start_byte, body.end_byte) >= 0:
            for label in captures("gotos", body).get("label", ()):
                name = self.text(label)
                self._last_gotos[name] = max(label.start_byte, self._last_gotos.get(name, 0))

    def _end_goto_loop(self, node: Node) -> None:
        self._goto_loops.pop()
        self.end_loop()
        after = self.new_block()
        self.jump(after, self.span(node))
        self.enter(after)

    def _break(self, node: Node) -> None:
        self._leave(node, lambda target: target.out)

    def _continue(self, node: Node) -> None:
        self._leave(node, lambda target: target.again)

    def _leave(self, node: Node, where: Callable[[Target], BlockBuilder | None]) -> None:
        named = children(node)
        label = self.text(named[0]) if named else ""
        for target in reversed(self.targets):
            block = where(target)
            if block is not None and label in ("", target.label):
                self.jump(block, self.span(node))
                return

    def _goto(self, node: Node) -> None:
        named = children(node)
        if named:
            self.jump(self._label_block(self.text(named[0])), self.span(node))


def _call_of(node: Node) -> Node:
    inner = children(node)[0]
    while inner.kind_id == PARENTHESES:
        inner = children(inner)[0]
    return inner


_RULES: dict[int, Callable[[Statements, Node], None]] = {
    kind("expression_statement"): Statements._expression_statement,
    kind("go_statement"): Statements._go,
    kind("defer_statement"): Statements._defer,
    SEND: Statements._send,
    kind("return_statement"): Statements._return,
    kind("short_var_declaration"): Statements._short_var,
    kind("assignment_statement"): Statements._assignment,
    kind("inc_statement"): Statements._increment,
    kind("dec_statement"): Statements._decrement,
    kind("var_declaration"): Statements._var_declaration,
    kind("const_declaration"): Statements._const_declaration,
    kind("type_declaration"): Statements._type_declaration,
    kind("if_statement"): Statements._if,
    SWITCH: Statements._switch,
    TYPE_SWITCH: Statements._type_switch,
    SELECT: Statements._select,
    FOR: Statements._for,
    BLOCK: Statements.scoped_block,
    LABELED: Statements._labeled,
    kind("break_statement"): Statements._break,
    kind("continue_statement"): Statements._continue,
    kind("goto_statement"): Statements._goto,
    FALLTHROUGH: Statements._fallthrough,
    STATEMENTS: Statements.statements,
}
