"""Findings that are new since a revision, in real repositories; their work trees stay as they are."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from govet_py.cli import main
from racy import COUNT, FILL, commit, git, repository

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return repository(tmp_path / "tree")


def new(folder: Path, revision: str, *arguments: str) -> int:
    return main(["scan", str(folder), "--new-from", revision, *arguments])


def test_what_the_base_has_is_not_told(tree: Path, capsys: Captured) -> None:
    assert new(tree, "main") == 0
    assert capsys.readouterr().err == "nothing to report in 1 file; not told: 1 known\n"


def test_what_is_new_is_told_committed_or_not(tree: Path, capsys: Captured) -> None:
    (tree / "count.go").write_text(COUNT)
    assert new(tree, "HEAD") == 1
    assert capsys.readouterr().out.startswith("count.go:")
    commit(tree, "another race")
    assert new(tree, "HEAD~1") == 1
    assert new(tree, "HEAD") == 0


def test_an_old_bug_that_moves_is_not_new(tree: Path) -> None:
    (tree / "fill.go").write_text("// Package racy races.\n" + FILL.replace("seen", "known"))
    assert new(tree, "HEAD") == 0


def test_a_branch_stands_for_where_it_was_left(tree: Path) -> None:
    """What happened on main meanwhile (the race was mended there) is not this branch's doing."""
    git(tree, "checkout", "-q", "-b", "topic")
    (tree / "readme").write_text("x")
    commit(tree, "nothing of note")
    git(tree, "checkout", "-q", "main")
    (tree / "fill.go").write_text("package racy\n")
    commit(tree, "mended")
    git(tree, "checkout", "-q", "topic")
    assert new(tree, "main") == 0


def test_sub_folders_are_compared_with_themselves(tree: Path, capsys: Captured) -> None:
    (tree / "sub").mkdir()
    (tree / "sub" / "fill.go").write_text(FILL)
    commit(tree, "a package")
    assert new(tree / "sub", "HEAD") == 0
    assert new(tree / "sub", "HEAD~1") == 1
    assert new(tree / "sub" / "fill.go", "HEAD") == 0
    assert new(tree / "sub" / "fill.go", "HEAD~1") == 1
    capsys.readouterr()


def test_trees_without_a_module_are_compared_too(tree: Path) -> None:
    git(tree, "rm", "-q", "go.mod")
    (tree / "sub").mkdir()
    (tree / "sub" / "fill.go").write_text(FILL)
    commit(tree, "before modules")
    assert new(tree, "HEAD") == 0
    assert new(tree / "sub", "HEAD") == 0


def test_submodules_are_compared_at_the_commit_that_the_base_had(tree: Path, tmp_path: Path, capsys: Captured) -> None:
    part = repository(tmp_path / "part")
    git(tree, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(part), "lib/part")
    commit(tree, "a part of somebody else's")
    assert new(tree, "HEAD") == 0
    assert new(tree / "lib", "HEAD") == 0
    (tree / "lib" / "part" / "count.go").write_text(COUNT)
    commit(tree / "lib" / "part", "another race")
    commit(tree, "the part's newest")
    assert new(tree, "HEAD~1") == 1
    assert capsys.readouterr().out.startswith("lib/part/count.go:")
    assert new(tree, "HEAD") == 0
    assert new(tree, "HEAD~2") == 1


def test_a_commit_that_a_submodule_lacks_is_wrong_use(tree: Path, tmp_path: Path, capsys: Captured) -> None:
    part = repository(tmp_path / "part")
    git(tree, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(part), "part")
    git(tree, "update-index", "--cacheinfo", f"160000,{'1' * 40},part")
    git(tree, "commit", "-q", "-m", "a commit that nobody pushed")
    assert new(tree, "HEAD") == 2
    assert "git cannot list 111111111111 in the submodule part, fetch it there" in capsys.readouterr().err


def test_links_have_the_content_of_their_files(tree: Path) -> None:
    (tree / "linked").mkdir()
    (tree / "linked" / "go.mod").write_text("module example.com/linked\n\ngo 1.24\n")
    (tree / "linked" / "fill.go").symlink_to("../fill.go")
    (tree / "linked" / "outside.go").symlink_to("../../../absent.go")
    commit(tree, "the same twice")
    assert new(tree, "HEAD") == 0
    assert new(tree, "HEAD~1") == 1


def test_a_comment_that_is_taken_away_makes_its_finding_new(tree: Path) -> None:
    (tree / "fill.go").write_text(FILL.replace("func Fill", "//govet:ignore GV101 -- why\nfunc Fill"))
    commit(tree, "accepted")
    (tree / "fill.go").write_text(FILL)
    assert new(tree, "HEAD") == 1


def test_the_repository_is_not_touched(tree: Path) -> None:
    (tree / "count.go").write_text(COUNT)
    (tree / ".gitattributes").write_text("*.go export-ignore filter=broken\n")
    git(tree, "config", "filter.broken.smudge", "false")
    before = {path: path.stat().st_mtime_ns for path in tree.rglob("*")}
    assert new(tree, "HEAD") == 1
    assert {path: path.stat().st_mtime_ns for path in tree.rglob("*")} == before


def test_hooks_may_call_it(tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = repository(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git" / "index"))
    assert new(tree, "main") == 0


@pytest.mark.parametrize("revision", ["absent", "", "-x", "--all", "HEAD:fill.go", "main\nmain", "HEAD^{tree}"])
def test_unknown_revisions_are_wrong_use(revision: str, tree: Path, capsys: Captured) -> None:
    assert main(["scan", str(tree), f"--new-from={revision}"]) == 2
    assert f"no commit is called {revision!r}" in capsys.readouterr().err


def test_no_repository_is_wrong_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "fill.go").write_text(FILL)
    assert new(tmp_path, "main") == 2
    assert "is not in the work tree of a git repository" in capsys.readouterr().err


def test_no_commit_yet_is_wrong_use(tmp_path: Path, capsys: Captured) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "fill.go").write_text(FILL)
    assert new(tmp_path, "HEAD") == 2
    assert "no commit is called 'HEAD'" in capsys.readouterr().err


def test_paths_of_two_repositories_are_wrong_use(tree: Path, tmp_path: Path, capsys: Captured) -> None:
    other = repository(tmp_path / "other")
    assert main(["scan", str(tree), str(other), "--new-from", "main"]) == 2
    assert "is not in the git repository" in capsys.readouterr().err


def test_shallow_clones_are_told_how_to_deepen(tree: Path, tmp_path: Path, capsys: Captured) -> None:
    first = git(tree, "rev-parse", "HEAD")
    commit(tree, "second")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", tree.as_uri(), str(clone))
    assert new(clone, first) == 2
    assert "fetch-depth: 0" in capsys.readouterr().err
    assert new(clone, "HEAD") == 0


def test_unrelated_histories_are_wrong_use(tree: Path, capsys: Captured) -> None:
    git(tree, "checkout", "-q", "--orphan", "island")
    commit(tree, "alone")
    assert new(tree, "main") == 2
    assert "no common history" in capsys.readouterr().err


def test_a_branch_that_only_the_remote_has_is_suggested(tree: Path, tmp_path: Path, capsys: Captured) -> None:
    git(tree, "checkout", "-q", "-b", "topic")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", str(tree), str(clone))
    assert new(clone, "main") == 2
    assert "did you mean origin/main?" in capsys.readouterr().err
    assert new(clone, "origin/main") == 0


@pytest.mark.parametrize(("asked", "meant"), [("origin/main", "main"), ("master", "main"), ("origin/master", "main")])
def test_the_branch_that_is_there_is_suggested(asked: str, meant: str, tree: Path, capsys: Captured) -> None:
    assert new(tree, asked) == 2
    assert f"did you mean {meant}?" in capsys.readouterr().err


def test_without_git_it_is_wrong_use(tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setitem(os.environ, "PATH", str(tree))
    assert new(tree, "main") == 2
    assert "needs git" in capsys.readouterr().err


def test_a_rule_that_fails_at_the_base_is_not_a_clean_scan(
    tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured,
) -> None:
    (tree / "fill.go").write_text("package racy\n")
    monkeypatch.setattr("govet_py.checks.map_race.race_finding", lambda *_: 1 // 0)
    assert new(tree, "main") == 3
    assert "at the base revision: rule GV101 map-race failed" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not fork")
def test_an_analysis_that_is_killed_is_not_a_clean_scan(
    tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured,
) -> None:
    monkeypatch.setattr("govet_py.scanning.analyse", lambda *_: os._exit(9))
    assert new(tree, "main") == 3
    assert "the analysis of main was killed" in capsys.readouterr().err
