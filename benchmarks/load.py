"""Fifty people at once on one server for teams, while owners upload and two analyses run.

    python benchmarks/load.py [--users 50] [--projects 5] [--minutes 10] [--analyses 2] [--think 7]

Serves the app as it is on loopback, with logins at the provider of the tests. This process, apart from the
server, logs every user in and speaks Streamlit's own protocol over a websocket, as a browser does; it draws
nothing, so that a time is from the request of a page to the end of its script with all it sent. The first
member of each project is its owner and uploads two laws again and again (the sample corpus with a mark of
the project in it, so that nothing is kept from before); all others read pages of the sample corpus and think
in between: for as long as TPC-W has its readers of a shop think, exponentially with a mean of 7 s and at most
ten times that; a page of law is read for longer. Every message is searched for the marks of other projects.
Memory is that of the server, alone and with its workers (Linux). Prints one JSON object; exit 1 where
something leaked or failed.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

from fragcheck.catalogue import sample_paths
from fragcheck.records import Actor, Role
from fragcheck.store.workspace import create_project, open_workspace, set_member

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "ui"))

from oidc_provider import CLIENT, Provider, provided  # noqa: E402 - the provider of the tests

PAGES = ("heatmap", "pair", "document", "requirements", "interoperability", "harmonise", "method")
QUEUED = re.compile(r"number (\d+) in the queue")
XSRF = "_streamlit_xsrf"


Fill = Callable[[WidgetState], None]
Messages = list[ForwardMsg]


@dataclass
class Run:
    """What is measured until the moment `until`."""

    until: float
    think: float
    times: list[tuple[str, float]] = field(default_factory=list)
    ended: list[float] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    sizes: list[float] = field(default_factory=list)
    alone: list[float] = field(default_factory=list)
    n_empty: int = 0
    running: list[int] = field(default_factory=list)


class Visitor:
    """One session of one person, as a browser holds it."""

    def __init__(self, address: str, person: str, marks: list[str]) -> None:
        self.address, self.person, self.marks = address, person, marks
        # No connection is kept: one that the server has just closed would be taken for a failure.
        limits = httpx.Limits(max_keepalive_connections=0)
        self.http = httpx.AsyncClient(follow_redirects=True, timeout=120, limits=limits)
        self.socket: ClientConnection | None = None
        self.session_id = ""
        self.kept: dict[str, ForwardMsg] = {}
        self.pages: dict[str, str] = {}
        self.leaks: list[str] = []

    async def open(self) -> None:
        """Connect with the cookies that are there."""
        await self.http.get(f"{self.address}/_stcore/health")
        if self.socket is not None:
            await self.socket.close()
        jar = {one.name: one.value for one in self.http.cookies.jar}
        self.socket = await connect(
            self.address.replace("http", "ws") + "/_stcore/stream",
            subprotocols=["streamlit", jar.get(XSRF, "none")],
            origin=self.address,
            additional_headers={"Cookie": "; ".join(f"{name}={value}" for name, value in jar.items())},
            max_size=None,
            open_timeout=120,
            ping_timeout=None,
        )

    async def run(
        self, page: str = "", query: str = "", widgets: Sequence[Fill] = ()
    ) -> tuple[float, Messages]:
        """Ask for a page; the seconds it took, and all messages of the run."""
        asked = BackMsg()
        asked.rerun_script.query_string = query
        asked.rerun_script.page_script_hash = self.pages.get(page, "")
        if page not in self.pages:
            asked.rerun_script.page_name = page
        for fill in widgets:
            fill(asked.rerun_script.widget_states.widgets.add())
        begun = time.perf_counter()
        await self.socket.send(asked.SerializeToString())
        found = []
        while True:
            raw = await asyncio.wait_for(self.socket.recv(), 180)
            message = ForwardMsg.FromString(raw)
            kind = message.WhichOneof("type")
            if kind == "ref_hash":
                message = self.kept[message.ref_hash]
            elif message.hash:
                self.kept[message.hash] = message
            self.leaks += [mark for mark in self.marks if mark.encode() in raw]
            found.append(message)
            if kind == "navigation":
                self.pages = {one.url_pathname: one.page_script_hash for one in message.navigation.app_pages}
                self.pages[""] = message.navigation.page_script_hash
            if kind == "new_session":
                self.session_id = message.new_session.initialize.session_id or self.session_id
            is_end = kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
            if is_end or kind == "auth_redirect":
                return time.perf_counter() - begun, found

    async def log_in(self) -> None:
        """Log in through the provider and connect anew."""
        await self.open()
        _, found = await self.run()
        _, found = await self.run(widgets=[pressed(button(found, "Log in"))])
        way = next(one.auth_redirect.url for one in found if one.WhichOneof("type") == "auth_redirect")
        choice = await self.http.get(self.address + way if way.startswith("/") else way)
        await self.http.get(f"{choice.url}&person={self.person}")
        await self.open()
        _, found = await self.run()
        if "Log in" in words(found):
            raise RuntimeError(f"{self.person} could not log in")

    async def upload(self, query: str, files: list[tuple[str, bytes]]) -> str:
        """Upload files, press the button, and return the id of the set."""
        _, found = await self.run("documents", query)
        uploader = next(
            one.delta.new_element.file_uploader
            for one in found
            if one.delta.new_element.WhichOneof("type") == "file_uploader"
            and ".parquet" not in one.delta.new_element.file_uploader.type
        )
        sent = []
        for name, content in files:
            file_id = str(uuid.uuid4())
            answer = await self.http.put(
                f"{self.address}/_stcore/upload_file/{self.session_id}/{file_id}",
                files={"file": (name, content)},
                headers={"X-Xsrftoken": self.http.cookies.get(XSRF) or ""},
            )
            answer.raise_for_status()
            sent.append((file_id, name, len(content)))

        def chosen(state: WidgetState) -> None:
            state.id = uploader.id
            for file_id, name, size in sent:
                info = state.file_uploader_state_value.uploaded_file_info.add()
                info.name, info.size, info.file_id, info.file_urls.file_id = name, size, file_id, file_id

        _, found = await self.run("documents", query, [chosen])
        _, found = await self.run("documents", query, [chosen, pressed(button(found, "Read and compare"))])
        addresses = [one.page_info_changed.query_string for one in found if one.HasField("page_info_changed")]
        # The last: the first can be that of the set that was in view before.
        return re.findall(r"set=([0-9a-f]{16})", " ".join(addresses))[-1]


def pressed(widget_id: str) -> Fill:
    """A button that was pressed."""

    def fill(state: WidgetState) -> None:
        state.id, state.trigger_value = widget_id, True

    return fill


def button(found: Messages, label: str) -> str:
    """The id of a button by its label."""
    elements = [one.delta.new_element for one in found if one.WhichOneof("type") == "delta"]
    return next(
        one.button.id for one in elements if one.WhichOneof("type") == "button" and one.button.label == label
    )


def words(found: Messages) -> str:
    """Everything that the messages say, as one text."""
    return " ".join(str(one) for one in found)


async def read(visitor: Visitor, query: str, run: Run, dice: random.Random) -> None:
    """A reader: a page, a thought, the next page. All begin within one thought, not in one moment."""
    await asyncio.sleep(dice.uniform(0, run.think))
    while time.monotonic() < run.until:
        page = dice.choice(PAGES)
        seconds, found = await visitor.run(page, query)
        run.times.append((page, seconds))
        run.n_empty += "Reading and comparing" in words(found)
        if "Something went wrong" in words(found):
            raise RuntimeError(f"{page} failed for {visitor.person}")
        await asyncio.sleep(min(dice.expovariate(1 / run.think), 10 * run.think))


async def work(visitor: Visitor, query: str, run: Run, mark: str) -> None:
    """An owner: uploads two laws, waits for their comparison, and begins anew."""
    laws = [path.read_bytes() for path in sample_paths()[:2]]
    turn = 0
    while time.monotonic() < run.until:
        turn += 1
        files = [
            (f"{mark}-{turn}-{at}.pdf", law + f"\n% {mark} {turn}\n".encode()) for at, law in enumerate(laws)
        ]
        set_id = await visitor.upload(query, files)
        begun = time.monotonic()
        while time.monotonic() < run.until:
            _, found = await visitor.run("documents", f"{query}&set={set_id}")
            said = words(found)
            run.positions += [int(number) for number in QUEUED.findall(said)]
            if "Reading and comparing" not in said:
                run.ended.append(time.monotonic() - begun)
                break
            await asyncio.sleep(1.0)


def family(pid: int) -> list[int]:
    """A process and all it started."""
    found = [pid]
    with contextlib.suppress(OSError):
        for one in Path(f"/proc/{pid}/task").iterdir():
            for child in (one / "children").read_text().split():
                found += family(int(child))
    return found


def memory(pids: Sequence[int]) -> float:
    """Resident memory of processes, in MB (shared pages are counted once for each)."""
    total = 0
    for one in pids:
        with contextlib.suppress(OSError):
            held = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{one}/status").read_text())
            total += int(held.group(1)) if held else 0  # what has just ended holds nothing
    return total / 1024


def processor(pid: int) -> float:
    """Processor seconds that a process has taken, without its workers."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def is_analysis(pid: int) -> bool:
    """Whether a process is that of an analysis."""
    with contextlib.suppress(OSError):
        return b"fragcheck.ui.worker" in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False


async def watch(pid: int, run: Run) -> None:
    while time.monotonic() < run.until:
        pids = family(pid)
        run.sizes.append(memory(pids))
        run.alone.append(memory([pid]))
        run.running.append(sum(is_analysis(one) for one in pids))
        await asyncio.sleep(2.0)


def people_of(asked: argparse.Namespace) -> list[tuple[str, str, bool]]:
    """Who is in which project: (person, project, whether its owner)."""
    return [
        (f"user{number}", f"Project {number % asked.projects}", number < asked.projects)
        for number in range(asked.users)
    ]


def mark_of(project: str) -> str:
    return "mark" + project.replace(" ", "").lower() + "secret"


async def everyone(asked: argparse.Namespace, address: str, pid: int) -> dict[str, object]:
    people = people_of(asked)
    marks = {project: mark_of(project) for _, project, _ in people}
    dice = random.Random(1)
    visitors = []
    for person, project, is_owner in people:
        others = [mark for other, mark in marks.items() if other != project]
        visitors.append((Visitor(address, person, others), project, is_owner))
    for visitor, _, _ in visitors:  # one after another: a provider of tests is no load to measure
        await visitor.log_in()
    for visitor, project, is_owner in visitors:  # the sample corpus is there before the clock starts
        if is_owner:
            query = httpx.QueryParams({"project": project, "set": "sample"})
            while "Reading and comparing" in words((await visitor.run("documents", str(query)))[1]):
                await asyncio.sleep(1.0)
    print(f"{len(visitors)} people are in", file=sys.stderr)
    run = Run(
        time.monotonic() + 60 * asked.minutes, asked.think, sizes=[memory(family(pid))], alone=[memory([pid])]
    )
    taken = processor(pid)
    tasks = [watch(pid, run)]
    for visitor, project, is_owner in visitors:
        query = str(httpx.QueryParams({"project": project, "set": "sample"}))
        if is_owner:
            uploads = str(httpx.QueryParams({"project": project}))
            tasks.append(work(visitor, uploads, run, marks[project]))
        else:
            tasks.append(read(visitor, query, run, dice))
    await asyncio.gather(*tasks)
    leaks = sorted({mark for visitor, _, _ in visitors for mark in visitor.leaks})
    return {**report(asked, run, leaks), "server_processor_s": round(processor(pid) - taken, 1)}


def share_of(found: Sequence[float], share: int) -> float:
    """A percentile of sorted seconds."""
    return round(found[int(share / 100 * (len(found) - 1))], 2)


def report(asked: argparse.Namespace, run: Run, leaks: list[str]) -> dict[str, object]:
    """The figures of a run."""
    seconds = sorted(one for _, one in run.times)
    by_page = {page: sorted(one for name, one in run.times if name == page) for page in PAGES}
    return {
        "users": asked.users,
        "projects": asked.projects,
        "minutes": asked.minutes,
        "analyses_at_once": asked.analyses,
        "load_of_machine": round(os.getloadavg()[1], 1),
        "pages_read": len(seconds),
        "pages_without_result": run.n_empty,
        "think_mean_s": asked.think,
        "pages_per_s": round(len(seconds) / 60 / asked.minutes, 1),
        **{f"p{share}_s": share_of(seconds, share) for share in (50, 95, 99)},
        "worst_s": round(seconds[-1], 2),
        "p95_by_page_s": {page: share_of(found, 95) for page, found in by_page.items() if found},
        "analyses_ended": len(run.ended),
        "upload_to_result_s": [round(one, 1) for one in run.ended],
        "positions_shown": sorted(set(run.positions)),
        "analyses_running": round(statistics.fmean(run.running), 2),
        "memory_mb": {
            name: {"before": round(sizes[0]), "most": round(max(sizes)), "last": round(sizes[-1])}
            for name, sizes in (("server", run.alone), ("with_workers", run.sizes))
        },
        "leaks": leaks,
    }


def settings_file(home: Path, provider: Provider) -> Path:
    """The settings of a server whose logins are the provider's."""
    found = home / "secrets.toml"
    found.write_text(
        '[auth]\nredirect_uri = "http://127.0.0.1:{port}/oauth2callback"\n'
        f'cookie_secret = "{uuid.uuid4().hex}{uuid.uuid4().hex}"\n'
        f'client_id = "{CLIENT}"\nclient_secret = "{provider.secret}"\n'
        f'server_metadata_url = "{provider.address}/.well-known/openid-configuration"\n'
    )
    return found


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    while server.poll() is None:
        with contextlib.suppress(httpx.HTTPError):
            httpx.get(f"{address}/_stcore/health", timeout=2).raise_for_status()
            return
        time.sleep(0.3)
    sys.exit("the server ended")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--projects", type=int, default=5)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--analyses", type=int, default=2)
    parser.add_argument("--think", type=float, default=7, help="seconds between two pages of a reader, mean")
    asked = parser.parse_args()
    people = people_of(asked)
    logins = {one: {"email": f"{one}@example.org", "email_verified": True} for one, _, _ in people}
    with tempfile.TemporaryDirectory() as folder, provided(logins) as provider, socket.socket() as probe:
        home = Path(folder)
        with open_workspace(f"sqlite:///{home / 'workspace.sqlite'}") as workspace:
            for person, project, is_owner in people:
                if is_owner:
                    create_project(workspace, Actor(f"{person}@example.org", Role.OWNER), project)
            for person, project, is_owner in people:
                owner = next(one for one, name, is_first in people if is_first and name == project)
                if not is_owner:
                    boss = Actor(f"{owner}@example.org", Role.OWNER)
                    set_member(workspace, boss, project, f"{person}@example.org", Role.READER)
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        address = f"http://127.0.0.1:{port}"
        provider.redirects.add(f"{address}/oauth2callback")
        script = ROOT / "fragcheck" / "ui" / "start" / "script.py"
        command = [sys.executable, "-m", "streamlit", "run", str(script)]
        command += [f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true"]
        command += [f"--secrets.files={settings_file(home, provider)}"]
        extra = {
            "FRAGCHECK_HOME": folder,
            "FRAGCHECK_ACCESS": "team",
            "FRAGCHECK_ANALYSES": str(asked.analyses),
        }
        with (home / "server.log").open("w") as log:
            server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **extra}, stdout=log, stderr=log)
            try:
                wait_for(address, server)
                found = asyncio.run(everyone(asked, address, server.pid))
            finally:
                server.terminate()
                server.wait(60)
        found["errors_in_log"] = (home / "server.log").read_text().count("Traceback")
    print(json.dumps(found, indent=1))
    return 1 if found["leaks"] or found["errors_in_log"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
