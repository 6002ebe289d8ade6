"""Linking and inference on small Go programs, with exact expectations."""

from __future__ import annotations

import inspect
import pickle
import sys
from functools import cache

import pytest

from govet_py.knowledge.concurrency import DONE, SPAWNERS, WAIT
from govet_py.knowledge.stubs import stub_sources
from govet_py.knowledge.unshared import STREAMS, UNSHARED
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.declarations import FileSyntax
from govet_py.model.source import SourceFile
from govet_py.model.types import (
    ERROR,
    UNKNOWN,
    Array,
    Basic,
    Chan,
    Func,
    Map,
    Named,
    Pointer,
    Slice,
    Tuple,
    Type,
    TypeName,
)
from govet_py.resolve.constants import integer
from govet_py.resolve.infer import BodyTypes, variable_type
from govet_py.resolve.link import link
from govet_py.resolve.scopes import guess_package_name
from govet_py.syntax import parse

INT, STRING, BOOL = Basic("int"), Basic("string"), Basic("bool")
CONTEXT = Named("context", "Context")


@cache
def stubs() -> tuple[FileSyntax, ...]:
    return tuple(parse(file, content) for file, content in stub_sources())


def program(**files: str) -> p.Program:
    """A program of one file a package: `a__b="package b ..."` is import path `m/a/b`."""
    syntaxes = []
    for name, source in files.items():
        path = name.replace("__", "/")
        file = SourceFile(f"{path}/{path.rpartition('/')[2]}.go", "", f"m/{path}")
        syntaxes.append(parse(file, source.encode()))
    return link(syntaxes, stubs())


class Probe:
    """Finds the calls and variables of one function by their source."""

    def __init__(self, source: p.Program, id: str) -> None:
        self.types = BodyTypes(source, id)
        self.body = source.bodies[id]

    def calls(self) -> list[p.Callee]:
        return [
            self.types.callee(f, register)
            for f, function in enumerate(self.body.functions)
            for register, instruction in enumerate(function.code)
            if isinstance(instruction, ir.Call)
        ]

    def statics(self) -> list[str]:
        return [callee.function for callee in self.calls() if isinstance(callee, p.Static)]

    def var(self, name: str) -> Type:
        return next(self.types.var_type(at) for at, var in enumerate(self.body.vars) if var.name == name)

    def stored(self, name: str) -> tuple[int, int]:
        """Where a variable's first value is: function index and register."""
        for f, function in enumerate(self.body.functions):
            for instruction in function.code:
                if isinstance(instruction, ir.Store) and self.body.vars[instruction.var].name == name:
                    return f, instruction.value
        raise KeyError(name)


def infer(body: str, declarations: str = "", imports: str = "") -> Probe:
    """A probe into `func F()` with this body."""
    source = f"package a\n{imports}\n{declarations}\nfunc F() {{\n{body}\n}}\n"
    return Probe(program(a=source), "m/a.F")


# -- types of variables ----------------------------------------------------------------------------

DECLARATIONS = """
type T struct { n int; next *T; m map[string][]*T }
func (t *T) Next() *T { return t.next }
func two() (*T, error) { return nil, nil }
var table = map[string]*T{}
"""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("x := 1", INT),
        ("x := 'a'", Basic("int32")),
        ("x := 1.5 + 1", Basic("float64")),
        ('x := "a" + "b"', STRING),
        ("x := 1 < 2", BOOL),
        ("x := T{}", Named("m/a", "T")),
        ("x := &T{}", Pointer(Named("m/a", "T"))),
        ("x := new(T)", Pointer(Named("m/a", "T"))),
        ("t := T{}; x := &t.n", Pointer(INT)),
        ("x, err := two()", Pointer(Named("m/a", "T"))),
        ("_, x := two()", ERROR),
        ("x := make(chan int, 3)", Chan(INT)),
        ("x := make(map[string]T)", Map(STRING, Named("m/a", "T"))),
        ("x := append([]int(nil), 1)", Slice(INT)),
        ('x := len("abc")', INT),
        ("x := min(1, 2.5)", INT),
        ("x := table", Map(STRING, Pointer(Named("m/a", "T")))),
        ('x := table["k"]', Pointer(Named("m/a", "T"))),
        ('x, ok := table["k"]', Pointer(Named("m/a", "T"))),
        ('_, x := table["k"]', BOOL),
        ('x := table["k"].Next().next.m["a"][0].n', INT),
        ("for x := range table { _ = x }", STRING),
        ("for _, x := range table { _ = x }", Pointer(Named("m/a", "T"))),
        ("for x := range 10 { _ = x }", INT),
        ('for _, x := range "text" { _ = x }', Basic("int32")),
        ("c := make(chan T); for x := range c { _ = x }", Named("m/a", "T")),
        ("c := make(<-chan T); x := <-c; _ = x", Named("m/a", "T")),
        ("c := make(chan T); x, ok := <-c", Named("m/a", "T")),
        ("c := make(chan T)\nselect {\ncase x := <-c:\n_ = x\n}", Named("m/a", "T")),
        ("c := make(chan T)\nselect {\ncase _, x := <-c:\n_ = x\n}", BOOL),
        ("var i any; x := i.(*T); _ = x", Pointer(Named("m/a", "T"))),
        ("var i any\nswitch x := i.(type) {\ncase error:\n_ = x\n}", ERROR),
        ("x := []T{{}}[0]", Named("m/a", "T")),
        ("x := map[string][]*T{}", Map(STRING, Slice(Pointer(Named("m/a", "T"))))),
        ("x := func(a int) string { return \"\" }", Func((INT,), (STRING,))),
        ("f := func() (int, error) { return 0, nil }; x, _ := f()", INT),
        ("x := (*T).Next", Func((), (Pointer(Named("m/a", "T")),))),
        ("x := table[\"a\"].Next", Func((), (Pointer(Named("m/a", "T")),))),
        ("var a [4]int; x := a[1:2]", Slice(INT)),
        ("p := &[4]string{}; x := p[0]", STRING),
        ("x := []byte(\"s\")[0]", Basic("uint8")),
        ("x := int64(3) * 2", Basic("int64")),
        ("x := 2 * int64(3)", Basic("int64")),
        ("x := absent()", UNKNOWN),
        ("x := x", UNKNOWN),
    ],
)
def test_variables(body: str, expected: Type) -> None:
    assert infer(body, DECLARATIONS).var("x") == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("x := 5 * time.Second", Named("time", "Duration")),
        ("x := time.Duration(5)", Named("time", "Duration")),
        ("x := time.Now().Add(time.Second).Sub(time.Time{})", Named("time", "Duration")),
        ("x, cancel := context.WithTimeout(nil, time.Second)", CONTEXT),
        ("_, x := context.WithTimeout(nil, time.Second)", Named("context", "CancelFunc")),
        ("t := time.NewTicker(1); x := <-t.C; _ = x", Named("time", "Time")),
        ("x := slices.Max([]string{})", STRING),
        ("x := slices.Clone([]int{})", Slice(INT)),
        ("x := slices.Collect(maps.Keys(map[string]int{}))", Slice(STRING)),
        ("for k, x := range maps.All(map[string]bool{}) { _, _ = k, x }", BOOL),
        ("for x := range maps.Keys(map[string]bool{}) { _ = x }", STRING),
        ("var v atomic.Pointer[time.Time]; x := v.Load()", Pointer(Named("time", "Time"))),
        ("x := errors.New(\"e\").Error()", STRING),
    ],
)
def test_library_types(body: str, expected: Type) -> None:
    imports = 'import ("context"; "errors"; "maps"; "slices"; "sync/atomic"; "time")'
    assert infer(body, imports=imports).var("x") == expected


GENERICS = """
type Pair[K comparable, V any] struct { key K; val V }
type List[T any] struct { head *T; pairs []Pair[string, T] }
func (l *List[E]) Head() *E { return l.head }
func First[A, B any](a A, b B) A { return a }
func Apply[A, B any](a []A, f func(A) B) []B { return nil }
func Make[T any]() *List[T] { return nil }
type Ints = List[int]
"""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('x := First(1, "b")', INT),
        ('x := Apply([]int{}, func(i int) string { return "" })', Slice(STRING)),
        ("x := Make[string]()", Pointer(Named("m/a", "List", (STRING,)))),
        ("x := Make[string]().Head()", Pointer(STRING)),
        ("var l List[bool]; x := l.pairs[0].val", BOOL),
        ("var l Ints; x := l.Head()", Pointer(INT)),
        ("x := Pair[string, int]{}.key", STRING),
    ],
)
def test_generics(body: str, expected: Type) -> None:
    assert infer(body, GENERICS).var("x") == expected


# -- callees and denotations -------------------------------------------------------------------------


def test_callees() -> None:
    probe = infer(
        """
        s := &S{}
        s.Lock()
        s.inner.mu.Unlock()
        s.Context.Err()
        s.run()
        f := s.run
        f()
        func() {}()
        g()
        h()
        _ = MyInt(3)
        _ = []byte("x")
        _ = len("x")
        (*S).own(s)
        errgroup.WithContext(nil)
        foo.Bar().Baz()
        w.Write(nil)
        """,
        """
        type MyInt int
        type Inner struct { mu sync.RWMutex }
        type S struct { sync.Mutex; context.Context; inner Inner; run func() }
        func (s *S) own() {}
        func g() {}
        var h = func() {}
        var w io.Writer
        """,
        'import ("sync"; "context"; "io"; "golang.org/x/sync/errgroup"; "example.com/foo")',
    )
    shapes = [callee._replace(receiver=0) if isinstance(callee, p.Static | p.Interface) else callee
              for callee in probe.calls() if not isinstance(callee, p.Value)]
    assert shapes == [
        p.Static("sync.Mutex.Lock", 0, ("Mutex",)),
        p.Static("sync.RWMutex.Unlock", 0, ()),
        p.Interface(CONTEXT, "Err", 0, (), CONTEXT),
        p.Static("m/a.g", 0),
        p.Conversion(Named("m/a", "MyInt")),
        p.Conversion(Slice(Basic("uint8"))),
        p.BuiltinCall("len"),
        p.Static("m/a.S.own", 0),
        p.Static("golang.org/x/sync/errgroup.WithContext", 0),
        p.Static("example.com/foo.Bar", 0),
        p.UnknownCallee("the type of the operand is unknown"),
        p.Interface(Named("io", "Writer"), "Write", 0, (), Named("io", "Writer")),
    ]
    assert len([callee for callee in probe.calls() if isinstance(callee, p.Value)]) == 4


def test_receivers_are_registers() -> None:
    probe = infer("var s S\ns.Lock()", "type S struct { sync.Mutex }", 'import "sync"')
    static = probe.calls()[0]
    assert isinstance(static, p.Static)
    assert isinstance(probe.body.functions[0].code[static.receiver], ir.Load)


def test_promoted_members_name_the_whole_path() -> None:
    probe = infer(
        "var o O\nx := o.n\ny := o.Do",
        "type I struct { n int }\nfunc (i *I) Do() {}\ntype M struct { *I }\ntype O struct { M }",
    )
    x, y = probe.types.denotes(*probe.stored("x")), probe.types.denotes(*probe.stored("y"))
    assert isinstance(x, p.FieldRef) and x.path == ("M", "I", "n")
    assert isinstance(y, p.FunctionRef) and (y.id, y.via, y.method_expression) == ("m/a.I.Do", ("M", "I"), False)


def test_denotations() -> None:
    probe = infer(
        "a := g\nb := v\nc := k\nd := other.Thing\ne := (*T).M\nf := i.M",
        "func g() {}\nvar v int\nconst k = 1\ntype T struct{}\nfunc (t *T) M() {}\ntype I interface { M() }\nvar i I",
        'import "m/other"',
    )
    found = {name: probe.types.denotes(*probe.stored(name)) for name in "abcdef"}
    assert found["a"] == p.FunctionRef("m/a.g")
    assert found["b"] == p.VariableRef("m/a", "v")
    assert found["c"] == p.ConstantRef("m/a", "k")
    assert found["d"] == p.VariableRef("m/other", "Thing")
    assert found["e"] == p.FunctionRef("m/a.T.M", ir.NONE, (), True)
    assert isinstance(found["f"], p.InterfaceMethodRef)
    assert p.interface_method_id(found["f"]) == "m/a.I.M"


def test_interface_methods_are_known_by_the_interface_that_declares_them() -> None:
    probe = infer("var c C\nc.Done()", "type C interface { context.Context; More() }", 'import "context"')
    callee = probe.calls()[0]
    assert isinstance(callee, p.Interface)
    assert callee.interface == Named("m/a", "C")
    assert p.interface_method_id(callee) == "context.Context.Done"


def test_type_parameters_have_the_methods_of_their_constraint() -> None:
    source = b"""package a
        type I interface { M() int }
        type Box[C I] struct { c C }
        func F[T I](t T) { x := t.M(); _ = x }
        func (b *Box[D]) G() { x := b.c.M(); _ = x }
    """
    syntax = parse(SourceFile("a.go", "", "m/a"), source)
    generic, method = syntax.functions
    generic.type_params = (("T", TypeName("I")),)
    syntax.types = (syntax.types[0], syntax.types[1]._replace(constraints=(TypeName("I"),)))
    linked = link([syntax])
    for id in ("m/a.F", "m/a.Box.G"):
        probe = Probe(linked, id)
        assert probe.var("x") == INT
        assert isinstance(probe.calls()[0], p.Interface)
    assert method.receiver is not None and method.receiver.type_params == ("D",)


def test_imports_across_packages() -> None:
    linked = program(
        topo="package topo\ntype Server struct{}\nfunc Open() *Server { return nil }\n"
        'func (s *Server) Get() string { return "" }\n',
        use='package use\nimport (t "m/topo"; . "m/dot")\n'
        'func F() { x := t.Open().Get(); y := Dotted(); _, _ = x, y }\n',
        dot="package dot\nfunc Dotted() int { return 0 }\n",
    )
    probe = Probe(linked, "m/use.F")
    assert probe.statics() == ["m/topo.Open", "m/topo.Server.Get", "m/dot.Dotted"]
    assert (probe.var("x"), probe.var("y")) == (STRING, INT)


def test_locals_shadow_packages() -> None:
    probe = infer("errors := T{}\nerrors.New()", "type T struct{}\nfunc (t T) New() {}", 'import "errors"')
    assert probe.statics() == ["m/a.T.New"]


@pytest.mark.parametrize(
    ("path", "name"),
    [("context", "context"), ("github.com/a/b/v2", "b"), ("gopkg.in/yaml.v3", "yaml"), ("a.io/go-redis", "redis"),
     ("github.com/x/go-multierror", "multierror"), ("v2", "v2"), ("google.golang.org/grpc", "grpc")],
)
def test_guessed_package_names(path: str, name: str) -> None:
    assert guess_package_name(path) == name


# -- constants ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "value"),
    [("3", 3), ("two", 2), ("two*10 + 1", 21), ("1 << two", 4), ("B", 1), ("D", 3), ("KB", 1024), ("MB", 1 << 20),
     ("int(two)", 2), ("-7 / 2", -3), ("-7 % 2", -1), ("0x10", 16), ("0o17", 15), ("017", 15), ("1_000", 1000),
     ("other.Size", 64), ("other.Size / two", 32), ("n", 5), ("'a'", 97), ("variable", None), ("f()", None),
     ("1 / 0", None), ("length", 3), ("changed", None), ("cyclic", None), ("hour", 3600000000000)],
)
def test_constant_integers(expression: str, value: int | None) -> None:
    linked = program(
        a=f"""package a
        import ("m/other"; "time")
        const two = 1 + 1
        const ( A = iota; B; _; D )
        const ( _ = 1 << (10 * iota); KB; MB )
        const length = len("abc")
        const cyclic = cyclic + 1
        const hour = time.Hour
        var variable = 3
        func f() int {{ return 1 }}
        func F() {{
            n := 5
            changed := 1
            changed = 2
            x := make(chan int, {expression})
        }}""",
        other="package other\nconst Size = 1 << 6 // bytes\n",
    )
    probe = Probe(linked, "m/a.F")
    function, register = probe.stored("x")
    call = probe.body.functions[function].code[register]
    assert isinstance(call, ir.Call)
    assert probe.types.constant_int(function, call.args[1]) == value


@pytest.mark.parametrize(
    ("text", "value"), [(r"'\n'", 10), (r"'\x41'", 65), (r"'\101'", 65), ("0b11", 3), ("0", 0), ("09", None)]
)
def test_integer_literals(text: str, value: int | None) -> None:
    assert integer(text) == value


# -- linking ------------------------------------------------------------------------------------------


def test_ids_and_duplicates() -> None:
    linked = program(a="""package a
        var x = 1
        func init() {}
        func init() {}
        func (t T) M() {}
        func (t *T) M() {}
        type T struct{}
        func _() {}
        func _() {}
        func G[T any]() {}
    """)
    assert sorted(linked.bodies) == [
        "m/a.G", "m/a.T.M", "m/a.T.M#2", "m/a._", "m/a._#2", "m/a.init", "m/a.init#2", "m/a.init$vars@a.go",
    ]
    assert linked.body_path("m/a.T.M") == "a/a.go"
    assert linked.packages["m/a"].name == "a"


def test_scanned_packages_replace_stubs() -> None:
    source = b"package sync\ntype Mutex struct{ state int }\nfunc (m *Mutex) Lock() {}\n"
    own = parse(SourceFile("sync/m.go", "", "sync"), source)
    linked = link([own], stubs())
    assert not linked.packages["sync"].is_stub
    assert linked.field(Named("sync", "Mutex"), "state") == (INT, ("state",))
    assert linked.method(Named("sync", "Mutex"), "Unlock") is None
    assert "sync.Mutex.Lock" in linked.bodies


@pytest.mark.parametrize("type_", sorted({*UNSHARED, *STREAMS}))
def test_objects_that_races_know_are_in_the_stubs(type_: str) -> None:
    package, _, name = type_.rpartition(".")
    assert isinstance(program().packages[package].scope[name], p.TypeObject)


@pytest.mark.parametrize("method", sorted({*WAIT, *DONE, *(one for one in SPAWNERS if SPAWNERS[one].grouped)}))
def test_groups_of_libraries_are_in_the_stubs(method: str) -> None:
    package, name, verb = method.rsplit(".", 2)
    assert program().method(Named(package, name), verb) is not None


def test_cycles_end() -> None:
    linked = program(
        a='package a\nimport "m/b"\ntype A = b.B\ntype T T2\ntype T2 T\ntype E struct { *E }\nvar v = w\nvar w = v\n'
          "type I interface { I }\nfunc F() { var e E; e.none(); var i I; i.none(); var t T; t.none() }",
        b='package b\nimport "m/a"\ntype B = a.A\n',
    )
    probe = Probe(linked, "m/a.F")
    assert {type(callee) for callee in probe.calls()} == {p.UnknownCallee}
    assert variable_type(linked, "m/a", "v") == UNKNOWN
    assert linked.underlying(Named("m/a", "T")) == UNKNOWN


def test_deep_expressions_do_not_raise() -> None:
    chain = "b" + ".Add()" * 100
    probe = infer(f"var b *B\nx := {chain}", "type B struct{}\nfunc (b *B) Add() *B { return b }")
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + 60)
    try:
        assert probe.var("x") == Pointer(Named("m/a", "B"))
    finally:
        sys.setrecursionlimit(limit)
    assert probe.statics() == ["m/a.B.Add"] * 100


def test_questions_about_types() -> None:
    linked = program(a="""package a
        type Base struct { id int }
        func (b *Base) Close() error { return nil }
        type Conn struct { Base; name string }
        type Closer interface { Close() error }
        type Fn func(int) string
        func Two(a int, b ...string) (x bool, err error) { return }
    """)
    conn = Named("m/a", "Conn")
    assert linked.field(Pointer(conn), "id") == (INT, ("Base", "id"))
    assert linked.field(conn, "absent") is None
    assert linked.method(conn, "Close") == ("m/a.Base.Close", ("Base",))
    assert linked.implements(conn, Named("m/a", "Closer"))
    assert not linked.implements(Named("m/a", "Fn"), Named("m/a", "Closer"))
    assert linked.underlying(Named("m/a", "Fn")) == Func((INT,), (STRING,))
    assert linked.signature("m/a.Two") == Func((INT, STRING), (BOOL, ERROR), True)
    assert linked.signature("absent") is None


def test_calls_without_results_are_empty_tuples() -> None:
    probe = infer("g()\ntwo()", "func g() {}\nfunc two() (int, string) { return 0, \"\" }")
    code = probe.body.functions[0].code
    types = [probe.types.type_of(0, r) for r, ins in enumerate(code) if isinstance(ins, ir.Call)]
    assert types == [Tuple(()), Tuple((INT, STRING))]


# -- implementers ----------------------------------------------------------------------------------------

SHAPES = """package a
import "sync"
type Shape interface { Area(scale int) float64; Name() string }
type Base struct{}
func (b *Base) Name() string { return "" }
type Square struct { Base }
func (s *Square) Area(scale int) float64 { return 0 }
type Circle struct { *Base }
func (c Circle) Area(scale int) float64 { return 0 }
type Never struct { Base }
func (n *Never) Area(scale int) float64 { return 0 }
type Other struct { Base }
func (o *Other) Area(scale string) float64 { return 0 }
type Wrapper struct { Shape }
type Level int
func (l Level) Area(scale int) float64 { return 0 }
func (l Level) Name() string { return "" }
type Holder struct { inner Held; mu sync.Mutex }
type Held struct { Base }
func (h *Held) Area(scale int) float64 { return 0 }
var square = &Square{}
func F() {
    all := []Shape{Circle{}, &Other{}, Wrapper{}}
    l := Level(3)
    h := new(Holder)
    _, _, _ = all, l, h
}
"""


USER = 'package main; import "m/a"'


def test_implementers_are_instantiated_types_with_all_methods() -> None:
    linked = program(a=SHAPES, user=USER)
    shape = Named("m/a", "Shape")
    assert linked.implementers(shape, "Area") == (
        "m/a.Circle.Area", "m/a.Held.Area", "m/a.Level.Area", "m/a.Square.Area",
    )
    assert linked.implementers(shape, "Name") == ("m/a.Base.Name", "m/a.Level.Name")
    assert linked.implementers(Named("", "error"), "Error") == ()


def test_whoever_is_out_of_view_makes_exported_types() -> None:
    exported = "package a; type Shape interface { Area() }; type Square struct {}; func (Square) Area() {}"
    shape, hidden = Named("m/a", "Shape"), exported.replace("Square", "square")
    assert program(a=exported).implementers(shape, "Area") == ("m/a.Square.Area",)
    assert program(a=exported, user=USER).implementers(shape, "Area") == ()
    assert program(a=hidden).implementers(shape, "Area") == ()
    assert program(a=exported.replace("package a", "package main")).implementers(shape, "Area") == ()


def test_types_may_get_methods_from_absent_packages() -> None:
    linked = program(a="""package a
        import "example.com/ldap"
        type Client interface { Bind(name string) error; Connect() }
        type Impl struct { ldap.Conn }
        func (i *Impl) Connect() {}
        var client Client = &Impl{}
    """)
    assert linked.implementers(Named("m/a", "Client"), "Connect") == ("m/a.Impl.Connect",)
    assert linked.implementers(Named("m/a", "Client"), "Bind") == ()


def test_methods_that_are_not_exported_come_from_the_package_of_the_interface() -> None:
    linked = program(
        a="""package a
            type Peer interface { send(text string); stop() }
            type peer struct{}
            func (p *peer) send(text string) {}
            func (p *peer) stop() {}
            var all = []Peer{&peer{}}
        """,
        b="""package b
            import "example.com/raft"
            type Node struct { raft.Node }
            func (n *Node) stop() {}
            var node = &Node{}
        """,
    )
    assert linked.implementers(Named("m/a", "Peer"), "stop") == ("m/a.peer.stop",)


def test_generated_code_may_make_any_type_of_its_package() -> None:
    nodes = b"package a\ntype Node interface { Walk() }\ntype Select struct{}\nfunc (s *Select) Walk() {}\n"
    parser = b"package a\nfunc Parse() Node { return &Select{} }\n"
    files = [
        parse(SourceFile("u.go", "", "m/user"), USER.encode()),
        parse(SourceFile("n.go", "", "m/a"), nodes),
        parse(SourceFile("p.go", "", "m/a", is_generated=True), parser),
    ]
    assert link(files).implementers(Named("m/a", "Node"), "Walk") == ("m/a.Select.Walk",)
    assert link(files[:-1]).implementers(Named("m/a", "Node"), "Walk") == ()


def test_declarations_can_be_pickled() -> None:
    linked = program(a=SHAPES)
    again = pickle.loads(pickle.dumps(linked.packages))
    assert again["m/a"].methods["Square"]["Area"].id == "m/a.Square.Area"


def test_pointers_slices_and_arrays_differ() -> None:
    """They are tuples, which compare without their class."""
    assert len({Pointer(INT), Slice(INT), Array(INT)}) == 3


def test_a_lock_of_a_package_in_view_is_its_own() -> None:
    found = program(a='package a; import "m/syncutil"; type T struct { mu syncutil.Mutex }',
                    syncutil="package syncutil; type Mutex struct {}")
    assert found.field(Named("m/a", "T"), "mu") == (Named("m/syncutil", "Mutex"), ("mu",))
