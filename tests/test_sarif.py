"""SARIF against both validators: the schema finds what the SDK's validator lets pass, and the other way round."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import samples
from govet_py.model.declarations import Notice
from govet_py.model.finding import Disposition, Report, State
from govet_py.report import PLAIN, render
from govet_py.report.look import Look

ROOT = Path(__file__).parent.parent
PACKAGE = "@microsoft/sarif-multitool@5.7.0"
NOT_FOLLOWED = {
    "SARIF2003": "which commit is scanned is known to whoever uploads, not to the scan",
    "SARIF2005": "the tool has no page on the web",
    "SARIF2006": "asks for URIs over the network",
    "SARIF2012": "the rules have no page on the web: their help is in the file",
    "SARIF2013": "file contents are in the repository",
    "SARIF2015": "wants the whole message in quotes, as it is made by the rule",
}

pytestmark = pytest.mark.xdist_group("sarif")


def log(report: Report, look: Look = PLAIN) -> Any:
    return json.loads(render(report, "sarif", look))


@pytest.fixture(scope="module")
def multitool() -> Path:
    """The folder of the validator's binary and schema: given, in node_modules, or installed there by npm."""
    given = os.environ.get("GOVET_SARIF_MULTITOOL")
    folder = Path(given) if given else ROOT / "node_modules" / "@microsoft" / f"sarif-multitool-{_system()}"
    if not folder.is_dir() and not given and shutil.which("npm"):
        command = ["npm", "install", "--no-save", "--no-package-lock", "--no-audit", "--no-fund", PACKAGE]
        subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=300)
    if not folder.is_dir():
        problem = f"the SARIF validators are not there: npm install --no-save {PACKAGE}"
        if os.environ.get("CI"):
            pytest.fail(problem)
        pytest.skip(problem)
    return folder


def _system() -> str:
    return {"Linux": "linux", "Darwin": "darwin", "Windows": "win32"}.get(platform.system(), "linux")


HIDDEN = tuple(
    replace(samples.race(), disposition=Disposition(state, "known: why"))
    for state in (State.SUPPRESSED, State.BASELINED, State.KNOWN)
)
REPORTS = {
    "hidden": replace(samples.report(), hidden=HIDDEN, repository="/tree"),
    "typical": samples.report(),
    "empty": replace(samples.report(), findings=(), notices=()),
    "failed": replace(samples.report(), notices=(Notice("internal-error", "", 0, "rule GV101 failed\nTraceback"),)),
}
each_report = pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)


each_look = pytest.mark.parametrize("look", [PLAIN, Look(full=True)], ids=["github", "full"])


@each_report
@each_look
def test_schema(report: Report, look: Look, multitool: Path) -> None:
    schema = json.loads((multitool / "sarif-2.1.0.json").read_text("utf-8-sig"))
    errors = jsonschema.Draft202012Validator(schema).iter_errors(log(report, look))
    assert [error.message for error in errors] == []


@each_report
@each_look
def test_validator(report: Report, look: Look, multitool: Path, tmp_path: Path) -> None:
    """Every complaint of any level is looked at; the exit status is 0 whatever it finds."""
    (tmp_path / "out.sarif").write_text(render(report, "sarif", look), "utf-8")
    done = subprocess.run(
        [multitool / "Sarif.Multitool", "validate", "out.sarif", "-o", "verdict.sarif", "--rule-kind", "Sarif;Ghas",
         "--level", "Error;Warning;Note", "--log", "ForceOverwrite"],
        cwd=tmp_path, env=os.environ | {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
        capture_output=True, text=True, timeout=120,
    )
    assert (tmp_path / "verdict.sarif").is_file(), done.stdout + done.stderr
    verdict = json.loads((tmp_path / "verdict.sarif").read_text("utf-8-sig"))
    results = verdict["runs"][0]["results"]
    complaints = [
        (one["ruleId"], one.get("level", "warning"), one["message"])
        for one in results
        if one.get("kind", "fail") == "fail" and one["ruleId"].split("/")[0] not in NOT_FOLLOWED
    ]
    assert complaints == []


def test_levels_are_always_written() -> None:
    run = log(samples.report())["runs"][0]
    assert [result["level"] for result in run["results"]] == ["warning", "error"]
    defaults = [rule["defaultConfiguration"] for rule in run["tool"]["driver"]["rules"]]
    assert defaults == [{"level": "error"}, {"level": "warning"}, {"level": "note"}]


def test_rules_are_found_by_index() -> None:
    run = log(samples.report())["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["name"] for result in run["results"]] == ["LossyFanIn", "MapRace"]


def test_paths_are_relative_and_escaped() -> None:
    run = log(samples.report(), Look(full=True))["runs"][0]
    assert run["originalUriBaseIds"]["%SRCROOT%"]["uri"] == "file:///tree/of%20go/"
    location = run["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"] == {"uri": "dir%20with%20blank/gr%C3%B6%C3%9Fe.go", "uriBaseId": "%SRCROOT%"}


def test_an_upload_does_not_say_where_the_tree_lies() -> None:
    assert "/tree" not in json.dumps(log(samples.report())["runs"][0]["originalUriBaseIds"])


def test_paths_start_at_the_repository() -> None:
    """GitHub takes them so, whatever folder of the repository was scanned."""
    run = log(replace(samples.report(), repository="/tree"), Look(full=True))["runs"][0]
    assert run["originalUriBaseIds"]["%SRCROOT%"]["uri"] == "file:///tree/"
    location = run["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"].startswith("of%20go/dir%20with%20blank/")


def test_hidden_findings_are_for_the_full_profile() -> None:
    assert len(log(REPORTS["hidden"])["runs"][0]["results"]) == 2
    results = log(REPORTS["hidden"], Look(full=True))["runs"][0]["results"]
    kinds = sorted(one["suppressions"][0]["kind"] if one["suppressions"] else "" for one in results)
    assert kinds == ["", "", "external", "external", "inSource"]


def test_the_category_ends_in_a_slash() -> None:
    """What follows the last slash would be the name of a run."""
    assert log(samples.report(), Look(category="go/vt"))["runs"][0]["automationDetails"]["id"] == "go/vt/"


def test_the_whole_story_is_one_thread_flow() -> None:
    [flow] = log(samples.report(samples.race()))["runs"][0]["results"][0]["codeFlows"]
    [thread] = flow["threadFlows"]
    steps = [(step["nestingLevel"], step["location"]["message"]["text"][:5]) for step in thread["locations"]]
    assert steps == [(1, "[G1] "), (2, "[G1] "), (1, "[G2] ")]


def test_messages_link_to_related_places_and_nothing_else() -> None:
    lossy, race = log(samples.report())["runs"][0]["results"]
    assert race["message"]["text"] == "map seen is written. See also: [writes seen as well](1)."
    assert race["relatedLocations"][0]["id"] == 1
    assert lossy["message"]["text"] == r"values {0} are dropped, see map[string\](2)."


def test_failures_are_notifications() -> None:
    invocation = log(REPORTS["failed"])["runs"][0]["invocations"][0]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["level"] == "error"


def test_only_our_own_fingerprint_is_written() -> None:
    result = log(samples.report(samples.race()))["runs"][0]["results"][0]
    assert list(result["partialFingerprints"]) == ["govetpy/v1"]
    assert len(result["partialFingerprints"]["govetpy/v1"]) == 32


def test_long_stories_are_cut() -> None:
    race = samples.race()
    long = replace(race, steps=race.steps * 400)
    [flow] = log(samples.report(long))["runs"][0]["results"][0]["codeFlows"]
    assert len(flow["threadFlows"][0]["locations"]) == 100
