"""Errors reach the terminal and the file; odd requests of strangers reach the file at most; secrets reach neither."""

import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest

from config import ROOT
from timely.log_redaction import REPLACEMENT, without_secrets
from timely.logs import FIELDS, JsonLines, PlainLines, log_file

CODE = """
import logging, sys
from pathlib import Path
from timely.logs import write_log
write_log(Path(sys.argv[1]), "WARNING")
logging.getLogger("timely.x").error("a fault of ours")
logging.getLogger("timely.x").info("of no interest")
engine = logging.getLogger("engineio.server")
engine.error("Invalid session abc")
try:
    1 / 0
except ZeroDivisionError:
    engine.exception("a handler broke")
for number in range(int(sys.argv[2])):
    logging.getLogger("timely.x").warning("%s", "x" * 1000)
"""


def written(tmp_path: Path, lines: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", CODE, str(tmp_path / "timely.log"), str(lines)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def test_who_hears_what(tmp_path):
    asked = written(tmp_path)
    kept = (tmp_path / "timely.log").read_text("utf-8")
    assert asked.stdout == ""
    for text in (asked.stderr, kept):
        assert "a fault of ours" in text
        assert "of no interest" not in text
        assert "ZeroDivisionError" in text
    assert "Invalid session" not in asked.stderr
    assert "Invalid session" in kept


def test_the_file_holds_an_object_a_line_and_the_terminal_holds_text(tmp_path):
    asked = written(tmp_path)
    found = [json.loads(line) for line in (tmp_path / "timely.log").read_text("utf-8").splitlines()]
    assert [(one["level"], one["logger"]) for one in found] == [
        ("ERROR", "timely.x"),
        ("ERROR", "engineio.server"),
        ("ERROR", "engineio.server"),
    ]
    assert found[2]["traceback"].endswith("ZeroDivisionError: division by zero")
    assert all(one["at"].endswith("Z") for one in found)
    assert "ERROR timely.x: a fault of ours" in asked.stderr
    assert "{" not in asked.stderr.splitlines()[0]


def test_it_turns_over_and_keeps_few(tmp_path):
    written(tmp_path, 5000)
    files = sorted(path.name for path in tmp_path.iterdir())
    assert files == ["timely.log", "timely.log.1", "timely.log.2", "timely.log.3"]
    assert all(path.stat().st_size <= 1_000_000 for path in tmp_path.iterdir())


def test_several_servers_on_one_folder_have_a_file_each(tmp_path):
    assert log_file(tmp_path, 8000) == tmp_path / "timely.log"
    assert log_file(tmp_path, 8002) == tmp_path / "timely-8002.log"


def record(message: str, *args: object, told: object = None, exc_info: object = None) -> logging.LogRecord:
    made = logging.LogRecord("timely.x", logging.WARNING, "x.py", 1, message, args, exc_info)  # type: ignore[arg-type]
    if told is not None:
        setattr(made, FIELDS, told)
    return made


def test_what_is_told_besides_stands_apart():
    line = JsonLines().format(record("GET %s", "/a", told={"event": "request", "status": 200, "path": "/a?key=abc"}))
    found = json.loads(line)
    assert (found["message"], found["event"], found["status"]) == ("GET /a", "request", 200)
    assert found["path"] == f"/a?key={REPLACEMENT}"


def test_a_strangers_line_feed_begins_no_line_of_ours():
    line = JsonLines().format(record("GET %s", '/a\n{"level": "ERROR"}\u2028\u202e\ud800'))
    assert len(line.splitlines()) == 1
    assert json.loads(line)["message"].startswith("GET /a\n")


SECRETS = [
    ("GET /events/cup/?key=s3cr3t&tab=2", "&tab=2"),
    ("GET /api/events/7/poll/?results=4&key=s3cr3t HTTP/1.1", "results=4"),
    ("/login/?next=%2Fevents%2F7%2F%3Fkey%3Ds3cr3t%26x", "/login/"),
    ("Authorization: Bearer s3cr3t-s3cr3t", "Authorization"),
    ("{'Authorization': 'Bearer s3cr3t-s3cr3t', 'Host': 'x'}", "'Host': 'x'"),
    ("headers: ('HTTP_COOKIE', 'timely_session=s3cr3t; a=s3cr3t'), ('HTTP_HOST', 'laptop')", "'laptop'"),
    ("Cookie: timely_session=s3cr3t; other=s3cr3t", "Cookie"),
    ("Set-Cookie: timely_session=s3cr3t; Path=/", "Set-Cookie"),
    ("could not reach postgresql+psycopg2://me:s3cr3t@db/timely", "@db/timely"),
    ("redis://:s3cr3t@10.0.0.1:6379/0", "@10.0.0.1:6379/0"),
    ("postgresql://me:s3cr3t@s3cr3t/s3cr3t@db/timely", "@db/timely"),
    ('connection failed: dsn "host=db user=me password=s3cr3t dbname=timely"', "dbname=timely"),
    ("form: {'name': 'Ada', 'password': 's3cr3t', 'stay': 'y'}", "'stay': 'y'"),
    ('form: {"password": "s3cr3t with \\" and s3cr3t", "stay": 1}', '"stay": 1'),
    ("name=Ada&password=s3cr3t&csrf_token=s3cr3t.s3cr3t", "name=Ada"),
    ("TIMELY_SECRET_KEY=s3cr3t is too short", "is too short"),
    ("TIMELY_METRICS_TOKEN=s3cr3t", "TIMELY_METRICS_TOKEN"),
    ("setup_code: s3cr3t", "setup_code"),
    ("password_hash='scrypt:32768:8:1$s3cr3t$s3cr3t'", "password_hash"),
    ("access_key='s3cr3t', name='Cup'", "name='Cup'"),
]


@pytest.mark.parametrize(("text", "stays"), SECRETS, ids=range(len(SECRETS)))
def test_no_secret_is_written(text, stays):
    for found in (without_secrets(text), JsonLines().format(record(text)), PlainLines().format(record("%s", text))):
        assert "s3cr3t" not in found
    assert stays in without_secrets(text)
    assert REPLACEMENT in without_secrets(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ash 3-0 Birch: saved by Ada",
        "GET /admin/events/7/?tab=keys 200",
        "the monkey=7 was not a key",
        "a passing score: 3",
        "http://192.168.1.5:8000/events/cup/",
        "a stream closed (keyboard interrupt)",
    ],
)
def test_what_is_none_stays(text):
    assert without_secrets(text) == text


def test_nor_in_a_traceback():
    def fail(address: str) -> None:
        raise ValueError(f"could not read {address}")

    try:
        fail("/events/cup/?key=s3cr3t with Authorization: Bearer s3cr3t")
    except ValueError:
        for formatter in (JsonLines(), PlainLines()):
            found = formatter.format(record("it failed", exc_info=sys.exc_info()))
            assert "ValueError" in found
            assert "s3cr3t" not in found
