"""Statements become the blocks that they should; variables and functions know where they belong."""

from __future__ import annotations

import pytest

from govet_py.model import ir
from govet_py.model.types import Slice, TypeName
from lowering import flat, lowered, read, spelt, var, well_formed, words

STATEMENTS = {
    "if": ("""
        if x := f(); x > 1 { a() } else if y := g(); y { b(x) } else { c(y) }
        d()
    """, """
        b0 -> b1 b2 | r0 name f | r1 call r0() | r2 x := r1 | r3 x | r4 1 | r5 r3 > r4 | r6 if r5
        b1 -> b5 | r7 name a | r8 call r7() | r9 jump
        b2 -> b3 b4 | r10 name g | r11 call r10() | r12 y := r11 | r13 y | r14 if r13
        b3 -> b5 | r15 name b | r16 x | r17 call r15(r16) | r18 jump
        b4 -> b5 | r19 name c | r20 y | r21 call r19(r20) | r22 jump
        b5 | r23 name d | r24 call r23() | r25 return
    """),
    "if that returns": ("""
        if a { return }
        b()
    """, """
        b0 -> b1 b2 | r0 name a | r1 if r0
        b1 | r2 return
        b2 -> b3 | r3 jump
        b3 | r4 name b | r5 call r4() | r6 return
    """),
    "for ever": ("""
        for { a() }
    """, """
        b0 -> b1 | r0 jump
        b1 loop 0 -> b2 | r1 jump
        b2 loop 0 -> b3 | r2 name a | r3 call r2() | r4 jump
        b3 loop 0 -> b1 | r5 jump
    """),
    "for condition": ("""
        for a { b() }
        c()
    """, """
        b0 -> b1 | r0 jump
        b1 loop 0 -> b2 b4 | r1 name a | r2 if r1
        b2 loop 0 -> b3 | r3 name b | r4 call r3() | r5 jump
        b3 loop 0 -> b1 | r6 jump
        b4 | r7 name c | r8 call r7() | r9 return
    """),
    "for clause": ("""
        for i := 0; i < n; i++ { if a { continue }; b(i) }
    """, """
        b0 -> b1 | r0 0 | r1 i := r0 | r2 jump
        b1 loop 0 -> b2 b7 | r3 i | r4 name n | r5 r3 < r4 | r6 if r5
        b2 loop 0 -> b3 b4 | r7 name a | r8 if r7
        b3 loop 0 -> b6 | r9 jump
        b4 loop 0 -> b5 | r10 jump
        b5 loop 0 -> b6 | r11 name b | r12 i | r13 call r11(r12) | r14 jump
        b6 loop 0 -> b1 | r15 i | r16 1 | r17 r15 + r16 | r18 i := r17 | r19 jump
        b7 | r20 return
    """),
    "range key value": ("""
        for k, v := range m { f(k, v) }
    """, """
        b0 -> b1 | r0 name m | r1 range r0 | r2 jump
        b1 loop 0 -> b2 b3 | r3 next r1 | r4 if r3
        b2 loop 0 -> b1 | r5 extract r3 0 | r6 k := r5 | r7 extract r3 1 | r8 v := r7 | r9 name f | r10 k | r11 v |
            r12 call r9(r10, r11) | r13 jump
        b3 | r14 return
    """),
    "range assigned": ("""
        for p.f = range m { }
    """, """
        b0 -> b1 | r0 name m | r1 range r0 | r2 jump
        b1 loop 0 -> b2 b3 | r3 next r1 | r4 if r3
        b2 loop 0 -> b1 | r5 extract r3 0 | r6 name p | r7 r6.f = r5 | r8 jump
        b3 | r9 return
    """),
    "range nothing": ("""
        for range c { f() }
    """, """
        b0 -> b1 | r0 name c | r1 range r0 | r2 jump
        b1 loop 0 -> b2 b3 | r3 next r1 | r4 if r3
        b2 loop 0 -> b1 | r5 name f | r6 call r5() | r7 jump
        b3 | r8 return
    """),
    "range integer": ("""
        for i := range 10 { f(i) }
    """, """
        b0 -> b1 | r0 10 | r1 range r0 | r2 jump
        b1 loop 0 -> b2 b3 | r3 next r1 | r4 if r3
        b2 loop 0 -> b1 | r5 extract r3 0 | r6 i := r5 | r7 name f | r8 i | r9 call r7(r8) | r10 jump
        b3 | r11 return
    """),
    "range blank key": ("""
        for _, v := range s { f(v) }
    """, """
        b0 -> b1 | r0 name s | r1 range r0 | r2 jump
        b1 loop 0 -> b2 b3 | r3 next r1 | r4 if r3
        b2 loop 0 -> b1 | r5 extract r3 1 | r6 v := r5 | r7 name f | r8 v | r9 call r7(r8) | r10 jump
        b3 | r11 return
    """),
    "break out of labels": ("""
        outer:
        for a { for b { if c { break outer }; continue outer } }
        d()
    """, """
        b0 -> b1 | r0 jump
        b1 -> b2 | r1 jump
        b2 loop 0 -> b3 b11 | r2 name a | r3 if r2
        b3 loop 0 -> b4 | r4 jump
        b4 loop 1 -> b5 b9 | r5 name b | r6 if r5
        b5 loop 1 -> b6 b7 | r7 name c | r8 if r7
        b6 loop 1 -> b11 | r9 jump
        b7 loop 1 -> b8 | r10 jump
        b8 loop 1 -> b10 | r11 jump
        b9 loop 0 -> b10 | r12 jump
        b10 loop 0 -> b2 | r13 jump
        b11 | r14 name d | r15 call r14() | r16 return
    """),
    "switch": ("""
        switch x := f(); x {
        case 1, 2: a()
        case 3: b(); fallthrough
        default: c()
        case 4: if d { break }; e()
        }
        g()
    """, """
        b0 -> b1 b2 b3 b4 | r0 name f | r1 call r0() | r2 x := r1 | r3 x | r4 1 | r5 2 | r6 3 | r7 4 | r8 switch r3
            [r4, r5] [r6] [] [r7]
        b1 -> b8 | r9 name a | r10 call r9() | r11 jump
        b2 -> b3 | r12 name b | r13 call r12() | r14 jump
        b3 -> b8 | r15 name c | r16 call r15() | r17 jump
        b4 -> b5 b6 | r18 name d | r19 if r18
        b5 -> b8 | r20 jump
        b6 -> b7 | r21 jump
        b7 -> b8 | r22 name e | r23 call r22() | r24 jump
        b8 | r25 name g | r26 call r25() | r27 return
    """),
    "switch without tag": ("""
        switch {
        case a: return
        case b: c()
        }
    """, """
        b0 -> b1 b2 b3 | r0 name a | r1 name b | r2 switch [r0] [r1]
        b1 | r3 return
        b2 -> b3 | r4 name c | r5 call r4() | r6 jump
        b3 | r7 return
    """),
    "type switch": ("""
        switch v := x.(type) {
        case int: f(v)
        case string, nil: g(v)
        case nil: n(v)
        default: h(v)
        }
    """, """
        b0 -> b1 b2 b3 b4 | r0 name x | r1 typeswitch r0 [int] [string, nil] [nil] []
        b1 -> b5 | r2 r0.(int) | r3 v#0 := r2 | r4 name f | r5 v#0 | r6 call r4(r5) | r7 jump
        b2 -> b5 | r8 v#1 := r0 | r9 name g | r10 v#1 | r11 call r9(r10) | r12 jump
        b3 -> b5 | r13 v#2 := r0 | r14 name n | r15 v#2 | r16 call r14(r15) | r17 jump
        b4 -> b5 | r18 v#3 := r0 | r19 name h | r20 v#3 | r21 call r19(r20) | r22 jump
        b5 | r23 return
    """),
    "type switch without variable": ("""
        switch x.(type) { case *T: f() }
    """, """
        b0 -> b1 b2 | r0 name x | r1 typeswitch r0 [*T]
        b1 -> b2 | r2 name f | r3 call r2() | r4 jump
        b2 | r5 return
    """),
    "select": ("""
        select {
        case v, ok := <-a: f(v, ok)
        case b <- x: g()
        case p.f = <-c:
        case <-d: return
        default: h()
        }
        k()
    """, """
        b0 -> b1 b2 b3 b4 b5 | r0 name a | r1 name b | r2 name x | r3 name c | r4 name d | r5 select [<-r0] [r1 <-
            r2] [<-r3] [<-r4] default
        b1 -> b6 | r6 extract r5 0 | r7 v := r6 | r8 extract r5 1 | r9 ok := r8 | r10 name f | r11 v | r12 ok | r13
            call r10(r11, r12) | r14 jump
        b2 -> b6 | r15 name g | r16 call r15() | r17 jump
        b3 -> b6 | r18 extract r5 4 | r19 name p | r20 r19.f = r18 | r21 jump
        b4 | r22 return
        b5 -> b6 | r23 name h | r24 call r23() | r25 jump
        b6 | r26 name k | r27 call r26() | r28 return
    """),
    "select for ever": ("""
        select {}
        f()
    """, """
        b0 | r0 select
    """),
    "goto forward": ("""
        if a { goto done }
        b()
        done:
        c()
    """, """
        b0 -> b1 b2 | r0 name a | r1 if r0
        b1 -> b4 | r2 jump
        b2 -> b3 | r3 jump
        b3 -> b4 | r4 name b | r5 call r4() | r6 jump
        b4 | r7 name c | r8 call r7() | r9 return
    """),
    "goto back": ("""
        again:
        a()
        if b { goto again }
        c()
    """, """
        b0 -> b1 | r0 jump
        b1 loop 0 -> b2 b3 | r1 name a | r2 call r1() | r3 name b | r4 if r3
        b2 loop 0 -> b1 | r5 jump
        b3 loop 0 -> b4 | r6 jump
        b4 loop 0 -> b5 | r7 jump
        b5 | r8 name c | r9 call r8() | r10 return
    """),
    "goto around a loop": ("""
        for a { if b { goto out } }
        out:
        return
    """, """
        b0 -> b1 | r0 jump
        b1 loop 0 -> b2 b7 | r1 name a | r2 if r1
        b2 loop 0 -> b3 b4 | r3 name b | r4 if r3
        b3 loop 0 -> b8 | r5 jump
        b4 loop 0 -> b5 | r6 jump
        b5 loop 0 -> b6 | r7 jump
        b6 loop 0 -> b1 | r8 jump
        b7 -> b8 | r9 jump
        b8 | r10 return
    """),
    "panic": ("""
        if a { panic("no") }
        os.Exit(1)
        b()
    """, """
        b0 -> b1 b2 | r0 name a | r1 if r0
        b1 | r2 name panic | r3 "no" | r4 call r2(r3) | r5 stop
        b2 -> b3 | r6 jump
        b3 | r7 name os | r8 r7.Exit | r9 1 | r10 call r8(r9) | r11 stop
    """),
    "panic shadowed": ("""
        panic := f
        panic(1)
        b()
    """, """
        b0 | r0 name f | r1 panic := r0 | r2 panic | r3 1 | r4 call r2(r3) | r5 name b | r6 call r5() | r7 return
    """),
    "dead code": ("""
        return
        a()
        for { b() }
    """, """
        b0 | r0 return
    """),
}
"""By form: statements of Go, and the blocks they become."""


@pytest.mark.parametrize("form", STATEMENTS)
def test_statements(form: str) -> None:
    go, expected = STATEMENTS[form]
    body = lowered(go)
    assert words(flat(body)) == words(expected)
    assert well_formed(body)


# -- variables ------------------------------------------------------------------------------------


def test_captured_by_a_literal() -> None:
    body = lowered("a, b := 1, 2\ngo func() { a = 3; func() { _ = p }() }()\n_ = b", "func f(p int)")
    assert [(v.name, v.captured) for v in body.vars] == [("p", True), ("a", True), ("b", False)]


def test_a_variable_of_the_literal_is_not_captured() -> None:
    body = lowered("x := 1\nfunc() { x := 2; _ = x }()")
    assert [(v.name, v.owner, v.captured) for v in body.vars] == [("x", 0, False), ("x", 1, False)]


def test_a_field_key_captures_nothing() -> None:
    assert not var(lowered("ctx := 1\n_ = func() T { return T{ctx: 2} }"), "ctx").captured


@pytest.mark.parametrize("use", ["_ = &v", "_ = &v.f", "_ = &v[i]", "_ = &(v.f.g)", "func() { _ = &v }()"])
def test_addressed(use: str) -> None:
    assert var(lowered(f"var v T\n{use}"), "v").addressed


@pytest.mark.parametrize("use", ["_ = v", "_ = v.f", "v.f = 1", "_ = &T{v: v}", "_ = *v"])
def test_not_addressed(use: str) -> None:
    assert not var(lowered(f"var v T\n{use}"), "v").addressed


@pytest.mark.parametrize(("loop", "modern", "old"), [
    ("for i := 0; i < 3; i++ { }", 0, ir.NONE),
    ("for i := range 3 { }", 0, ir.NONE),
    ("for range c { i := 1; _ = i }", 0, 0),
    ("for a { for i := range 3 { } }", 1, 0),
    ("for a { for b := 0; ; { i := b; _ = i } }", 1, 1),
    ("again:\ni := 1\n_ = i\nif a { goto again }", 0, 0),
    ("for a { }\ni := 1\n_ = i", ir.NONE, ir.NONE),
    ("for a { func() { i := 1; _ = i }() }", ir.NONE, ir.NONE),
])
def test_the_loop_of_a_variable(loop: str, modern: int, old: int) -> None:
    assert var(lowered(loop), "i").loop == modern
    assert var(lowered(loop, go=(1, 21)), "i").loop == old


def test_loops_know_their_headers_and_parents() -> None:
    [function] = lowered("for a { for range c { } }\nagain:\nif b { goto again }").functions
    assert [(loop.kind, loop.parent) for loop in function.loops] == [("for", -1), ("range", 0), ("goto", -1)]
    headers = [function.blocks[loop.header] for loop in function.loops]
    assert [header.loop for header in headers] == [0, 1, 2]
    assert [type(function.code[header.end - 1]) for header in headers] == [ir.If, ir.If, ir.If]


def test_what_follows_a_goto_loop_is_outside() -> None:
    body = lowered("{\nagain:\na()\nif b { goto again }\nc()\n}\nd()")
    calls = [i for i, ins in enumerate(body.functions[0].code) if isinstance(ins, ir.Call)]
    loops = [next(b.loop for b in body.functions[0].blocks if b.start <= call < b.end) for call in calls]
    assert loops == [0, ir.NONE, ir.NONE]


def test_a_label_that_only_later_code_reaches_is_lowered() -> None:
    body = lowered("goto skip\ncheck:\na()\nskip:\nb()\nif c { goto check }")
    assert sum(isinstance(ins, ir.Call) for ins in body.functions[0].code) == 2


def test_a_goto_to_nowhere_stops() -> None:
    [function] = lowered("goto nowhere").functions
    assert [type(function.code[block.end - 1]) for block in function.blocks] == [ir.Jump, ir.Stop]


# -- functions ------------------------------------------------------------------------------------


def test_parameters_and_results() -> None:
    body = lowered("return", "func (s *S) m(a, b int, _ string, rest ...T) (n int, err error)")
    function = body.functions[0]
    assert [(body.vars[p].name, body.vars[p].kind.name) for p in function.params] == [
        ("s", "RECEIVER"), ("a", "PARAM"), ("b", "PARAM"), ("_", "PARAM"), ("rest", "PARAM"),
    ]
    assert var(body, "rest").type == Slice(TypeName("T"))
    assert [body.vars[r].name for r in function.results] == ["n", "err"]
    assert words(flat(body)) == words("b0 | r0 n | r1 err | r2 return r0, r1")
    assert function.name == "S.m"


def test_unnamed_parameters_have_variables() -> None:
    body = lowered("", "func (S) f(int, string) (T, error)")
    assert [(v.name, v.kind.name) for v in body.vars] == [("", "RECEIVER"), ("", "PARAM"), ("", "PARAM")]
    assert body.functions[0].results == ()


def test_parameters_and_the_body_are_one_scope() -> None:
    """Go spec, "Short variable declarations": those of the parameter lists are redeclared, not shadowed."""
    body = lowered("a, err := g()\nreturn", "func f() (err error)")
    assert [v.name for v in body.vars] == ["err", "a"]
    assert "err = r3" in flat(body)


def test_literals_are_named_and_numbered_as_met() -> None:
    body = lowered("func() { func() {}() }()\ng(func(x int) {})", "func (s S) m()")
    assert [(f.name, f.parent) for f in body.functions] == [("S.m", -1), ("S.m$1", 0), ("S.m$1$1", 1), ("S.m$2", 0)]


def test_initial_values_are_one_function() -> None:
    syntax = read("package p\n\nvar a, b = f()\nvar (\n\tc int\n\t_ = g(func() int { return a })\n\td = c\n)\n")
    assert syntax.initialiser is not None
    assert words(flat(syntax.initialiser)) == words("""
        b0 | r0 name f | r1 call r0() | r2 extract r1 0 | r3 extract r1 1 | r4 name a = r2 | r5 name b = r3
        | r6 name g | r7 closure 1 | r8 call r6(r7) | r9 name c | r10 name d = r9 | r11 return
        init$vars$1: b0 | r0 name a | r1 return r0
    """)
    assert [(v.name, v.init) for v in syntax.vars] == [("a", 2), ("b", 3), ("c", -1), ("_", 8), ("d", 9)]


def test_spans() -> None:
    go = "package p\n\nfunc f() {\n\tgo a.b(c)\n\tm[k] = <-x\n\tp.q++\n\tv := 1\n}\n"
    body = read(go).functions[0].body
    assert body is not None
    [function] = body.functions
    found = {type(i).__name__: spelt(go, span) for i, span in zip(function.code, function.spans, strict=True)}
    assert found["Call"] == "go a.b(c)"
    assert found["SetIndex"] == "m[k]"
    assert found["SetField"] == "p.q"
    assert found["Selector"] == "p.q"
    assert found["Recv"] == "<-x"
    assert found["Store"] == "v"


def test_a_label_that_stands_twice_begins_two_blocks() -> None:
    [function] = lowered("same:\nselect {\ncase <-c:\nsame:\nif a { goto same }\n}").functions
    [select] = [block for block in function.blocks if isinstance(function.code[block.end - 1], ir.Select)]
    assert len(select.succs) == 1
    starts = [block.start for block in function.blocks]
    assert starts == sorted(set(starts))
