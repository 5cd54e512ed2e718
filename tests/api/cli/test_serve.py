"""`wegwijzer serve` as a person runs it: addresses that answer, and one sentence for whatever stands in the way."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
from pathlib import Path

import httpx
import pytest

from api.cli.serve import _without_secrets
from tests.api.serving import CLEAN, COMMAND, serving

EXAMPLE = Path(__file__).resolve().parents[3] / "flows" / "rijbewijs-leeftijdspoort" / "flow.yaml"


@pytest.fixture
def flows(tmp_path: Path) -> Path:
    """A folder of flow files without any."""
    folder = tmp_path / "flows"
    folder.mkdir()
    return folder


def refused(*options: str | Path, **environment: str) -> tuple[int, str]:
    """Exit code and standard error of a start that does not come to serving."""
    command = [*COMMAND, *map(str, options)]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=False, env={**CLEAN, **environment}
    )
    return done.returncode, done.stderr


def test_it_serves_says_where_and_stops_when_told(tmp_path: Path, flows: Path):
    """The printed addresses answer at once; Ctrl-C ends it with exit code 0 and no trace."""
    with serving("--flows", flows, "--data", tmp_path / "kept") as (process, said):
        base = re.search(r"http://127\.0\.0\.1:\d+", said)
        assert base, said
        assert "sign in as anna" in said
        assert httpx.get(f"{base.group()}/readyz").status_code == 200
        assert httpx.get(f"{base.group()}/v1/openapi.json").status_code == 200
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
        assert (process.returncode, err) == (0, "")


def test_a_file_that_cannot_be_used_keeps_no_other_flow_from_its_citizens(tmp_path: Path, flows: Path):
    """Not text, no flow or no file at all: each is named at the start, with the command that says more."""
    (flows / "goed").mkdir()
    shutil.copy(EXAMPLE, flows / "goed")
    for slug, content in (("bytes", b"\x00\xff\xfe"), ("stuk", b"gaol: nee\n")):
        (flows / slug).mkdir()
        (flows / slug / "flow.yaml").write_bytes(content)
    (flows / "map" / "flow.yaml").mkdir(parents=True)
    with serving("--flows", flows, "--data", tmp_path / "kept") as (process, said):
        found = re.search(r"http://127\.0\.0\.1:\d+", said)
        assert found, said
        base = found.group()
        assert [own["flow"] for own in httpx.get(f"{base}/v1/flows").json()["results"]] == ["rijbewijs-leeftijdspoort"]
        for page in ("", "/bytes", "/bytes/bron", "/bytes/vergelijken", "/stuk"):
            assert httpx.get(f"{base}/ontwikkelen{page}").status_code == 200, page
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    lines = err.splitlines()
    assert [line.partition(":")[0] for line in lines] == [f"Left out is {own}" for own in ("bytes", "map", "stuk")]
    assert "The file is not UTF-8 text. To see all: wegwijzer lint" in lines[0]
    assert "Is a directory" in lines[1]


def test_a_taken_port_is_one_sentence(tmp_path: Path, flows: Path):
    """The sentence names the port and another one to try."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, err = refused("--port", str(port), "--flows", flows, "--data", tmp_path / "kept")
    assert code == 2
    assert err == f"Port {port} is taken; choose another one: make run PORT={port + 1} (or --port {port + 1}).\n"


def test_what_cannot_be_used_is_one_sentence(tmp_path: Path, flows: Path):
    """No flows, no writable folder, no database address, no such host: each one sentence and exit code 2."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    cases: list[tuple[list[str | Path], str]] = [
        (["--flows", tmp_path / "absent"], "There is no folder"),
        (["--port", "0", "--flows", flows, "--data", tmp_path / "file"], "cannot be written"),
        (["--flows", flows, "--database", "mysql://x/y"], "no address of a database"),
        (["--flows", flows, "--host", "no.such.host.invalid"], "no address of this machine"),
    ]
    for options, says in cases:
        code, err = refused(*options)
        assert code == 2, err
        assert says in err
        assert len(err.splitlines()) == 1, err


def test_production_refuses_to_start_on_the_demo_s_settings(flows: Path):
    """Without keys, accounts, hosts and a database of its own, production says all that it lacks."""
    code, err = refused("--flows", flows, WEGWIJZER_ENV="production")
    assert code == 2
    assert len(err.splitlines()) >= 6
    assert "Traceback" not in err


def test_where_it_keeps_things_is_told_without_the_password():
    """What is printed at the start ends up in logs: the host and the database, and nothing to come in with."""
    told = _without_secrets("postgresql://wegwijzer_app:geheim@db.example:5432/journeys?password=geheim&pool=4")
    assert told == "postgresql://db.example:5432/journeys"
    assert _without_secrets("sqlite:///folder") == "sqlite:///folder"
