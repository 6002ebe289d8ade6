"""Baselines: written the same each time, read with care, and blind to edits that change no bug."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from govet_py.cli import main
from racy import COUNT, FILL, GO_MOD

SHOWCASE = Path(__file__).parent.parent / "testdata" / "showcase"

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "tree"
    folder.mkdir()
    (folder / "go.mod").write_text(GO_MOD)
    (folder / "fill.go").write_text(FILL)
    (folder / "count.go").write_text(COUNT)
    return folder


@pytest.fixture
def file(tree: Path, tmp_path: Path) -> str:
    target = str(tmp_path / "baseline.json")
    assert main(["baseline", "create", str(tree), "--output", target]) == 0
    return target


def test_a_baseline_is_sorted_and_the_same_each_time(tree: Path, file: str, capsys: Captured) -> None:
    first = Path(file).read_text("utf-8")
    document = json.loads(first)
    assert [(row["path"], row["rule"]) for row in document["findings"]] == [("count.go", "GV101"), ("fill.go", "GV101")]
    assert set(document) == {"version", "tool", "findings"}
    capsys.readouterr()
    assert main(["baseline", "create", str(tree)]) == 0
    out, err = capsys.readouterr()
    assert out == first
    assert err == "2 findings in the baseline\n"


def test_a_baseline_hides_its_findings(tree: Path, file: str, capsys: Captured) -> None:
    assert main(["scan", str(tree), "--baseline", file]) == 0
    assert capsys.readouterr().err.endswith("nothing to report in 2 files; not told: 2 baselined\n")
    (tree / "more.go").write_text(FILL.replace("Fill", "More"))
    assert main(["scan", str(tree), "--baseline", file]) == 1
    assert capsys.readouterr().out.startswith("more.go:6:15: error GV101")


def test_a_baseline_is_shown(file: str, capsys: Captured) -> None:
    capsys.readouterr()
    assert main(["baseline", "show", file]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[1].startswith("fill.go: GV101 map seen is written")
    assert err == "2 findings in the baseline\n"


@pytest.mark.parametrize(("old", "new"), [
    ("package racy\n", "package racy\n\n// More\n// lines.\n\nvar before = func() int { return 1 }()\n"),
    ("seen", "known"),
    ("key", "name"),
    ("{ seen[key] = true }", "{\n\t\t\tseen[key] = true\n\t\t}"),
    ("	seen := map", "	_ = func() {}\n	seen := map"),
    ("	return seen", "	println(len(keys))\n	return seen"),
], ids=["edits above", "renamed local", "renamed loop variable", "formatting", "a literal before", "edits below"])
def test_fingerprints_survive(old: str, new: str, tree: Path, file: str) -> None:
    edited = (tree / "fill.go").read_text().replace(old, new)
    assert edited != FILL
    (tree / "fill.go").write_text(edited)
    assert main(["scan", str(tree), "--baseline", file]) == 0


def test_fingerprints_survive_renamed_receivers(tree: Path, file: str) -> None:
    edited = COUNT.replace("(c *Counter)", "(counter *Counter)").replace("c.hits", "counter.hits")
    (tree / "count.go").write_text(edited)
    assert main(["scan", str(tree), "--baseline", file]) == 0


@pytest.mark.parametrize(("pattern", "replacement"), [
    (r"\A", "// Licence.\n\n"),
    (r"\bsub\b", "subscriber"),
    (r"\b(vars|row|undo|ctx|check|status)\b(?!\.New)", r"\1Renamed"),
    (r"\n", "\n\n"),
    (r"^func (\w+)\(", r"func before\1() { _ = func() {} }\n\nfunc \1("),
], ids=["edits above", "renamed channel", "renamed locals", "formatting", "functions between"])
def test_fingerprints_of_other_rules_survive(pattern: str, replacement: str, tmp_path: Path) -> None:
    """The showcase has findings of three rules, in packages that call each other."""
    folder, file = tmp_path / "showcase", str(tmp_path / "baseline.json")
    shutil.copytree(SHOWCASE, folder)
    (folder / "go.mod").write_text("module govetpy.test/showcase\n\ngo 1.25\n")
    assert main(["baseline", "create", str(folder), "-o", file]) == 0
    assert {row["rule"] for row in json.loads(Path(file).read_text())["findings"]} == {"GV101", "GV201", "GV301"}
    for path in folder.rglob("*.go"):
        path.write_text(re.sub(pattern, replacement, path.read_text("utf-8"), flags=re.MULTILINE))
    assert main(["scan", str(folder), "--baseline", file, "--format", "json", "-o", str(tmp_path / "out.json")]) == 0
    assert len(json.loads((tmp_path / "out.json").read_text())["hidden"]) == 3


PROXY = """package racy

type proxy struct{ host string }

func (p *proxy) dial(host string) { p.host = host }

type pool struct{ proxy *proxy }

func (p *pool) open() { p.proxy.dial("a") }

func all(p *pool) {
	for range 3 {
		go p.open()
	}
}
"""
NEARER = """
func near(p *proxy) {
	for range 3 {
		go p.dial("b")
	}
}
"""
NAMESAKE = """
type table struct{ host string }

func (t *table) close() { t.host = "" }

func all(t *table) {
	for range 3 {
		go t.close()
	}
}
"""


def told(folder: Path) -> dict[str, str]:
    out = folder.parent / "out.json"
    main(["scan", str(folder), "--format", "json", "--output", str(out)])
    return {one["fingerprint"]: one["message"] for one in json.loads(out.read_text())["findings"]}


def test_a_caller_that_comes_nearer_does_not_make_a_race_new(tree: Path) -> None:
    """The frame nearest to the accesses tells a race: a new one must not rename what was there."""
    (tree / "proxy.go").write_text(PROXY)
    before = told(tree)
    (tree / "proxy.go").write_text(PROXY + NEARER)
    assert (after := told(tree)).keys() == before.keys()
    assert set(after.values()) - set(before.values()) == {
        "field p.host is written by several goroutines at once, with no common lock (in near)",
    }


def test_fields_of_one_name_are_not_taken_for_each_other(tree: Path) -> None:
    (tree / "proxy.go").write_text(PROXY)
    before = told(tree)
    quiet = PROXY.replace("go p.open()", "p.open()").replace("func all(", "func none(")
    (tree / "proxy.go").write_text(quiet + NAMESAKE)
    assert len(told(tree).keys() - before.keys()) == 1


def test_fingerprints_survive_a_renamed_file(tree: Path, file: str) -> None:
    (tree / "fill.go").rename(tree / "other.go")
    assert main(["scan", str(tree), "--baseline", file]) == 0


def test_fingerprints_do_not_depend_on_what_else_is_scanned(tree: Path, tmp_path: Path) -> None:
    (tree / "sub").mkdir()
    (tree / "sub" / "fill.go").write_text(FILL)
    target = str(tmp_path / "sub.json")
    assert main(["baseline", "create", str(tree / "sub"), "-o", target]) == 0
    assert main(["scan", str(tree), "--baseline", target, "--format", "json", "-o", str(tmp_path / "out")]) == 1
    left = json.loads((tmp_path / "out").read_text())
    assert {one["location"]["path"] for one in left["findings"]} == {"count.go", "fill.go"}
    assert [one["disposition"]["state"] for one in left["hidden"]] == ["baselined"]


def test_a_second_bug_of_a_kind_in_a_function_is_new(tree: Path, file: str, capsys: Captured) -> None:
    race = "	for _, key := range keys {\n		go func() { also[key] = true }()\n	}\n"
    edited = FILL.replace("	return", f"	also := map[string]bool{{}}\n{race}	return")
    (tree / "fill.go").write_text(edited)
    assert main(["scan", str(tree), "--baseline", file]) == 1
    assert "1 finding (1 error) in 2 files; not told: 2 baselined" in capsys.readouterr().err


ENTRY = {"fingerprint": "0" * 32, "rule": "GV101", "path": "a.go", "function": "f", "message": "m"}


@pytest.mark.parametrize(("text", "told"), [
    (None, "cannot read the baseline"),
    ("", "is not a baseline"),
    ("[]", "is not a baseline"),
    ("{}", "is not a baseline"),
    ('{"version": 1, "runs": []}', "is not a baseline"),
    ('{"tool": "govet-py", "version": 2, "findings": []}', "of version 2, not 1"),
    ('{"tool": "govet-py", "version": 1}', "it has no list of findings"),
    (json.dumps({"tool": "govet-py", "version": 1, "findings": [{**ENTRY, "fingerprint": "x"}]}), "bad entry"),
    (json.dumps({"tool": "govet-py", "version": 1, "findings": [{**ENTRY, "rule": 1}]}), "bad entry"),
    (json.dumps({"tool": "govet-py", "version": 1, "findings": [7]}), "bad entry"),
    ("[" * 100_000, "is not a baseline"),
])
def test_bad_files_are_wrong_use(text: str | None, told: str, tree: Path, tmp_path: Path, capsys: Captured) -> None:
    bad = tmp_path / "bad.json"
    if text is not None:
        bad.write_text(text)
    assert main(["scan", str(tree), "--baseline", str(bad)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err
    assert main(["baseline", "show", str(bad)]) == 2
