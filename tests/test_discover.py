"""Discovery: which files, under which import paths, and that odd trees never stop it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from govet_py.errors import UsageError
from govet_py.source.constraints import header_matches, name_matches
from govet_py.source.discover import Discovery, discover
from govet_py.source.header import parse_header
from govet_py.source.modules import infer_prefix
from govet_py.source.product import is_test_directory, is_test_file


def tree(top: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        path = top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return top


def paths(found: Discovery) -> list[str]:
    return [file.path for file in found.files]


def import_paths(found: Discovery) -> dict[str, str]:
    return {file.path: file.import_path for file in found.files}


def test_go_mod_gives_import_paths_and_version(tmp_path: Path) -> None:
    tree(tmp_path, {
        "go.mod": "module example.com/shop // the shop\n\ngo 1.21\n",
        "main.go": "package main\n",
        "stock/stock.go": "package stock\n",
        "inner/go.mod": "module example.com/inner\n",
        "inner/deep/x.go": "package deep\n",
    })
    found = discover([tmp_path])
    assert import_paths(found) == {
        "inner/deep/x.go": "example.com/inner/deep",
        "main.go": "example.com/shop",
        "stock/stock.go": "example.com/shop/stock",
    }
    assert [file.go_version for file in found.files] == [(1, 16), (1, 21), (1, 21)]


def test_a_folder_of_a_module_knows_its_module(tmp_path: Path) -> None:
    tree(tmp_path, {"go.mod": "module m.io/a\ngo 1.22\n", "x/y/y.go": "package y\n"})
    found = discover([tmp_path / "x"])
    assert import_paths(found) == {"y/y.go": "m.io/a/x/y"}


def test_a_local_replacement_gives_the_import_path(tmp_path: Path) -> None:
    tree(tmp_path, {
        "go.mod": "module m.io/a\nreplace (\n\tother.io/b v1.2.0 => ./third/b\n)\n",
        "third/b/go.mod": "module fork.io/b\n",
        "third/b/b.go": "package b\n",
    })
    assert import_paths(discover([tmp_path])) == {"third/b/b.go": "other.io/b"}


def test_the_standard_library_has_no_prefix(tmp_path: Path) -> None:
    tree(tmp_path, {"go.mod": "module std\n\ngo 1.27\n", "net/http/server.go": "package http\n"})
    assert import_paths(discover([tmp_path])) == {"net/http/server.go": "net/http"}


def test_without_go_mod_the_imports_tell_the_root(tmp_path: Path) -> None:
    tree(tmp_path, {
        "go/vt/topo/topo.go": 'package topo\n\nimport (\n\t"context"\n\tlog "vitess.io/vitess/go/vt/log"\n)\n',
        "go/vt/log/log.go": "package log\n",
    })
    found = discover([tmp_path])
    assert import_paths(found)["go/vt/topo/topo.go"] == "vitess.io/vitess/go/vt/topo"
    assert {file.go_version for file in found.files} == {(1, 16)}


def test_without_any_hint_the_folder_is_the_import_path(tmp_path: Path) -> None:
    tree(tmp_path / "case", {"a.go": "package a\n", "sub/b.go": "package sub\n"})
    found = discover([tmp_path / "case"])
    assert import_paths(found) == {"a.go": "case", "sub/b.go": "sub"}
    assert {file.go_version for file in found.files} == {(1, 22)}


def test_majority_and_domains_decide_the_prefix() -> None:
    directories = {"vt/topo", "vt/log", "context"}
    imports = ["a.io/x/vt/topo", "a.io/x/vt/log", "b.io/vt/log", "context"]
    assert infer_prefix(directories, imports) == "a.io/x"
    assert infer_prefix(directories, ["fmt"]) is None


def test_skipped_folders(tmp_path: Path) -> None:
    source = "package p\n"
    tree(tmp_path, {f"{d}/p.go": source for d in ("vendor", "testdata", "_old", ".git", "node_modules", "p")})
    assert paths(discover([tmp_path])) == ["p/p.go"]
    assert paths(discover([tmp_path / "vendor"])) == ["p.go"]


def test_tests_are_off_unless_asked_for(tmp_path: Path) -> None:
    tree(tmp_path, {
        "a.go": "package a\n",
        "a_test.go": "package a\n",
        "fake_a.go": "package a\n",
        "faketopo/f.go": "package faketopo\n",
        "endtoend/deep/e.go": "package deep\n",
        "help.go": 'package a\n\nimport "testing"\n\nfunc Check(t *testing.T) {}\n',
        "flags.go": 'package a\n\nimport "testing"\n\nvar inTest = testing.Testing()\n',
        "memorytopo/m.go": "package memorytopo\n",
        "vtcombo/c.go": "package vtcombo\n",
    })
    found = discover([tmp_path])
    assert paths(found) == ["a.go", "flags.go", "memorytopo/m.go", "vtcombo/c.go"]
    assert found.tests_left_out == 5
    everything = discover([tmp_path], tests=True)
    assert len(everything.files) == 9
    assert [file.path for file in everything.files if not file.is_test] == paths(found)


def test_an_explicit_file_is_always_taken(tmp_path: Path) -> None:
    tree(tmp_path, {"a_test.go": "package a\n", "b_windows.go": "//go:build windows\n\npackage a\n"})
    found = discover([tmp_path / "a_test.go", tmp_path / "b_windows.go"])
    assert [(file.path, file.is_test) for file in found.files] == [("a_test.go", True), ("b_windows.go", False)]


@pytest.mark.parametrize(
    ("name", "helps"),
    [("testlib", True), ("tmrpctest", True), ("vttest", True), ("mocks", True), ("fakes", True), ("testutil", True),
     ("latest", False), ("contest", False), ("topo", False), ("protest2", False), ("vtcombo", False)],
)
def test_names_of_test_folders(name: str, helps: bool) -> None:
    assert is_test_directory(name) is helps


@pytest.mark.parametrize(
    ("name", "helps"),
    [("x_test.go", True), ("s3_mock.go", True), ("fake_x.go", True), ("ast_fuzzer.go", True), ("fuzz.go", True),
     ("testing.go", False), ("mockery.go", False), ("contest.go", False)],
)
def test_names_of_test_files(name: str, helps: bool) -> None:
    assert is_test_file(name) is helps


@pytest.mark.parametrize(
    ("name", "matches"),
    [("a.go", True), ("linux.go", True), ("a_linux.go", True), ("a_windows.go", False), ("a_arm64.go", False),
     ("a_linux_amd64.go", True), ("a_linux_arm64.go", False), ("a_darwin_amd64.go", False), ("a_unix.go", True),
     ("a_windows_test.go", False), ("a_windows_x.go", True)],
)
def test_constraints_in_names(name: str, matches: bool) -> None:
    assert name_matches(name) is matches


@pytest.mark.parametrize(
    ("header", "matches"),
    [("//go:build linux\n", True), ("//go:build !linux\n", False), ("//go:build ignore\n", False),
     ("//go:build linux && (arm64 || amd64)\n", True), ("//go:build !(linux || darwin)\n", False),
     ("//go:build go1.21 && !race\n", True), ("//go:build extra\n", True), ("//go:build !!linux\n", True),
     ("// +build linux darwin\n// +build !cgo\n", False), ("// +build linux,!arm64 windows\n", True),
     ("//go:build linux\n// +build windows\n", True), ("// about builds\n", True), ("//go:build (\n", False)],
)
def test_constraints_in_headers(header: str, matches: bool) -> None:
    assert header_matches(header, {"extra"}) is matches


def test_excluded_files_are_counted(tmp_path: Path) -> None:
    tree(tmp_path, {"a.go": "package a\n", "b_plan9.go": "package a\n", "c.go": "//go:build ignore\n\npackage main\n"})
    found = discover([tmp_path])
    assert (paths(found), found.excluded) == (["a.go"], 2)
    assert paths(discover([tmp_path], tags=["ignore"])) == ["a.go", "c.go"]


@pytest.mark.parametrize(
    ("head", "generated"),
    [(b"// Code generated by protoc-gen-go. DO NOT EDIT.\npackage p\n", True),
     (b"// License\n\n// Code generated by goyacc -o sql.go. DO NOT EDIT.\r\n\npackage p\n", True),
     (b"//line sql.y:18\npackage p\n", True),
     (b"package p\n\n// Code generated by x. DO NOT EDIT.\n", False),
     (b"/*\n// Code generated, sort of\n*/\npackage p\n", False)],
)
def test_generated_files(head: bytes, generated: bool) -> None:
    assert parse_header(head).is_generated is generated


def test_headers_are_read_past_comments() -> None:
    comment = b'\xef\xbb\xbf/* package wrong\nimport "no" */\n\n'
    head = comment + b'package right // x\n\nimport "a/b"\nimport (\n\tc "d"\n\t_ "e"\n)\n'
    header = parse_header(head)
    assert (header.package, header.imports) == ("right", ("a/b", "d", "e"))
    assert parse_header(b"").package == ""
    assert parse_header(b"/* never closed").package == ""


def test_wrong_paths_are_usage_errors(tmp_path: Path) -> None:
    tree(tmp_path, {"notes.txt": ""})
    with pytest.raises(UsageError, match="no such file"):
        discover([tmp_path / "absent"])
    with pytest.raises(UsageError, match="not a Go file"):
        discover([tmp_path / "notes.txt"])


def test_odd_files_become_notices(tmp_path: Path) -> None:
    tree(tmp_path, {"a.go": "package a\n"})
    os.mkfifo(tmp_path / "pipe.go")
    (tmp_path / "gone.go").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "folder.go").mkdir()
    found = discover([tmp_path])
    assert paths(found) == ["a.go"]
    assert [(notice.kind, notice.path) for notice in found.notices] == [
        ("unreadable", "gone.go"), ("unreadable", "pipe.go"),
    ]


def test_order_and_duplicates(tmp_path: Path) -> None:
    tree(tmp_path, {"b/b.go": "package b\n", "a/a.go": "package a\n", "a.go": "package x\n"})
    found = discover([tmp_path / "b", tmp_path, tmp_path / "b" / "b.go"])
    assert paths(found) == ["a.go", "a/a.go", "b/b.go"]
    assert found.root == tmp_path
