"""Public names: what others have written down, in bookmarks, programs, dashboards and scripts, is not renamed.

TIMELY_WRITE_NAMES=1 with this file alone writes the list anew, for a name that is added. One that is taken away or
changed breaks what somebody has made of it.
"""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import click
from flask import Flask
from prometheus_client.metrics import MetricWrapperBase

from config import ROOT, SETTINGS
from launch.arguments import SWITCHES, WITH_VALUE
from timely import cli, metrics

HERE = Path(__file__).parent
LIST = HERE / "public_names.txt"


def names(app: Flask) -> Iterator[str]:
    """A line each: its kind, and the name."""
    yield from (f"setting {one.name}" for one in SETTINGS)
    yield from (f"flag {one}" for one in (*WITH_VALUE, *SWITCHES, "--help", "--version"))
    assert isinstance(cli.main, click.Group)
    for word, command in cli.main.commands.items():
        for one in command.params:
            yield f"command {word} {one.opts[0] if isinstance(one, click.Option) else one.human_readable_name}"
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield f"address {method} {re.sub(r'<(?:[a-z]+:)?[a-z_]+>', '<>', rule.rule)}"
    yield from (f"metric {one.name} {one.type}" for one in metrics.REGISTRY.collect())
    for one in vars(metrics).values():
        if isinstance(one, MetricWrapperBase):
            yield from (f"metric {one._name} label {label}" for label in one._labelnames)
    for path in HERE.glob("*.json"):
        yield from (f"message {path.stem} {key}" for key in sorted(keys(json.loads(path.read_text("utf-8")))))
    script = (ROOT / "docs" / "live-js.md").read_text("utf-8")
    yield from (f"script {one}" for one in set(re.findall(r"Timely\.[a-z][A-Za-z]+", script)))


def keys(value: object, where: str = "") -> set[str]:
    """Every key of the message, with those that it stands in."""
    if isinstance(value, list):
        return {key for inner in value for key in keys(inner, where)}
    if not isinstance(value, dict):
        return set()
    here = {f"{where}{key}" for key in value if not key.isdecimal()}
    return here | {key for name, inner in value.items() for key in keys(inner, f"{where}{name}.")}


def test_no_public_name_has_gone_or_come_unnoticed(app: Flask) -> None:
    found = sorted(set(names(app)))
    if os.environ.get("TIMELY_WRITE_NAMES"):
        LIST.write_text("\n".join(found) + "\n", "utf-8")
    known = LIST.read_text("utf-8").splitlines()
    assert [one for one in known if one not in found] == [], "gone"
    assert [one for one in found if one not in known] == [], "new: write the list anew"
