"""`govet-py graph`: what is around a function or a finding, and how it is drawn."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govet_py.cli import main
from govet_py.drawing import draw
from govet_py.drawing.layout import layout
from govet_py.model.picture import Edge, Link, Node, Picture
from govet_py.report.escape import safe

SHOWCASE = str(Path(__file__).parent.parent / "testdata" / "showcase")
FORMATS = ("svg", "mermaid", "dot")
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '</text><script>x()</script>"]; & \x1b[31m\u202e\\ %% {{ end \n--- 日本'

Captured = pytest.CaptureFixture[str]
CALLS = """package calls

import "golang.org/x/sync/errgroup"

type Store interface{ Put(key string) }

type disk struct{}

func (disk) Put(key string) { write(key) }

func write(key string) {}

func Save(s Store, keys []string) error {
	var group errgroup.Group
	for _, key := range keys {
		group.Go(func() error {
			s.Put(key)
			return nil
		})
	}
	defer report()
	go watch()
	return group.Wait()
}

func watch() { watch() }

func report() {}

func far() { near() }

func near() { Save(disk{}, nil) }

func beside() { report() }
"""


@pytest.fixture
def calls(tmp_path: Path) -> str:
    (tmp_path / "go.mod").write_text("module calls\n\ngo 1.25\n")
    (tmp_path / "calls.go").write_text(CALLS)
    return str(tmp_path)


def drawn(captured: Captured, *arguments: str) -> str:
    assert main(["graph", *arguments]) == 0
    return captured.readouterr().out


def labelled(dot: str) -> dict[str, str]:
    """The labels of a DOT picture by id."""
    return dict(re.findall(r'^  "([^"]+)" \[label="([^"]*)"', dot, re.MULTILINE))


def arrows(dot: str) -> set[tuple[str, str, str]]:
    pattern = r'^  "([^"]+)" -> "([^"]+)" \[style=\w+, label="([^"]*)"'
    found = re.findall(pattern, dot, re.MULTILINE)
    return {(a.rpartition(".")[2], b.rpartition(".")[2], word) for a, b, word in found}


def test_calls_goroutines_defers_and_interfaces_are_shown(calls: str, capsys: Captured) -> None:
    dot = drawn(capsys, "Save", calls, "--format", "dot")
    assert arrows(dot) == {
        ("Save", "Save$1", "go"), ("Save", "report", "defer"), ("Save", "watch", "go"), ("Save$1", "Put", ""),
        ("Put", "Put", ""), ("Put", "write", ""), ("near", "Save", ""), ("far", "near", ""), ("watch", "watch", ""),
    }
    assert labelled(dot)["calls.Save$1"] == "func literal in Save\\nmany goroutines\\ncalls.go:16"
    assert labelled(dot)["interface calls.Store.Put"] == "Store.Put\\ninterface"


def test_what_only_shares_a_callee_is_not_around(calls: str, capsys: Captured) -> None:
    assert "beside" not in drawn(capsys, "Save", calls, "--format", "dot", "--depth", "5")


def test_depth_and_most_limit_it(calls: str, capsys: Captured) -> None:
    nearest = labelled(drawn(capsys, "Save", calls, "--format", "dot", "--depth", "1"))
    assert "calls.near" in nearest and "calls.far" not in nearest
    assert main(["graph", "Save", calls, "--format", "dot", "--most", "3"]) == 0
    written = capsys.readouterr()
    assert len(labelled(written.out)) == 3
    assert re.search(r"^\d+ functions more not shown", written.err)


def test_a_finding_is_found_by_fingerprint_and_by_place(capsys: Captured) -> None:
    assert main(["scan", SHOWCASE, "--format", "json", "--fail-on", "never"]) == 0
    race = json.loads(capsys.readouterr().out)["findings"][0]
    by_print = drawn(capsys, race["fingerprint"][:10], SHOWCASE, "--format", "mermaid")
    place = f"testdata/showcase/{race['location']['path']}:{race['location']['line']}"
    assert drawn(capsys, place, SHOWCASE, "--format", "mermaid") == by_print
    assert 'title: "GV101 map-race:' in by_print
    assert by_print.count("goroutine 1") == len({step["location"]["path"] for step in race["steps"]}) * 3
    assert re.search(r"-->\|runs\|", by_print), "callbacks that the story runs are arrows"


def test_a_place_without_a_finding_is_its_function(calls: str, capsys: Captured) -> None:
    assert "around func literal in Save" in drawn(capsys, "calls.go:17", calls, "--format", "dot")


@pytest.mark.parametrize(("target", "said"), [
    ("Sav", "did you mean Save?"),
    ("calls.go:9000", "no function is at"),
    ("0123456789", "no finding has the fingerprint"),
    ("nothing.go:3", "nothing.go is not among the scanned files"),
])
def test_what_is_not_there_is_an_error(calls: str, capsys: Captured, target: str, said: str) -> None:
    assert main(["graph", target, calls]) == 2
    assert said in capsys.readouterr().err


def test_several_functions_of_a_name_are_listed(calls: str, capsys: Captured) -> None:
    (Path(calls) / "more").mkdir()
    (Path(calls) / "more" / "more.go").write_text("package more\n\nfunc Save() {}\n")
    assert main(["graph", "Save", calls]) == 2
    assert capsys.readouterr().err.splitlines()[1:] == ["  calls.Save", "  calls/more.Save"]
    assert "around Save" in drawn(capsys, "more.Save", calls)


@pytest.mark.parametrize("format", FORMATS)
def test_equal_code_gives_equal_pictures(calls: str, capsys: Captured, format: str) -> None:
    assert drawn(capsys, "Save", calls, "-f", format) == drawn(capsys, "Save", calls, "-f", format, "--jobs", "1")


def hostile() -> Picture:
    nodes = tuple(Node(f"{HOSTILE}{n}", HOSTILE, HOSTILE, is_interface=n == 1, parties=(n,)) for n in range(3))
    edges = tuple(Edge(nodes[a].id, nodes[b].id, link) for a, b, link in ((0, 1, Link.GO), (1, 2, Link.CALL)))
    return Picture(HOSTILE, nodes, edges, 4)


def test_svg_is_well_formed_and_inert_whatever_the_names() -> None:
    root = ElementTree.fromstring(draw(hostile(), "svg"))
    kinds = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert kinds == {"svg", "style", "defs", "marker", "path", "g", "title", "rect", "polygon", "text"}
    assert not [name for element in root.iter() for name in element.attrib if name.startswith("on") or "href" in name]
    assert "4 more functions are left out" in "".join(root.itertext())


def test_mermaid_and_dot_escape_names() -> None:
    mermaid = draw(hostile(), "mermaid")
    head, body = mermaid.split("flowchart LR\n")
    assert head == f'---\ntitle: {json.dumps(safe(HOSTILE), ensure_ascii=False)}\n---\n'
    assert not re.search(r"<(?!br/>)|\x1b|\u202e", body)
    shapes = r'\["[^"\n]*"\]|\(\["[^"\n]*"\]\)|\{\{"[^"\n]*"\}\}'
    for line in body.splitlines():
        assert re.fullmatch(rf"  (n\d+|more)({shapes})(:::\w+)?|  n\d+ \S+ n\d+|  classDef .*", line), line
    dot = draw(hostile(), "dot")
    strings = r'"(?:[^"\\\n]|\\.)*"'
    assert re.fullmatch(r"[\w\s{}\[\]=,;>-]*", re.sub(strings, "", dot))


names = st.integers(0, 9).map(str)


@given(st.lists(st.tuples(names, names), max_size=25))
def test_boxes_never_overlap_and_arrows_touch_their_boxes(edges: list[tuple[str, str]]) -> None:
    unique = list(dict.fromkeys(edges))
    used = sorted({end for edge in unique for end in edge})
    sizes = {name: (40.0 + 10 * int(name), 20.0 + int(name)) for name in used}
    placed = layout(sizes, unique)
    boxes = list(placed.boxes.values())
    for number, one in enumerate(boxes):
        assert min(one.x, one.y) >= 0
        assert one.x + one.width <= placed.width and one.y + one.height <= placed.height
        for other in boxes[number + 1 :]:
            apart = one.x + one.width <= other.x or other.x + other.width <= one.x
            assert apart or one.y + one.height <= other.y + 0.001 or other.y + other.height <= one.y + 0.001
    for (source, target), route in zip(unique, placed.routes, strict=True):
        assert bool(route) == (source != target)
        for end, point in ((source, route[:1]), (target, route[-1:])):
            box = placed.boxes[end]
            assert all(x in (box.x, box.x + box.width) and box.y <= y <= box.y + box.height for x, y in point)
