"""Go programs with races, made by hand: what suppression, baselines and revisions are tested on."""

from __future__ import annotations

import subprocess
from pathlib import Path

GO_MOD = "module example.com/racy\n\ngo 1.24\n"
FILL = """package racy

func Fill(keys []string) map[string]bool {
	seen := map[string]bool{}
	for _, key := range keys {
		go func() { seen[key] = true }()
	}
	return seen
}
"""
COUNT = """package racy

type Counter struct{ hits map[string]int }

func (c *Counter) Count(keys []string) {
	for _, key := range keys {
		go func() { c.hits[key] = 1 }()
	}
}
"""


def git(folder: Path, *arguments: str) -> str:
    """Runs git in a folder, as somebody."""
    command = [
        "git", "-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main",
        "-c", "commit.gpgsign=false", "-C", str(folder), *arguments,
    ]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def repository(folder: Path) -> Path:
    """A repository whose one commit, on branch main, has the race of FILL."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "go.mod").write_text(GO_MOD)
    (folder / "fill.go").write_text(FILL)
    git(folder, "init", "-q")
    commit(folder, "a race")
    return folder


def commit(folder: Path, message: str) -> str:
    """Commits all that is there; gives the commit's name."""
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", message)
    return git(folder, "rev-parse", "HEAD")
