"""What deploy/monitoring holds can be read, and asks for nothing that /metrics does not say."""

import json
import re
from pathlib import Path

import pytest
import yaml

from timely.health.rules import RULES

FOLDER = Path(__file__).parents[2] / "deploy" / "monitoring"
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
