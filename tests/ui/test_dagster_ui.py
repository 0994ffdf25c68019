"""Dagster's own pages in a real browser: a run is started there and shows what it reached."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium")
RUN = "from-the-browser"
PATIENCE = 240.0
SCREENSHOT = os.environ.get("POKEMON_UI_SCREENSHOT", "")
"""Where the picture for the README goes (docs/images/dagster-game-run.png); empty takes none."""

T = TypeVar("T")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed (Debian: apt-get install chromium)"),
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def until(what: str, found: Callable[[], T | None]) -> T:
    """Asks until there is an answer."""
    deadline, pause = time.monotonic() + PATIENCE, threading.Event()
    while time.monotonic() < deadline:
        answer = found()
        if answer is not None:
            return answer
        pause.wait(0.5)
    raise AssertionError(f"{what} did not happen within {PATIENCE:.0f} s")


class Dagster:
    """A running `dagster dev`, asked by GraphQL."""

    def __init__(self, url: str) -> None:
        self.url = url

    def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        body = json.dumps({"query": query, "variables": variables}).encode()
        request = urllib.request.Request(f"{self.url}/graphql", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            content = json.load(answer)
        assert "errors" not in content, content["errors"]
        data: dict[str, Any] = content["data"]
        return data

    def loaded(self) -> bool | None:
        """True as soon as the code location has been loaded without an error."""
        try:
            found = self.ask(
                "{ workspaceOrError { ... on Workspace { locationEntries"
                " { loadStatus locationOrLoadError { ... on PythonError { message } } } } } }"
            )
        except (urllib.error.URLError, ConnectionError):
            return None
        entries = found["workspaceOrError"]["locationEntries"]
        for entry in entries:
            assert "message" not in (entry["locationOrLoadError"] or {}), entry
        return True if entries and all(entry["loadStatus"] == "LOADED" for entry in entries) else None

    def add_partition(self, key: str) -> None:
        repository = {"repositoryName": "__repository__", "repositoryLocationName": "pokemon_pipeline"}
        added = self.ask(
            "mutation ($key: String!, $repository: RepositorySelector!) { addDynamicPartition(partitionKey: $key,"
            ' partitionsDefName: "game_run", repositorySelector: $repository) { __typename } }',
            key=key,
            repository=repository,
        )
        assert added["addDynamicPartition"]["__typename"] == "AddDynamicPartitionSuccess"

    def launch(self, partition: str, config: dict[str, Any]) -> str:
        launched = self.ask(
            "mutation ($parameters: ExecutionParams!) { launchPipelineExecution(executionParams: $parameters)"
            " { __typename ... on LaunchRunSuccess { run { runId } } ... on PythonError { message } } }",
            parameters={
                "selector": {
                    "repositoryName": "__repository__",
                    "repositoryLocationName": "pokemon_pipeline",
                    "pipelineName": "__ASSET_JOB",
                    "assetSelection": [{"path": ["game_run"]}],
                    "assetCheckSelection": [],
                },
                "runConfigData": {"ops": {"game_run": {"config": config}}},
                "executionMetadata": {"tags": [{"key": "dagster/partition", "value": partition}]},
                "mode": "default",
            },
        )["launchPipelineExecution"]
        run: str = launched["run"]["runId"]
        return run

    def ended(self, run: str) -> str | None:
        found = self.ask("query ($run: ID!) { runOrError(runId: $run) { ... on Run { status } } }", run=run)
        status: str = found["runOrError"]["status"]
        return status if status in ("SUCCESS", "FAILURE", "CANCELED") else None

    def terminate(self, run: str) -> None:
        self.ask("mutation ($run: String!) { terminateRun(runId: $run) { __typename } }", run=run)

    def materialized(self, *key: str) -> bool | None:
        """True once an asset has been materialised."""
        found = self.ask(
            "query ($key: AssetKeyInput!) { assetOrError(assetKey: $key)"
            " { ... on Asset { assetMaterializations(limit: 1) { timestamp } } } }",
            key={"path": list(key)},
        )
        return True if found["assetOrError"].get("assetMaterializations") else None


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the project's Dagster files and no data yet."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("dagster.yaml", "workspace.yaml"):
        shutil.copy(ROOT / name, folder)
    return folder


@pytest.fixture(scope="module")
def dagster(project: Path) -> Iterator[Dagster]:
    """`dagster dev` in the project's folder, stopped in order afterwards."""
    port = free_port()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("POKEMON_", "DAGSTER_"))},
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "dagster", "dev", "-w", "workspace.yaml", "--host", "127.0.0.1", "-p", str(port)]
    with (project / "dagster.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=project, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            asked = Dagster(f"http://127.0.0.1:{port}")
            until("the code location", asked.loaded)
            yield asked
        finally:
            server.send_signal(signal.SIGTERM)
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def test_a_run_is_started_terminated_resumed_and_shown_in_dagster(dagster: Dagster, project: Path) -> None:
    from playwright.sync_api import expect, sync_playwright

    config = {"seed": 0, "stop_at": "viridian"}
    file = project / "data" / "telemetry" / "game" / f"{RUN}.1.jsonl"
    dagster.add_partition(RUN)
    first = dagster.launch(RUN, {**config, "pace": 4.0})
    until("the first lines", lambda: (file.exists() and file.read_bytes().count(b"\n") > 3) or None)
    dagster.terminate(first)
    assert until("the end of the run", lambda: dagster.ended(first)) == "CANCELED"
    written = file.read_bytes()
    assert written.endswith(b"\n") and b'"phase":"end"' not in written

    second = dagster.launch(RUN, config)
    assert until("the end of the run", lambda: dagster.ended(second)) == "SUCCESS"
    lines = [json.loads(line) for line in file.read_bytes().splitlines()]
    assert file.read_bytes().startswith(written)
    assert [line["seq"] for line in lines] == list(range(1, len(lines) + 1))

    until("the marts, by automation", lambda: dagster.materialized("marts", "milestones"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        )
        page = browser.new_page(viewport={"width": 1500, "height": 1050})
        page.goto(f"{dagster.url}/assets/game_run?view=partitions&partition={RUN}", wait_until="domcontentloaded")
        expect(page.get_by_text("Viridian City").first).to_be_visible(timeout=60_000)
        expect(page.get_by_text("starter chosen and rival beaten").first).to_be_visible()
        for number in ("frames_per_second", "presses", "turns"):
            expect(page.get_by_text(number, exact=True).first).to_be_visible()
        if page.get_by_text("[Show Markdown]").count():  # where a picture goes that is too long for the table
            page.get_by_text("[Show Markdown]").first.click()
        picture = page.get_by_alt_text("the end of the run")
        expect(picture).to_be_visible()
        assert picture.evaluate("image => [image.naturalWidth, image.naturalHeight]") == [160, 144]
        if SCREENSHOT:
            Path(SCREENSHOT).parent.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=SCREENSHOT)
        browser.close()
