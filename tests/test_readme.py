"""The README says what is: the two commands, every setting, every command of the CLI; its API example works."""

import re
import shlex
from pathlib import Path
from urllib.parse import urlsplit

import click
import pytest
from flask import Flask
from flask.testing import FlaskClient

from config import SETTINGS
from launch.arguments import SWITCHES, WITH_VALUE
from timely import cli
from timely.services.people import create_token, create_user

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def rows(heading: str) -> list[list[str]]:
    """The cells of the table below the heading, without its head."""
    text = README.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_the_two_commands_head_it() -> None:
    first = re.search(r"```\n(.*?)```", README, re.S)
    assert first
    assert first[1].splitlines() == ["python3 start.py", "python3 start.py test"]
    assert README.index(first[0]) < 40


def test_every_setting_is_in_its_table() -> None:
    assert rows("Settings") == [[f"`{one.name}`", one.if_left_out, one.meaning] for one in SETTINGS]


def test_every_flag_is_named() -> None:
    settings = README.split("\n## Settings\n")[1]
    for flag in (*WITH_VALUE, *SWITCHES):
        assert f"`{flag}`" in settings


def test_every_command_is_named_with_its_options() -> None:
    told = {cells[0].strip("`").split()[0]: cells[0] for cells in rows("Commands")}
    assert isinstance(cli.main, click.Group)
    assert told.keys() == cli.main.commands.keys()
    for name, command in cli.main.commands.items():
        options = {word for one in command.params if isinstance(one, click.Option) for word in one.opts}
        assert set(re.findall(r"--[a-z-]+", told[name])) == options


def test_the_curl_example_works(app: Flask, client: FlaskClient, league: int) -> None:
    with app.app_context():
        token = create_token(create_user("Ada", "a long enough password", "administrator", by=None))
    block = re.search(r"```sh\n(.*?)```", README, re.S)
    assert block
    answers = [ask(client, line.replace("TOKEN", token)) for line in block[1].splitlines()]
    assert answers[0]["events"][0]["id"] == league == 1
    assert answers[1]["tables"][0]["leaderboard"]
    assert answers[2]["score_text"] == "2–1"


def ask(client: FlaskClient, line: str):
    """What the server answers to the curl command."""
    words = shlex.split(line)
    assert words.pop(0) == "curl"
    method, headers, data, address = "GET", {}, None, ""
    while words:
        word = words.pop(0)
        if word == "-X":
            method = words.pop(0)
        elif word == "-H":
            name, value = words.pop(0).split(": ")
            headers[name] = value
        elif word == "-d":
            data = words.pop(0)
        else:
            address = word
    answer = client.open(urlsplit(address).path, method=method, headers=headers, data=data)
    assert answer.status_code == 200, answer.text
    return answer.json


@pytest.mark.parametrize("page", ["README.md", *(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))])
def test_every_link_leads_somewhere(page: str) -> None:
    path = ROOT / page
    for target in re.findall(r"\]\(([^)]+)\)", path.read_text("utf-8")):
        name, _, part = target.partition("#")
        other = path.parent / name if name else path
        assert other.is_file(), target
        if part:
            headings = re.findall(r"^#+ (.*)$", other.read_text("utf-8"), re.M)
            assert part in {re.sub(r"[^\w -]", "", one).lower().replace(" ", "-") for one in headings}, target


def test_every_room_of_the_house_is_there() -> None:
    for cells in rows("For developers"):
        for name in re.findall(r"`([^`]+)`", cells[0]):
            assert (ROOT / name).exists(), name
