"""Arguments of the command line: settings, a command, or a usage fault."""

import pytest

from launch.arguments import UsageError, read


def test_nothing_typed_is_to_serve():
    request = read([])
    assert request.word is None
    assert request.settings == {}


def test_flags_become_the_settings_of_the_same_name():
    typed = ["--host", "127.0.0.1", "--port=8001", "--data-dir", "my data", "--no-browser", "--demo"]
    assert read(typed).settings == {
        "TIMELY_HOST": "127.0.0.1",
        "TIMELY_PORT": "8001",
        "TIMELY_DATA_DIR": "my data",
        "TIMELY_OPEN_BROWSER": "0",
        "TIMELY_DEMO": "1",
    }


def test_any_other_word_is_passed_on_with_what_follows():
    request = read(["create-user", "Ann Lee", "--role", "organiser", "--password-stdin"])
    assert (request.word, request.rest) == (
        "create-user",
        ["Ann Lee", "--role", "organiser", "--password-stdin"],
    )
    assert request.settings == {}


@pytest.mark.parametrize(
    "typed",
    [
        ["--data-dir", "D", "import-event", "F"],
        ["import-event", "--data-dir", "D", "F"],
        ["import-event", "F", "--data-dir=D"],
    ],
)
def test_the_data_folder_may_stand_before_or_after_the_command(typed):
    request = read(typed)
    assert (request.word, request.rest) == ("import-event", ["F"])
    assert request.settings == {"TIMELY_DATA_DIR": "D"}


def test_after_two_dashes_everything_is_the_commands():
    request = read(["import-event", "--", "--data-dir"])
    assert request.rest == ["--", "--data-dir"]
    assert request.settings == {}


def test_the_help_of_a_command_is_the_commands():
    request = read(["export-event", "--help"])
    assert (request.word, request.rest) == ("export-event", ["--help"])


@pytest.mark.parametrize("typed", [["--help"], ["-h"], ["--port", "1", "--help"]])
def test_help(typed):
    assert read(typed).word == "--help"


@pytest.mark.parametrize("typed", [["--version"], ["--port", "1", "--version"]])
def test_version(typed):
    assert read(typed).word == "--version"


def test_what_follows_test_is_for_the_tests():
    assert read(["test", "-k", "score", "--data-dir", "x"]).rest == ["-k", "score", "--data-dir", "x"]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (["--prot", "8000"], "--prot is not a flag"),
        (["-p", "8000"], "-p is not a flag"),
        (["--demo=1"], "--demo=1 is not a flag"),
        (["--port"], "--port needs a value"),
        (["--port", "--demo"], "--port needs a value"),
        (["--port="], "--port needs a value"),
        (["import-event", "F", "--data-dir"], "--data-dir needs a value"),
        (["--port", "8001", "import-event", "F"], "--port is for serving"),
        (["--demo", "test"], "--demo is for serving"),
        (["--data-dir", "D", "test"], "--data-dir is for serving"),
    ],
)
def test_what_is_no_way_to_start_timely(typed, says):
    with pytest.raises(UsageError, match=says):
        read(typed)
