"""Mistakes with channels: too little room, sends that drop or never end, closes that are missing or come twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tree_sitter import Node

from mutation.golang import (
    FUNCTIONS,
    arguments,
    before,
    behind,
    call_in,
    callee,
    declaration_of,
    deleted,
    enclosing,
    field,
    following,
    function_of,
    in_loop,
    is_started,
    items,
    method_call,
    preceding,
    replaced,
    statements,
    walk,
)
from mutation.model import Change, Source

_SMALL = 9
_TOKENS = ("struct{}", "bool", "error", "time.Time", "os.Signal")


@cache
def _makes(source: Source) -> tuple[tuple[Node, str, str, Node | None], ...]:
    """Every make of a channel: the call, the last word of what it is assigned to, the element type, the capacity."""
    return tuple(_found_makes(source))


def _found_makes(source: Source) -> Iterator[tuple[Node, str, str, Node | None]]:
    for call in source.of("call_expression"):
        given = arguments(call)
        if callee(source, call) != "make" or not given or given[0].type != "channel_type":
            continue
        element = source.text(field(given[0], "value"))
        yield call, _holder(source, call), element, given[1] if len(given) > 1 else None


def _holder(source: Source, call: Node) -> str:
    holder = enclosing(call, ("short_var_declaration", "assignment_statement", "keyed_element", "var_spec", "block"))
    if holder is None or holder.type == "block":
        return ""
    left = (
        holder.named_children[0] if holder.type == "keyed_element" else field(holder, "left") or field(holder, "name")
    )
    return source.text(left).rpartition(".")[2]


def _last(source: Source, node: Node | None) -> str:
    return source.text(node).rpartition(".")[2]


def send_drops(source: Source) -> Iterator[Change]:
    """A send that waits for room drops when there is none. The channel has little room, what is sent is news (no
    token, no error), and several goroutines send: the send is in a function or goroutine that a loop starts."""
    small = {
        holder
        for one in source.package
        for _, holder, element, room in _makes(one)
        if element not in _TOKENS and (room is None or _number(one, room) <= _SMALL)
    }
    started = _started_in_loops(source)
    for send in source.of("send_statement"):
        channel, function, declared = field(send, "channel"), function_of(send), declaration_of(send)
        if channel is None or function is None or declared is None or _last(source, channel) not in small:
            continue
        if send.parent is None or send.parent.type != "statement_list" or not source.text(channel).count("."):
            continue
        many = (
            in_loop(function) is not None
            if function.type == "func_literal"
            else source.text(field(declared, "name")) in started
        )
        if many:
            yield Change(send, (before(send, "select { case "), behind(send, ": default: }")))


def _started_in_loops(source: Source) -> set[str]:
    """The names of functions that goroutines started in loops call."""
    found = set()
    for one in source.package:
        for start in one.of("go_statement"):
            if in_loop(start) is not None:
                found |= {_last(one, field(node, "function")) for node in walk(start) if node.type == "call_expression"}
    return found


def _number(source: Source, node: Node) -> int:
    text = source.text(node)
    return int(text) if text.isdigit() else _SMALL + 1


def room_shrunk(source: Source) -> Iterator[Change]:
    """A large or fitting capacity is 1, of a channel whose senders drop what finds no room."""
    dropping = {
        _last(one, field(field(case, "communication"), "channel"))
        for one in source.package
        for case in one.of("communication_case")
        if not items(case)
        and _default(case.parent) is not None
        and not items(_default(case.parent))
    }
    for call, holder, element, room in _makes(source):
        if room is not None and holder in dropping and element not in _TOKENS and _number(source, room) > _SMALL:
            yield Change(call, (replaced(source, room, "1"),))


def _default(select: Node | None) -> Node | None:
    if select is None:
        return None
    return next((one for one in select.named_children if one.type == "default_case"), None)


def drop_not_counted(source: Source) -> Iterator[Change]:
    """What found no room is neither counted nor handled. A pool or semaphore loses nothing, so somebody must range
    over the channel."""
    small = {
        holder
        for one in source.package
        for _, holder, element, room in _makes(one)
        if element not in _TOKENS and room is not None and _number(one, room) <= _SMALL
    }
    for select in source.of("select_statement"):
        default = _default(select)
        sends = [field(case, "communication") for case in select.named_children if case.type == "communication_case"]
        if default is None or not items(default) or len(sends) != 1 or sends[0] is None:
            continue
        if not _is_consumed(source, _last(source, field(sends[0], "channel"))):
            continue
        if sends[0].type == "send_statement" and _last(source, field(sends[0], "channel")) in small:
            yield Change(select, tuple(deleted(source, one) for one in items(default)))


def _is_consumed(source: Source, channel: str) -> bool:
    return any(
        _last(one, field(clause, "right")) == channel
        for one in source.package
        for clause in one.of("range_clause")
    )


def room_taken(source: Source) -> Iterator[Change]:
    """A result channel has no room any more, although its receiver may leave: it receives in a select with another
    way out, or returns in between."""
    for call, holder, _, room in _makes(source):
        function = function_of(call)
        given = arguments(call)
        if room is None or function is None or not holder or given[0].next_sibling is None:
            continue
        sends = [
            node
            for node in walk(function)
            if node.type == "send_statement" and _last(source, node.named_children[0]) == holder
        ]
        in_goroutines = [
            send
            for send in sends
            if _goroutine(send)
            and send.parent is not None
            and send.parent.type == "statement_list"
            and in_loop(send) is None
        ]
        if in_goroutines and len(sends) == len(in_goroutines) and _may_leave(source, function, holder):
            text = f"make({source.text(given[0])})"
            yield Change(call, (replaced(source, call, text),))


def _goroutine(node: Node) -> bool:
    literal = function_of(node)
    return literal is not None and literal.type == "func_literal" and is_started(literal)


def _may_leave(source: Source, function: Node, channel: str) -> bool:
    receives = [
        node
        for node in walk(function)
        if node.type == "unary_expression" and source.text(node) == f"<-{channel}" and function_of(node) == function
    ]
    for receive in receives:
        case = enclosing(receive, ("communication_case", *FUNCTIONS))
        if case is None or case.type != "communication_case" or case.parent is None or in_loop(case) is not None:
            continue
        others = [one for one in case.parent.named_children if one != case and one.type == "communication_case"]
        again = sum(one.start_byte > case.parent.end_byte for one in receives)
        if not again and any(f"<-{channel}" not in source.text(one) for one in others):
            return True
    return False


def send_cannot_give_up(source: Source) -> Iterator[Change]:
    """A select between a send and the end of a context is the send alone, and a receiver may leave its loop."""
    for select in source.of("select_statement"):
        cases = [one for one in select.named_children if one.type in ("communication_case", "default_case")]
        communications = [field(case, "communication") for case in cases]
        sends = [one for one in communications if one is not None and one.type == "send_statement"]
        done = [one for one in communications if one is not None and source.text(one).endswith(".Done()")]
        if len(cases) == 2 and len(sends) == len(done) == 1 and _goroutine(select) and _case_is_empty(cases, sends[0]):
            if not _receiver_may_leave(source, _last(source, field(sends[0], "channel"))):
                continue
            yield Change(select, (replaced(source, select, source.text(sends[0])),))


def _case_is_empty(cases: list[Node], send: Node) -> bool:
    return any(field(case, "communication") == send and not items(case) for case in cases)


def _receiver_may_leave(source: Source, channel: str) -> bool:
    for clause in source.of("range_clause"):
        loop = clause.parent
        if loop is not None and _last(source, field(clause, "right")) == channel:
            if any(node.type in ("return_statement", "break_statement") for node in walk(loop)):
                return True
    return False


def not_drained(source: Source) -> Iterator[Change]:
    """Nobody takes out what is left in a channel: a deferred drain is gone, or a receive on the way out. In a channel
    with room for it, what is left does no harm."""
    for loop in source.of("for_statement"):
        defer = enclosing(loop, ("defer_statement", "function_declaration", "method_declaration"))
        clause = next((one for one in loop.named_children if one.type == "range_clause"), None)
        sent = {_last(source, field(one, "channel")) for one in source.of("send_statement")}
        if clause is None or _last(source, field(clause, "right")) not in sent:
            continue
        if not items(field(loop, "body")) and defer is not None and defer.type == "defer_statement":
            yield Change(defer, (deleted(source, defer),))
    for case in source.of("communication_case"):
        first = items(case)[:1]
        if (
            source.text(field(case, "communication")).endswith(".Done()")
            and first
            and source.text(first[0]).startswith("<-")
            and not _has_room(source, source.text(first[0]).removeprefix("<-").strip())
        ):
            yield Change(case, (deleted(source, first[0]),))


def _has_room(source: Source, channel: str) -> bool:
    """Whether a channel of that name is made with room in the file."""
    name = channel.rpartition(".")[2]
    return any(holder == name and room is not None for _, holder, _, room in _makes(source))


def not_closed(source: Source) -> Iterator[Change]:
    """A channel over which somebody ranges in the same file, and that nobody else gets, is not closed any more."""
    ranged = {_last(source, field(clause, "right")) for clause in source.of("range_clause")}
    closes = _closes(source)
    for statement, channel in closes:
        name = channel.rpartition(".")[2]
        if name in ranged and sum(one.rpartition(".")[2] == name for _, one in closes) == 1:
            if any(holder == name for _, holder, _, _ in _makes(source)) and not _is_handed_on(source, name):
                yield Change(statement, (deleted(source, statement),))


def _is_handed_on(source: Source, name: str) -> bool:
    """Whether a channel is an argument of a call: others may close it."""
    return any(
        _last(source, given) == name
        for call in source.of("call_expression")
        if callee(source, call) not in ("close", "len", "cap")
        for given in arguments(call)
    )


def _closes(source: Source) -> list[tuple[Node, str]]:
    """The statements that close a channel, deferred or not, and the channel."""
    found = []
    for statement in source.of("expression_statement", "defer_statement"):
        call = call_in(statement)
        if callee(source, call) == "close" and len(arguments(call)) == 1:
            found.append((statement, source.text(arguments(call)[0])))
    return found


def closed_again(source: Source) -> Iterator[Change]:
    """A channel with a deferred close is closed by hand as well, on the last return; or a close in a branch that
    leaves does not leave any more, and the close after it follows. What a call returns is another one each time."""
    for statement, channel in _closes(source):
        if "(" in channel:
            continue
        function = function_of(statement)
        own = [] if function is None else statements(function)
        if statement.type == "defer_statement" and statement in own and own[-1] != statement:
            if own[-1].type == "return_statement":
                yield Change(statement, (before(own[-1], f"close({channel}); "),))
            elif field(function, "result") is None and own[-1].type != "for_statement":
                yield Change(statement, (behind(own[-1], f"; close({channel})"),))
        after = following(statement)
        branch = enclosing(statement, ("if_statement", "communication_case", *FUNCTIONS))
        if len(after) != 1 or after[0].type != "return_statement" or branch is None or branch.type in FUNCTIONS:
            continue
        later = any(
            one.start_byte > branch.end_byte and text == channel and function_of(one) == function
            for one, text in _closes(source)
        )
        if (later and branch.type == "if_statement") or (
            in_loop(statement) is not None and branch.type == "communication_case"
        ):
            yield Change(statement, (deleted(source, after[0]),))


def close_unguarded(source: Source) -> Iterator[Change]:
    """A close that sync.Once or a test guards is done every time: the Once is gone, or the mark that the test reads
    is not set."""
    for statement, _ in _closes(source):
        literal = function_of(statement)
        given = literal.parent if literal is not None and literal.type == "func_literal" else None
        once = given.parent if given is not None and given.type == "argument_list" else None
        if once is not None and literal is not None and callee(source, once).endswith(".Do"):
            yield Change(statement, (replaced(source, once, f"{source.text(literal)}()"),))
            continue
        test = enclosing(statement, ("if_statement", *FUNCTIONS))
        beside = [*preceding(statement), *following(statement)]
        if test is None or test.type != "if_statement":
            beside, condition = [*preceding(statement), *following(statement)], _early_test(source, statement)
        else:
            condition = source.text(field(test, "condition"))
        for mark in beside:
            left = source.text(field(mark, "left")) if mark.type == "assignment_statement" else ""
            if (
                left
                and re.search(rf"{re.escape(left)}\b", condition)
                and source.text(field(mark, "right")) in ("nil", "true", "false")
            ):
                yield Change(statement, (deleted(source, mark),))


def _early_test(source: Source, statement: Node) -> str:
    """The conditions of the tests in front of a statement that return."""
    tests = [one for one in preceding(statement) if one.type == "if_statement"]
    return " ".join(
        source.text(field(one, "condition"))
        for one in tests
        if [inner.type for inner in items(field(one, "consequence"))][-1:] == ["return_statement"]
    )


def closed_before_senders_end(source: Source) -> Iterator[Change]:
    """The wait for the senders in front of a close is gone."""
    for statement, channel in _closes(source):
        before_it = preceding(statement)[:1]
        function = declaration_of(statement)
        if not before_it or function is None or method_call(source, before_it[0], "Wait") is None:
            continue
        sends = [
            one
            for one in walk(function)
            if one.type == "send_statement" and source.text(field(one, "channel")) == channel
        ]
        if any(_goroutine(one) for one in sends):
            yield Change(statement, (deleted(source, before_it[0]),))
