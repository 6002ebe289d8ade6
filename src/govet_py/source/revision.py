"""The Go files of another commit, written out beside the repository: its work tree is only read.

Files come from the object database (`git ls-tree`, `git cat-file`), so that neither attributes nor
filters of the repository change or run anything.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from posixpath import dirname, join, normpath
from typing import NamedTuple

from govet_py.errors import RevisionError

_LOCAL = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR")
"""Set in hooks, for the repository of the hook; the one that is asked for may be another."""
_REGULAR = (b"100644", b"100755")
_LINK = b"120000"
_MODULE = b"160000"
_MODULE_FILES = ("go.mod", "go.work")
_OTHER_MAIN = {"main": "master", "master": "main"}
DEEPEN = "this clone is shallow: fetch its whole history (git fetch --unshallow, fetch-depth: 0 in actions/checkout)"


class Base(NamedTuple):
    """A commit and where the scanned paths are in its tree: absolute, without files that it does not have."""

    commit: str
    paths: tuple[str, ...]


@contextmanager
def exported(revision: str, paths: Sequence[str]) -> Iterator[Base]:
    """The Go files below `paths` as they were where HEAD's history left that of `revision` (their merge base;
    `revision` itself when it is an ancestor). Raises RevisionError when git cannot tell."""
    top = _top(paths)
    with _exported(top, _merge_base(top, revision), paths) as base:
        yield base


@contextmanager
def exported_commit(commit: str, paths: Sequence[str]) -> Iterator[Base]:
    """As `exported`, for a commit itself."""
    top = _top(paths)
    with _exported(top, _commit(top, commit), paths) as base:
        yield base


def commits(path: str, revisions: str, step: int = 1) -> list[str]:
    """Commits of the repository around `path`, oldest first: every `step`-th (and the last) of a range's first
    parents, `A..B`, or the one commit that a name stands for. Raises RevisionError when git cannot tell."""
    top = _top([path])
    if ".." not in revisions:
        return [_commit(top, revisions)]
    done = _git(top, "rev-list", "--first-parent", "--reverse", "--end-of-options", revisions, "--")
    if done.returncode:
        raise RevisionError(f"no commits are called {revisions!r}: {_said(done)}{_shallow(top)}")
    found = done.stdout.decode("ascii", "replace").split()
    return found[(len(found) - 1) % step::step] if found else []


@contextmanager
def _exported(top: Path, commit: str, paths: Sequence[str]) -> Iterator[Base]:
    inside = [_inside(top, path) for path in paths]
    with tempfile.TemporaryDirectory(prefix="govet-py-") as folder:
        root = Path(folder) / (top.name or "root")  # packages outside any module are named after the folder
        _write(top, commit, inside, root)
        yield Base(commit, tuple(str(root / path) for path in inside if (root / path).exists()))


def _top(paths: Sequence[str]) -> Path:
    absolute = os.path.realpath(paths[0])
    folder = Path(absolute if os.path.isdir(absolute) else os.path.dirname(absolute))
    done = _git(folder, "rev-parse", "--show-toplevel")
    top = os.fsdecode(done.stdout).rstrip("\n")
    if done.returncode or not top:
        reason = _said(done)
        detail = "" if "not a git repository" in reason else f" ({reason})"
        raise RevisionError(f"{paths[0]} is not in the work tree of a git repository{detail}")
    return Path(os.path.realpath(top))


def _inside(top: Path, path: str) -> str:
    """A path relative to the repository, "." for the repository itself."""
    absolute = Path(os.path.realpath(path))
    if not absolute.is_relative_to(top):
        raise RevisionError(f"{path} is not in the git repository {top}")
    return absolute.relative_to(top).as_posix()


def _merge_base(top: Path, revision: str) -> str:
    commit = _commit(top, revision)
    head = _commit(top, "HEAD")
    done = _git(top, "merge-base", commit, head)
    bases = done.stdout.decode("ascii", "replace").split()
    if done.returncode or not bases:
        raise RevisionError(f"{revision} and HEAD have no common history{_shallow(top)}")
    return bases[0]


def _commit(top: Path, revision: str) -> str:
    done = _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    found = done.stdout.decode("ascii", "replace").strip()
    if done.returncode or not found:
        raise RevisionError(f"no commit is called {revision!r}{_near(top, revision)}{_shallow(top)}")
    return found


def _near(top: Path, revision: str) -> str:
    """The branch that was meant, perhaps: there are clones without local branches and repositories without a remote."""
    branch = revision.removeprefix("origin/")
    for name in (branch, _OTHER_MAIN.get(branch, branch)):
        for place, shown in (("refs/remotes/origin/", f"origin/{name}"), ("refs/heads/", name)):
            if not _git(top, "rev-parse", "--verify", "--quiet", f"{place}{name}^{{commit}}").returncode:
                return f", did you mean {shown}?"
    return ""


def _shallow(top: Path) -> str:
    return f"; {DEEPEN}" if _git(top, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true" else ""


def _write(top: Path, commit: str, inside: Sequence[str], root: Path) -> None:
    """Writes the wanted files of a commit below `root`; folders that were not there yet are empty."""
    root.mkdir()
    for path in inside:
        if not path.endswith(".go"):
            (root / path).mkdir(parents=True, exist_ok=True)
    for repository, files in _repositories(top, commit, inside, PurePosixPath()):
        for name, content in zip(files, _contents(repository, list(files.values())), strict=True):
            target = root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)


def _repositories(
    top: Path, commit: str, inside: Sequence[str], at: PurePosixPath,
) -> Iterator[tuple[Path, dict[str, bytes]]]:
    """A repository and its submodules that are checked out: by path from the first one's root, the names of the
    contents that are wanted. `at` is where `top` is in the first one."""
    tree = _tree(top, commit, at)
    yield top, _files(top, tree, inside, at)
    for name, pinned in tree.modules.items():
        folder = top / name
        if _touches(str(at / name), inside) and not folder.is_symlink() and (folder / ".git").exists():
            yield from _repositories(folder, pinned, inside, at / name)


class _Tree(NamedTuple):
    """What a commit holds, by path: names of contents, of symbolic links' targets, and submodules' commits."""

    regular: dict[str, bytes]
    links: dict[str, bytes]
    modules: dict[str, str]


def _tree(top: Path, commit: str, at: PurePosixPath) -> _Tree:
    done = _git(top, "ls-tree", "-r", "-z", "--full-tree", commit)
    if done.returncode:
        where = f" in the submodule {at}, fetch it there" if at.parts else ""
        raise RevisionError(f"git cannot list {commit[:12]}{where}: {_said(done)}{_shallow(top)}")
    tree = _Tree({}, {}, {})
    for entry in done.stdout.split(b"\0"):
        about, tab, raw = entry.partition(b"\t")
        name = os.fsdecode(raw)
        if not tab or ".." in PurePosixPath(name).parts or name.startswith("/"):
            continue  # git makes no such path, but a tree can be made without git
        mode, _, object_ = about.split()
        if mode in _REGULAR:
            tree.regular[name] = object_
        elif mode == _LINK:
            tree.links[name] = object_
        elif mode == _MODULE:
            tree.modules[name] = object_.decode("ascii", "replace")
    return tree


def _files(top: Path, tree: _Tree, inside: Sequence[str], at: PurePosixPath) -> dict[str, bytes]:
    """A link has the content of the file that it leads to, if that is in the tree."""
    files = {str(at / name): object_ for name, object_ in tree.regular.items() if _wanted(at / name, inside)}
    links = [name for name in tree.links if _wanted(at / name, inside)]
    for name, target in zip(links, _contents(top, [tree.links[name] for name in links]), strict=True):
        meant = tree.regular.get(normpath(join(dirname(name), os.fsdecode(target))))
        if meant is not None:
            files[str(at / name)] = meant
    return files


def _wanted(path: PurePosixPath, inside: Sequence[str]) -> bool:
    return path.name in _MODULE_FILES or (
        path.suffix == ".go" and any(one in (".", str(path)) or str(path).startswith(f"{one}/") for one in inside)
    )


def _touches(folder: str, inside: Sequence[str]) -> bool:
    return any(one in (".", folder) or one.startswith(f"{folder}/") or folder.startswith(f"{one}/") for one in inside)


def _contents(top: Path, objects: Sequence[bytes]) -> Iterator[bytes]:
    """The contents of objects, in order. git reads the names from a file: a pipe could block both sides."""
    with tempfile.TemporaryFile() as asked:
        asked.write(b"".join(object_ + b"\n" for object_ in objects))
        asked.seek(0)
        with subprocess.Popen(
            _command(top, "cat-file", "--batch"), stdin=asked, stdout=subprocess.PIPE, env=_environment(),
        ) as process:
            assert process.stdout is not None
            for object_ in objects:
                header = process.stdout.readline().split()
                if len(header) != 3:
                    raise RevisionError(f"the repository lacks object {object_.decode()}{_shallow(top)}")
                yield process.stdout.read(int(header[2]))
                process.stdout.read(1)


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(_command(folder, *arguments), capture_output=True, check=False, env=_environment())
    except FileNotFoundError as error:
        raise RevisionError("this needs git, which is not on the PATH") from error


def _command(folder: Path, *arguments: str) -> list[str]:
    return ["git", "-c", "core.fsmonitor=false", "-C", str(folder), *arguments]


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _LOCAL}
    return kept | {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[0].removeprefix("fatal: ") if lines else "no reason given"
