"""Branches: if chains, switches, type switches and selects, each clause a block of its own."""

from __future__ import annotations

from typing import NamedTuple

from tree_sitter import Node

from govet_py.model import ir
from govet_py.model.types import Type
from govet_py.syntax.assignments import Assignments, listed
from govet_py.syntax.builder import BlockBuilder, BodyBuilder, Builder
from govet_py.syntax.expressions import LEFT, OPERAND, PARENTHESES, RIGHT, UNARY, VALUE
from govet_py.syntax.grammar import children, field, kind

CONDITION, CONSEQUENCE, ALTERNATIVE, INITIALIZER, ALIAS, COMMUNICATION, CHANNEL = (
    field("condition"),
    field("consequence"),
    field("alternative"),
    field("initializer"),
    field("alias"),
    field("communication"),
    field("channel"),
)
STATEMENTS, DEFAULT, CASE, TYPE_CASE, COMM_CASE, SEND, RECEIVE = (
    kind("statement_list"),
    kind("default_case"),
    kind("expression_case"),
    kind("type_case"),
    kind("communication_case"),
    kind("send_statement"),
    kind("receive_statement"),
)


class Target(NamedTuple):
    """Where break and continue go; `again` is None for statements that cannot be continued."""

    label: str
    out: BlockBuilder
    again: BlockBuilder | None


class Branches(Assignments):
    """Lowers branching statements; `statement` and `scoped_block` are given by `statements`."""

    def __init__(self, body: BodyBuilder, parent: Builder | None, name: str) -> None:
        super().__init__(body, parent, name)
        self.targets: list[Target] = []
        self.fall: BlockBuilder | None = None
        self.label = ""

    def statement(self, node: Node) -> None:
        """Lowers any statement."""
        raise NotImplementedError

    def statements(self, node: Node) -> None:
        """Lowers a statement list."""
        raise NotImplementedError

    def scoped_block(self, node: Node) -> None:
        """Lowers a block in a scope of its own."""
        raise NotImplementedError

    def take_label(self) -> str:
        """The label of the statement that begins here, if any."""
        label, self.label = self.label, ""
        return label

    def _if(self, node: Node) -> None:
        depth = 0
        done = self.new_block()
        at: Node | None = node
        while at is not None and at.kind_id == node.kind_id:
            if at.child_by_field_id(INITIALIZER) is not None:
                self.push_scope()
                depth += 1
            at = self._one_if(at, done)
        if at is not None:
            self.scoped_block(at)
        self.jump(done, self.span(node))
        self.enter(done)
        for _ in range(depth):
            self.pop_scope()

    def _one_if(self, node: Node, done: BlockBuilder) -> Node | None:
        """One condition of an else-if chain; gives the alternative."""
        initializer = node.child_by_field_id(INITIALIZER)
        if initializer is not None:
            self.statement(initializer)
        condition = self.expression(node.child_by_field_id(CONDITION))
        then, other = self.new_block(), self.new_block()
        self.end(ir.If(condition), self.span(node), then, other)
        self.enter(then)
        consequence = node.child_by_field_id(CONSEQUENCE)
        if consequence is not None:
            self.scoped_block(consequence)
        self.jump(done, self.span(node))
        self.enter(other)
        return node.child_by_field_id(ALTERNATIVE)

    def _switch(self, node: Node) -> None:
        label = self.take_label()
        self.push_scope()
        initializer = node.child_by_field_id(INITIALIZER)
        if initializer is not None:
            self.statement(initializer)
        tag_node = node.child_by_field_id(VALUE)
        tag = self.expression(tag_node) if tag_node is not None else ir.NONE
        clauses = [c for c in children(node) if c.kind_id in (CASE, DEFAULT)]
        cases = [tuple(self.expression(e) for e in listed(c.child_by_field_id(VALUE))) for c in clauses]
        done = self.new_block()
        blocks = [self.new_block() for _ in clauses]
        succs = blocks if any(c.kind_id == DEFAULT for c in clauses) else [*blocks, done]
        self.end(ir.Switch(tag, tuple(cases)), self.span(node), *succs)
        self.targets.append(Target(label, done, None))
        for index, clause in enumerate(clauses):
            self.fall = blocks[index + 1] if index + 1 < len(blocks) else None
            self._clause(clause, blocks[index], done)
        self.targets.pop()
        self.enter(done)
        self.pop_scope()

    def _clause(self, clause: Node, block: BlockBuilder, done: BlockBuilder) -> None:
        self.enter(block)
        self.push_scope()
        fall = self.fall
        for child in children(clause):
            if child.kind_id == STATEMENTS:
                for one in children(child):
                    self.fall = fall
                    self.statement(one)
        self.pop_scope()
        self.jump(done, self.span(clause))

    def _fallthrough(self, node: Node) -> None:
        if self.fall is not None:
            self.jump(self.fall, self.span(node))

    def _type_switch(self, node: Node) -> None:
        label = self.take_label()
        self.push_scope()
        initializer = node.child_by_field_id(INITIALIZER)
        if initializer is not None:
            self.statement(initializer)
        tag = self.expression(node.child_by_field_id(VALUE))
        alias = listed(node.child_by_field_id(ALIAS))
        clauses = [c for c in children(node) if c.kind_id in (TYPE_CASE, DEFAULT)]
        cases = [self._clause_types(c) for c in clauses]
        done = self.new_block()
        blocks = [self.new_block() for _ in clauses]
        succs = blocks if any(c.kind_id == DEFAULT for c in clauses) else [*blocks, done]
        self.end(ir.TypeSwitch(tag, tuple(cases)), self.span(node), *succs)
        self.targets.append(Target(label, done, None))
        for clause, types, block in zip(clauses, cases, blocks, strict=True):
            self._type_clause(clause, types, block, done, alias, tag)
        self.targets.pop()
        self.enter(done)
        self.pop_scope()

    def _clause_types(self, clause: Node) -> tuple[Type | None, ...]:
        found: list[Type | None] = []
        for node in clause.children_by_field_name("type"):
            if node.is_named:
                found.append(None if self.text(node) == "nil" else self.body.types.read(node))
        return tuple(found)

    def _type_clause(
        self,
        clause: Node,
        types: tuple[Type | None, ...],
        block: BlockBuilder,
        done: BlockBuilder,
        alias: list[Node],
        tag: int,
    ) -> None:
        self.enter(block)
        self.push_scope()
        if alias:
            span = self.span(alias[0])
            single = types[0] if len(types) == 1 else None
            value = tag if single is None else self.emit(ir.TypeAssert(tag, single), span)
            self.define(alias[0], value, span)
        for child in children(clause):
            if child.kind_id == STATEMENTS:
                self.fall = None
                self.statements(child)
        self.pop_scope()
        self.jump(done, self.span(clause))

    def _select(self, node: Node) -> None:
        label = self.take_label()
        clauses = [c for c in children(node) if c.kind_id in (COMM_CASE, DEFAULT)]
        communications = [c for c in clauses if c.kind_id == COMM_CASE]
        cases = tuple(self._communication(c.child_by_field_id(COMMUNICATION)) for c in communications)
        done = self.new_block()
        ordered = [*communications, *(c for c in clauses if c.kind_id == DEFAULT)]
        blocks = [self.new_block() for _ in ordered]
        select = len(self.code)
        self.end(ir.Select(cases, len(ordered) > len(cases)), self.span(node), *blocks)
        self.targets.append(Target(label, done, None))
        for index, (clause, block) in enumerate(zip(ordered, blocks, strict=True)):
            self.enter(block)
            self.push_scope()
            self._received(clause.child_by_field_id(COMMUNICATION), select, index)
            for child in children(clause):
                if child.kind_id == STATEMENTS:
                    self.statements(child)
            self.pop_scope()
            self.jump(done, self.span(clause))
        self.targets.pop()
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
        left = listed(node.child_by_field_id(LEFT)) if node is not None and node.kind_id == RECEIVE else []
        if not left or node is None:
            return
        defines = any(not c.is_named and c.type == ":=" for c in node.children)
        for offset, target in enumerate(left):
            if self.text(target) == "_":
                continue
            value = self.emit(ir.Extract(select, 2 * index + offset), self.span(node))
            if defines:
                self.define(target, value, self.span(target))
            else:
                self._place(target)(value)
