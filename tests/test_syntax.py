"""Files become declarations, whatever state they are in: what cannot be read is a notice, never an error."""

from __future__ import annotations

import gc
import pickle
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govet_py.model import ir
from govet_py.model.declarations import FileSyntax, Import, Receiver
from govet_py.model.types import (
    Array,
    Chan,
    Func,
    Instance,
    Interface,
    Map,
    Pointer,
    Slice,
    Struct,
    Type,
    TypeName,
)
from govet_py.syntax.queries import NAMES, query_text
from govet_py.syntax.skim import skimmed
from lowering import flat, lowered, read, spelt, well_formed, words

INT, T = TypeName("int"), TypeName("T")
QUERIES = Path(__file__).parent.parent / "queries"


def declared(go: str) -> FileSyntax:
    syntax = read(f"package p\n\n{go}\n")
    assert not syntax.partial, syntax.notices
    return syntax


# -- declarations ---------------------------------------------------------------------------------


def test_the_file_itself() -> None:
    syntax = read("// Package p\npackage p\n\nvar x int\n")
    assert (syntax.path, syntax.import_path, syntax.package) == ("dir/a.go", "example.org/dir", "p")
    assert (syntax.lines, syntax.notices, syntax.partial, syntax.repaired) == (5, (), False, False)


def test_imports() -> None:
    go = 'import "a"\nimport (\n\tb "x/b"\n\t. "c"\n\t_ `d`\n)'
    found = [(i.alias, i.path) for i in declared(go).imports]
    assert found == [("", "a"), ("b", "x/b"), (".", "c"), ("_", "d")]
    assert isinstance(declared(go).imports[0], Import)


@pytest.mark.parametrize(("go", "expected"), [
    ("int", INT),
    ("pkg.T", TypeName("T", "pkg")),
    ("*T", Pointer(T)),
    ("[]T", Slice(T)),
    ("[4]T", Array(T)),
    ("map[int]T", Map(INT, T)),
    ("chan T", Chan(T)),
    ("<-chan T", Chan(T, "recv")),
    ("chan<- T", Chan(T, "send")),
    ("chan <-chan T", Chan(Chan(T), "send")),
    ("chan (<-chan T)", Chan(Chan(T, "recv"))),
    ("(T)", T),
    ("G[int, *T]", Instance(TypeName("G"), (INT, Pointer(T)))),
    ("pkg.G[int]", Instance(TypeName("G", "pkg"), (INT,))),
    ("func()", Func()),
    ("func(a, b int, c ...T) (n int, err error)", Func((INT, INT, T), (INT, TypeName("error")), True)),
    ("func(int) T", Func((INT,), (T,))),
    ("struct{}", Struct()),
    ("interface{}", Interface()),
])
def test_type_expressions(go: str, expected: Type) -> None:
    [found] = declared(f"type X {go}").types
    assert found.type == expected


def test_struct_fields() -> None:
    go = "type S struct {\n\ta, b int `json:\"a\"`\n\tT\n\t*pkg.U\n\tG[int]\n\t// c\n\t_ T\n}"
    [found] = declared(go).types
    assert isinstance(found.type, Struct)
    assert [(f.name, f.type, f.embedded) for f in found.type.fields] == [
        ("a", INT, False), ("b", INT, False), ("T", T, True), ("U", Pointer(TypeName("U", "pkg")), True),
        ("G", Instance(TypeName("G"), (INT,)), True), ("_", T, False),
    ]
    assert spelt(f"package p\n\n{go}\n", found.type.fields[1].span) == "b"


def test_interfaces_keep_methods_and_embedded_interfaces() -> None:
    [found] = declared("type I interface { M(a int) T; pkg.J; G[int]; ~int; A | B }").types
    assert isinstance(found.type, Interface)
    assert [(m.name, m.signature) for m in found.type.methods] == [("M", Func((INT,), (T,)))]
    assert found.type.embeds == (TypeName("J", "pkg"), Instance(TypeName("G"), (INT,)))


def test_type_declarations() -> None:
    found = declared("type (\n\tA = T\n\tB[K comparable, V ~[]int, W pkg.I] map[K]V\n)\ntype C T").types
    assert [(d.name, d.type_params, d.is_alias) for d in found] == [
        ("A", (), True), ("B", ("K", "V", "W"), False), ("C", (), False),
    ]
    assert found[1].constraints == (TypeName("comparable"), Interface(), TypeName("I", "pkg"))


def test_functions() -> None:
    go = "func f[T any, S fmt.Stringer](x T) S { return g(x) }\nfunc (s *S[K, _]) m()\nfunc (T) n() {}"
    f, m, n = declared(go).functions
    assert (f.name, f.receiver, f.signature) == ("f", None, Func((T,), (TypeName("S"),)))
    assert f.type_params == (("T", TypeName("any")), ("S", TypeName("Stringer", "fmt")))
    assert (m.receiver, m.body, m.broken) == (Receiver("S", True, ("K", "_")), None, False)
    assert n.receiver == Receiver("T", False, ())
    assert spelt(f"package p\n\n{go}\n", m.span) == "m"


def test_constants() -> None:
    go = "const (\n\ta T = iota + 1\n\tb\n\n\t_\n\tc, d = 7, \"x\"\n\te, f\n)\nconst g = 1 << 3"
    assert [(c.name, c.type, c.value, c.iota) for c in declared(go).consts] == [
        ("a", T, "iota + 1", 0), ("b", T, "iota + 1", 1), ("_", T, "iota + 1", 2), ("c", None, "7", 3),
        ("d", None, '"x"', 3), ("e", None, "7", 4), ("f", None, '"x"', 4), ("g", None, "1 << 3", 0),
    ]


def test_variables() -> None:
    found = declared("var a, b int\nvar (\n\tc T = f()\n\td = 1\n)").vars
    assert [(v.name, v.type, v.init >= 0) for v in found] == [
        ("a", INT, False), ("b", INT, False), ("c", T, True), ("d", None, True),
    ]
    assert declared("type T int").initialiser is None


def test_generated_files_have_declarations_only() -> None:
    syntax = read("package p\n\nvar a = f()\n\nfunc g(x int) { h() }\n", generated=True)
    [function] = syntax.functions
    assert (function.signature, function.body, function.broken) == (Func((INT,)), None, False)
    assert [(v.name, v.init) for v in syntax.vars] == [("a", ir.NONE)]


BODIES = """package p

func a() {
	for { broken { )
}

type T struct{ n int }

func (t *T) b(x int) (y string) {
	if x > 0 {
		return "}"
	}
}

const text = `
func raw() {
	no(
}
`

/*
func comment() {
*/
var v int

func c() {
	_ = `
}
`
}

func d() { e() }
func (t *T) f(
	x int,
) {
	g()
}
"""


def test_bodies_of_generated_functions_are_not_parsed() -> None:
    syntax = read(BODIES, generated=True)
    assert (syntax.partial, syntax.notices) == (False, ())
    assert [spelt(BODIES, one.span) for one in syntax.functions] == ["a", "b", "c", "d", "f"]
    others = [syntax.types[0].span, syntax.consts[0].span, syntax.vars[0].span]
    assert [spelt(BODIES, span) for span in others] == ["T", "text", "v"]


def test_what_is_blanked_stays_where_it_was() -> None:
    source = BODIES.encode()
    left = skimmed(source)
    assert [len(line) for line in left.splitlines()] == [len(line) for line in source.splitlines()]
    assert all(old in (new, "\t") or new == " " for old, new in zip(BODIES, left.decode(), strict=True))
    assert b"broken" not in left
    assert b"no(" not in left
    assert b"e()" in left


@pytest.mark.parametrize("go", ["package p\n\nfunc a() {\n\tb(\n", "package p\n\nfunc a( {\n}\n\ntype T int\n"])
def test_generated_files_that_do_not_parse(go: str) -> None:
    assert read(go, generated=True).partial


@given(st.text(alphabet="func a(){}\n`*/\t\" ", max_size=200))
def test_skimming_keeps_all_that_is_no_body(text: str) -> None:
    left = skimmed(text.encode()).decode()
    assert len(left) == len(text)
    assert [at for at, one in enumerate(text) if one == "\n"] == [at for at, one in enumerate(left) if one == "\n"]


def test_types_of_functions_are_declared_under_names_of_their_own() -> None:
    syntax = declared(
        "type T int\nfunc f(t T) { type T []T; { type T int }; type a = T; _ = func(x T, y a) {} }\nfunc g(t T) {}"
    )
    assert [(d.name, d.type) for d in syntax.types] == [("T", INT), ("f.T", Slice(TypeName("f.T"))), ("f.T#2", INT)]
    f, g = syntax.functions
    assert (f.signature, g.signature) == (Func((T,)), Func((T,)))
    assert f.body is not None
    assert f.body.functions[1].signature == Func((TypeName("f.T"), TypeName("f.T")))


def test_directives() -> None:
    go = (
        "package p\n\n//govet:ignore GV101 // why\nfunc f() {\n\tg() //nolint:govetpy\n\t// nolint is no directive\n"
        '\t_ = "//nolint"\n}\n\n//lint:ignore GV102 why\nvar x int\n'
    )
    syntax = read(go)
    assert [(d.text, d.line) for d in syntax.directives] == [
        ("govet:ignore GV101 // why", 3), ("nolint:govetpy", 5), ("lint:ignore GV102 why", 10),
    ]
    assert spelt(go, syntax.directives[1].span) == "//nolint:govetpy"


# -- repairs --------------------------------------------------------------------------------------


@pytest.mark.parametrize("argument", [
    "42", "f()", "T{1}", "a + b", '")"', "new(1)", "'('", "-x", "func() int { return 1 }()",
])
def test_new_of_an_expression(argument: str) -> None:
    go = f"package p\n\nfunc f() {{\n\tx := new({argument}) // new(1\n}}\n"
    syntax = read(go)
    assert (syntax.repaired, syntax.partial, syntax.notices) == (True, False, ())
    body = syntax.functions[0].body
    assert body is not None
    [function] = body.functions[:1]
    at, call = next((at, i) for at, i in reversed([*enumerate(function.code)]) if isinstance(i, ir.Call))
    assert function.code[call.callee] == ir.Name("new")
    assert spelt(go, function.spans[at]) == f"new({argument})"
    assert not any(isinstance(i, ir.Const) and i.kind == "bad" for i in body.functions[0].code)


def test_a_repair_changes_nothing_else() -> None:
    statements = 'a := new([]int)\n\tb := new(T)\n\tc := "new(1)"\n\td := x.new(y)'
    old = read(f"package p\n\nfunc f() {{\n\t{statements}\n}}\n")
    new = read(f"package p\n\nfunc f() {{\n\t{statements}\n}}\n\nvar z = new(1)\n")
    assert (old.repaired, new.repaired) == (False, True)
    assert old.functions == new.functions


def test_functions_called_new_and_make() -> None:
    syntax = read("package p\n\nfunc new() int\n\nfunc f(make func(int) T) {\n\tmake(1)\n\tnew()\n\t_ = new(1)\n}\n")
    assert (syntax.partial, [f.name for f in syntax.functions]) == (False, ["new", "f"])
    body = syntax.functions[1].body
    assert body is not None
    assert words(flat(body)) == words("""
        b0 | r0 make | r1 1 | r2 call r0(r1) | r3 name new | r4 call r3() | r5 name new | r6 1 | r7 call r5(r6)
        | r8 return
    """)


def test_generic_methods() -> None:
    go = "package p\n\nfunc (s *S[K]) M[T any, U interface{ m([]K) }](x T) U {\n\treturn f[T](x)\n}\n"
    syntax = read(go)
    [method] = syntax.functions
    assert (syntax.repaired, syntax.partial, method.broken) == (True, False, False)
    assert (method.name, method.receiver) == ("M", Receiver("S", True, ("K",)))
    assert [name for name, _ in method.type_params] == ["T", "U"]
    assert method.type_params[0][1] == TypeName("any")
    assert method.signature == Func((T,), (TypeName("U"),))
    assert spelt(go, method.span) == "M"


# -- what does not parse ----------------------------------------------------------------------------

AROUND = "package p\n\nfunc before() { a() }\n\n{}\n\n// after is whole.\n//nolint:x\nfunc after() {{ b() }}\n"


@pytest.mark.parametrize("broken", [
    "func f(x int) T {\n\tif x {\n}",
    "func f(x int) T {\n\tx }\n}",
    "func f(x int) T {\n<<<<<<< HEAD\n\tx()\n=======\n\ty()\n>>>>>>> b\n}",
    'func f(x int) T {\n\tx("abc)\n}',
    "func f(x int) T {\n\tx((()\n}",
    "func f(x int) T { ) }",
    "func f(x int) T {\n\tx := \n\tfor for\n}",
    "func f(x int) T {\n\tvar 世 = \x00 \x01\n}",
])
def test_one_broken_function_leaves_the_others_alone(broken: str) -> None:
    syntax = read(AROUND.replace("{{ b() }}", "{ b() }").replace("\n{}\n", f"\n{broken}\n", 1))
    assert [(f.name, f.broken, f.body is None) for f in syntax.functions] == [
        ("before", False, False), ("f", True, True), ("after", False, False),
    ]
    assert syntax.functions[1].signature == Func((INT,), (T,))
    assert syntax.partial
    notice = syntax.notices[0]
    assert (notice.kind, notice.path, notice.line) == ("partial-parse", "dir/a.go", 5)
    assert [d.text for d in syntax.directives] == ["nolint:x"]


def test_an_error_outside_functions_has_a_notice() -> None:
    syntax = read("package p\n\nfunc f() { a() }\n\ntype T struct { a b c }\n\nvar x = (\n")
    assert syntax.partial
    assert [f.body is not None for f in syntax.functions] == [True]
    assert [n.kind for n in syntax.notices] == ["partial-parse"]
    assert syntax.notices[0].line >= 5


@pytest.mark.parametrize("content", ["", "// Nothing.\n", "var x int\n"])
def test_a_file_of_no_package_has_a_notice(content: str) -> None:
    assert [(n.kind, n.line, n.message) for n in read(content).notices] == [("partial-parse", 1, "no package clause")]


@pytest.mark.parametrize("content", [
    b"", b"\x00", b"package", b"}}}", b"This is no Go.", b"\xff\xfe\x00p\x00", b"package p\nfunc f(a",
    b"package p\nfunc f() {", b"package p\nvar x = `", b"package p\nfunc (", b"package p\nfunc f[",
    b"package p\nfunc f() { goto L; break M; continue; fallthrough }",
    b"package p\ntype T interface { ~ }", b"package p\nconst (\n\ta\n\tb, c\n)",
])
def test_nothing_crashes(content: bytes) -> None:
    assert isinstance(read(content), FileSyntax)


TOKENS = """func f ( ) { } [ ] if for switch case default: select go defer goto L L: break return := = , ; new x make
    * & <- . type struct interface var const 1 "s" ` // /* range chan map fallthrough""".split()


@settings(deadline=None)
@given(st.lists(st.sampled_from([*TOKENS, "\n"]), max_size=40))
def test_no_tokens_crash(tokens: list[str]) -> None:
    syntax = read("package p\n" + " ".join(tokens))
    assert bool(syntax.notices) == syntax.partial
    for body in (f.body for f in syntax.functions if f.body is not None):
        assert flat(body)
        assert well_formed(body)


def test_marks_and_line_ends() -> None:
    syntax = read("\ufeffpackage p\r\n\r\nfunc f() {\r\n\tx := 1 // c\r\n\t_ = x\r\n}\r\n")
    body = syntax.functions[0].body
    assert body is not None
    assert words(flat(body)) == words("b0 | r0 1 | r1 x := r0 | r2 x | r3 return")
    assert (syntax.package, syntax.partial) == ("p", False)


def test_bytes_that_are_no_text() -> None:
    syntax = read(b'package p\n\nfunc f() { x("\xff") }\n\nfunc g() { \xff }\n\nfunc h() { x() }\n')
    assert [(f.name, f.broken) for f in syntax.functions] == [("f", False), ("g", True), ("h", False)]


@pytest.mark.parametrize("deep", [
    "type T " + "*" * 5000 + "int",
    "func f(x " + "[]" * 5000 + "int) {}",
], ids=["type", "signature"])
def test_declarations_that_nest_too_deeply(deep: str) -> None:
    syntax = read(f"package p\n{deep}\nfunc g() {{ y() }}\n")
    assert [f.name for f in syntax.functions] == ["g"]
    assert [(n.kind, n.line) for n in syntax.notices] == [("too-deep", 2)]


def test_initial_values_that_nest_too_deeply() -> None:
    deep = "(" * 5000 + "1" + ")" * 5000
    syntax = read(f"package p\nvar a = f(1)\nvar b = func() int {{ x := {deep} }}\nvar c = func() int {{ return 1 }}\n")
    assert [(v.name, v.init) for v in syntax.vars] == [("a", 2), ("b", ir.NONE), ("c", 4)]
    assert syntax.initialiser is not None
    assert [(f.name, len(f.code)) for f in syntax.initialiser.functions] == [("init$vars", 7), ("init$vars$2", 2)]
    assert syntax.initialiser.functions[0].code[4] == ir.MakeClosure(1)


# -- the queries, and what leaves the stage -----------------------------------------------------------


def test_the_queries_are_those_that_ship() -> None:
    assert sorted(path.stem for path in QUERIES.glob("*.scm")) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_queries_load(name: str) -> None:
    assert query_text(name) == (QUERIES / f"{name}.scm").read_text("utf-8")


def test_an_unknown_query() -> None:
    with pytest.raises(FileNotFoundError):
        query_text("absent")


def test_syntax_is_plain_data() -> None:
    go = "var x = new(f())\n\nfunc f(a int) { for range c { go func() { a++ }() } }"
    syntax = read(f"package p\n\nimport \"a\"\n\n{go}\n")
    assert pickle.loads(pickle.dumps(syntax)) == syntax


def test_captures_come_in_source_order() -> None:
    found = read("package p\n\n}\n" + "".join(f"func f{n}() {{}}\n" for n in range(30))).functions
    assert [f.name for f in found] == [f"f{n}" for n in range(30)]


# -- limits ---------------------------------------------------------------------------------------


def test_tables_of_literals_lose_their_elements() -> None:
    rows = ", ".join(f'{{{n}, -0x{n:x}, "a{n}"}}' for n in range(200))
    table = lowered(f"_ = [][]any{{{rows}}}").functions[0].code[0]
    assert table == ir.Composite(Slice(Slice(TypeName("any"))), (), (), False)
    assert len(lowered(f"_ = []any{{{rows}, x}}").functions[0].code) > 800


@pytest.mark.parametrize("deep", [
    "func f() { x := " + "(" * 5000 + "1" + ")" * 5000 + " }",
    "func f() { " + "{" * 5000 + "}" * 5000 + " }",
    "func f() { " + "if x { " * 5000 + "}" * 5000 + " }",
    "func f() { " + "func() { " * 5000 + "}()" * 5000 + " }",
    "func f() { x" + ".a()" * 5000 + " }",
], ids=["parentheses", "blocks", "ifs", "literals", "selectors"])
def test_deep_nesting_leaves_only_its_function_out(deep: str) -> None:
    syntax = read(f"package p\n{deep}\nfunc g() {{ y() }}\n")
    assert [(f.name, f.broken, f.body is None) for f in syntax.functions] == [("f", True, True), ("g", False, False)]
    assert [(n.kind, n.line) for n in syntax.notices] == [("too-deep", 2)]


def test_long_chains_are_no_nesting() -> None:
    total = "1" + " + 1" * 20000
    assert len(lowered(f"_ = {total}").functions[0].code) == 40002
    alternatives = "".join(f"if x == {n} {{ }} else " for n in range(2000))
    assert len(lowered(f"{alternatives}{{ y() }}").functions[0].loops) == 0


def test_a_switch_takes_time_in_proportion_to_its_cases() -> None:
    seconds = []
    for cases in (1_400, 14_000):
        go = "switch x {\n" + "".join(f"case {n}: g({n})\n" for n in range(cases)) + "}"
        gc.disable()
        start = time.process_time()
        body = lowered(go)
        seconds.append(time.process_time() - start)
        gc.enable()
        assert len(body.functions[0].blocks) == cases + 2
    assert seconds[1] < 40 * seconds[0]
