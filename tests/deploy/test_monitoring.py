"""Files of deploy/monitoring: readable, and asking for nothing that /metrics does not say."""

import json
import re
import shutil
import subprocess
import sys

import pytest
import yaml

from config import ROOT
from timely.database import errors
from timely.live.socketio.handlers import BROKEN
from timely.monitoring.alert_rules import RULES

FOLDER = ROOT / "deploy" / "monitoring"
ALERTS = yaml.safe_load((FOLDER / "timely-alerts.yml").read_text("utf-8"))
DASHBOARD = json.loads((FOLDER / "grafana-timely.json").read_text("utf-8"))
OF_PROMETHEUS = {"up"}
SELECTOR = re.compile(r"\b([a-z][a-z0-9_]*)\{([^}]*)\}|\b((?:timely|process)_[a-z0-9_]+)\b")


def alerts():
    return [rule for group in ALERTS["groups"] for rule in group["rules"]]


def panels():
    return DASHBOARD["panels"]


def asked() -> list[str]:
    """Every expression of both."""
    found = [rule["expr"] for rule in alerts()]
    found += [target["expr"] for panel in panels() for target in panel["targets"]]
    return found + [one["query"] for one in DASHBOARD["templating"]["list"] if one["type"] == "query"]


@pytest.fixture
def told(client) -> dict[str, str]:
    """{name of a metric: its kind} as /metrics tells it."""
    text = client.get("/metrics").get_data(as_text=True)
    return dict(re.findall(r"^# TYPE (\S+) (\S+)$", text, re.M))


def test_every_metric_that_is_asked_for_is_told(told):
    names = {first or second for text in asked() for first, _, second in SELECTOR.findall(text)}
    assert len(names) > 15
    for name in names - OF_PROMETHEUS:
        base = re.sub(r"_(bucket|sum|count)$", "", name)
        assert told.get(name) in ("counter", "gauge") or told.get(base) == "histogram", name
    for text in asked():  # a rate of what goes up and down says nothing
        for name in re.findall(r"\b(?:rate|increase)\(\s*([a-z_]+)", text):
            base = re.sub(r"_(bucket|sum|count)$", "", name)
            assert told.get(name) == "counter" or told.get(base) == "histogram", name


@pytest.mark.parametrize("text", asked())
def test_it_is_whole(text):
    for opening, closing in ("()", "{}", "[]"):
        assert text.count(opening) == text.count(closing)
    assert text.count('"') % 2 == 0


def test_every_alert_says_what_it_is_about():
    names = [rule["alert"] for rule in alerts()]
    assert len(names) == len(set(names)) >= 8
    for rule in alerts():
        assert rule.keys() <= {"alert", "expr", "for", "labels", "annotations"}
        assert re.fullmatch(r"\d+[smh]", rule.get("for", "1m"))
        assert rule["labels"]["severity"] in ("warning", "critical")
        assert rule["annotations"]["summary"]
        assert rule["annotations"]["description"].endswith((".", "}}B are left."))


def test_the_alerts_that_are_read_are_the_ones_that_are_there():
    read = yaml.safe_load((FOLDER / "prometheus.yml").read_text("utf-8"))
    assert [(FOLDER / name).is_file() for name in read["rule_files"]] == [True]
    (job,) = read["scrape_configs"]
    assert f'job="{job["job_name"]}"' in alerts()[0]["expr"]
    assert "metrics_path" not in job  # /metrics, which is Prometheus's own default


def test_the_panels_stand_beside_each_other():
    taken = set()
    for panel in panels():
        at = panel["gridPos"]
        assert panel["title"]
        assert at["x"] + at["w"] <= 24
        cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert not cells & taken
        taken |= cells
    assert len({panel["id"] for panel in panels()}) == len(panels())


def test_the_dashboard_asks_the_source_that_is_chosen():
    names = {one["name"] for one in DASHBOARD["templating"]["list"]}
    used = set(re.findall(r"\$\{?(\w+)", json.dumps([panels(), DASHBOARD["templating"]]))) - {"__all"}
    assert used == names == {"source", "instance"}


def test_every_warning_has_its_line(client):
    text = client.get("/metrics").get_data(as_text=True)
    assert re.findall(r'^timely_warning\{key="([^"]+)"\}', text, re.M) == [rule.key for rule in RULES]


def test_prometheus_needs_no_file_that_is_not_there():
    """A token's file that is missing would stop every scrape, and on the same computer there is no token."""
    (job,) = yaml.safe_load((FOLDER / "prometheus.yml").read_text("utf-8"))["scrape_configs"]
    assert "authorization" not in job
    assert all(target.startswith("127.0.0.1:") for one in job["static_configs"] for target in one["targets"])


def test_what_alerts_ask_for_stands_at_zero_before_the_first_trouble():
    """`increase()` of a line that begins with its first trouble is 0, and the alert would stay silent."""
    ask = "import timely.metrics as f, prometheus_client as p; print(p.generate_latest(f.REGISTRY).decode())"
    fresh = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=True)
    keys = [one.key for one in vars(errors).values() if isinstance(one, errors.Trouble)]
    lost = [reason.replace(" ", "_") for reason in BROKEN] + ["websocket"]
    expected = [f'timely_database_trouble_total{{why="{key}"}} 0.0' for key in keys]
    expected += [f'timely_lost_connections_total{{why="{why}"}} 0.0' for why in lost]
    expected += [f'timely_request_seconds_count{{kind="{one}",status="5xx"}} 0.0' for one in ("page", "api", "static")]
    assert set(expected) <= set(fresh.stdout.splitlines())


def test_promtool_finds_nothing_wrong():
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip("Prometheus is not installed")
    done = subprocess.run([promtool, "check", "config", "prometheus.yml"], cwd=FOLDER, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
