"""The commands: what goes to standard output and what to standard error, and the exit codes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import LEAGUE, SEASONS
from timely import cli
from timely.event_file.limits import MOST_BYTES
from timely.extensions import db
from timely.models import AuditEntry, Token, User
from timely.services.passwords import METHOD, is_password_of

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def run(tmp_path, empty_database, monkeypatch):
    """Runs a command on a fresh data folder."""
    (tmp_path / "timely.sqlite3").write_bytes(empty_database.read_bytes())
    for name in ("TIMELY_DATABASE_URL", "TIMELY_SECRET_KEY", "TIMELY_PORT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TIMELY_DATA_DIR", str(tmp_path))
    assert METHOD == "scrypt"
    monkeypatch.setattr("timely.services.passwords.METHOD", "scrypt:128:8:1")

    def run(*words, given=None):
        return CliRunner().invoke(cli.main, words, input=given, prog_name="start.py", catch_exceptions=False)

    return run


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "league.json"
    path.write_text(json.dumps(LEAGUE), "utf-8")
    return str(path)


def user(run, name="Olga", role="organiser", *more):
    return run("create-user", name, "--role", role, "--password-stdin", *more, given="long enough\n")


def test_importing_prints_one_line_and_nothing_else(run, file):
    first, again = run("import-event", file), run("import-event", file)
    assert (first.exit_code, first.stdout, first.stderr) == (0, "event 1  /events/saturday-league/\n", "")
    assert again.stdout == "event 2  /events/saturday-league-2/\n"
    assert again.stderr == "There is another event of this name: saturday-league\n"


def test_ignored_keys_are_listed_beside_it(run):
    answer = run("import-event", str(SEASONS / "football_euro_2004.json"))
    assert answer.exit_code == 0
    assert answer.stdout.startswith("event 1  /events/")
    assert answer.stdout.count("\n") == 1
    assert "official_table" in answer.stderr


def test_standard_input_is_a_file_too(run):
    assert run("import-event", "-", given=json.dumps(LEAGUE)).stdout == "event 1  /events/saturday-league/\n"


def test_export_import_export_gives_the_same(run, file, tmp_path):
    run("import-event", file)
    first = run("export-event", "1")
    (tmp_path / "again.json").write_bytes(first.stdout_bytes)
    run("import-event", str(tmp_path / "again.json"))
    assert run("export-event", "2").stdout_bytes == first.stdout_bytes
    assert json.loads(first.stdout)["teams"] == LEAGUE["teams"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "line 1: is not JSON"),
        (b'{"name": "x",\n\n"sport": }', "line 3: is not JSON"),
        (b"\xff\xfe\x00", "line 1: is not UTF-8"),
        (b'{"name": "x", "sport": "football", "teams": ["a", "a"]}', "teams[1]: 'a' stands in the list twice"),
        (b"[" * 100_000, "the file: is nested far too deeply"),
        (b"x" * (MOST_BYTES + 1), "the file: is larger than 8 MB"),
    ],
)
def test_a_broken_file_is_refused_with_the_place(run, tmp_path, content, said):
    path = tmp_path / "broken.json"
    path.write_bytes(content)
    answer = run("import-event", str(path))
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert said in answer.stderr
    assert answer.stderr.count("\n") == 1
    assert run("export-event", "1").exit_code == 1  # nothing is half imported


def test_a_huge_file_is_not_read_to_its_end(run, tmp_path):
    path = tmp_path / "noise.json"
    with path.open("wb") as noise:
        noise.truncate(50 * 1024 * 1024)
    answer = run("import-event", str(path))
    assert (answer.exit_code, "larger than 8 MB" in answer.stderr) == (1, True)


@pytest.mark.parametrize("name", ["no-such-file.json", "."])
def test_a_file_that_cannot_be_read_is_named(run, name, tmp_path):
    answer = run("import-event", str(tmp_path / name))
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert answer.stderr.startswith(f"Error: {tmp_path}")


def test_an_owner_gets_the_right(run, file):
    user(run)
    assert run("import-event", file, "--owner", "olga").exit_code == 0
    user(run, "Sam", "scorer")
    for owner, said in (("Nobody", "There is nobody called 'Nobody'."), ("Sam", "Sam is a scorer")):
        answer = run("import-event", file, "--owner", owner)
        assert (answer.exit_code, answer.stdout) == (1, "")
        assert said in answer.stderr
    assert run("export-event", "2").exit_code == 1


def test_people_are_made_with_rights(run, file):
    run("import-event", file)
    assert user(run, "Olga", "organiser", "--event", "1").stdout == "user 1  Olga  organiser\n"


@pytest.mark.parametrize(
    ("words", "given", "said"),
    [
        (("Olga", "--role", "king"), "long enough", "'king' is no role; use administrator, organiser, scorer."),
        (("Olga", "--role", "scorer"), "short", "at least 8 characters"),
        (("Olga", "--role", "scorer"), "", "at least 8 characters"),
        (("Olga", "--role", "scorer"), b"\xff\xfe long enough", "not UTF-8"),
        (("", "--role", "scorer"), "long enough", "A person needs a name."),
        (("a\x1b[31m", "--role", "scorer"), "long enough", "cannot be shown"),
        (("Olga", "--role", "scorer", "--event", "9"), "long enough", "There is no event '9'."),
        (("Olga", "--role", "scorer", "--event", "٣"), "long enough", "There is no event '٣'."),
        (("Olga", "--role", "scorer", "--event", "9" * 30), "long enough", "There is no event"),
    ],
)
def test_a_person_that_cannot_be_is_refused(run, words, given, said):
    answer = run("create-user", *words, "--password-stdin", given=given)
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_name_is_taken_whatever_its_capitals(run):
    user(run, "Ärne", "scorer")
    answer = user(run, "ÄRNE", "scorer")
    assert (answer.exit_code, answer.stdout) == (1, "")


def test_a_token_is_alone_on_its_line(run):
    user(run)
    answer = run("create-token", "OLGA")
    assert answer.exit_code == 0
    assert len(answer.stdout.strip()) == 43
    assert (answer.stdout.count("\n"), answer.stderr) == (1, "")
    assert run("create-token", "Nobody").exit_code == 1


@pytest.mark.parametrize(
    "words", [("fly",), ("import-event",), ("create-user", "Olga"), ("export-event", "1", "2"), ("create-token", "--x")]
)
def test_wrong_usage_is_two(run, words):
    answer = run(*words)
    assert (answer.exit_code, answer.stdout) == (2, "")


@pytest.mark.parametrize("words", [("--help",), ("import-event", "--help")])
def test_help(run, words):
    answer = run(*words)
    assert answer.exit_code == 0
    assert answer.stdout.startswith("Usage: start.py")


def test_settings_that_cannot_be_are_one_sentence(run, monkeypatch):
    monkeypatch.setenv("TIMELY_PORT", "x")
    answer = run("create-token", "Olga")
    assert (answer.exit_code, answer.stdout, answer.stderr.count("\n")) == (1, "", 1)
    assert "TIMELY_PORT" in answer.stderr


def test_as_a_program_on_a_new_data_folder(tmp_path, file):
    environ = {"PATH": "", "TIMELY_DATA_DIR": str(tmp_path / "new"), "PYTHONPATH": str(ROOT), "LANG": "C"}
    done = subprocess.run(
        [sys.executable, "-P", "-m", "timely.cli", "import-event", file],
        env=environ,
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"event 1  /events/saturday-league/\n", b"")


def test_a_forgotten_password_is_set_anew(run):
    user(run, "Ada", "administrator")
    token = run("create-token", "Ada").stdout.strip()
    assert token
    answer = run("set-password", "ada", "--password-stdin", given="three wise goats\n")
    assert (answer.exit_code, answer.stdout) == (0, "user 1  Ada  administrator\n")
    assert answer.stderr == "Signed out everywhere.\n  1 token for the API ended with it.\n"
    with cli._app().app_context():
        ada = db.session.get_one(User, 1)
        assert is_password_of(ada, "three wise goats")
        assert db.session.query(Token).all() == []
        (entry,) = db.session.query(AuditEntry).filter_by(action="set password")
        assert (entry.subject, entry.by) == ("Ada", "Timely")


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("Nobody", "three wise goats\n", "There is nobody called 'Nobody'."),
        ("Ada", "12345678\n", "among the first that anybody would try"),
        ("Ada", "short\n", "at least 8 characters"),
    ],
)
def test_a_password_that_cannot_be_changes_nothing(run, name, given, said):
    user(run, "Ada", "administrator")
    answer = run("set-password", name, "--password-stdin", given=given)
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert said in answer.stderr
    with cli._app().app_context():
        assert is_password_of(db.session.get_one(User, 1), "long enough")


def test_a_password_is_typed_twice(run):
    user(run, "Ada", "administrator")
    answer = run("set-password", "Ada", given="three wise goats\na slip\n" + "three wise goats\n" * 2)
    assert answer.exit_code == 0
    assert "do not match" in answer.stderr
