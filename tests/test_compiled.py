"""The apps of the tests share what is compiled, and nothing else."""

from pathlib import Path
from typing import Any

from jinja2 import DictLoader

from tests.compiled import SharedRule
from tests.conftest import make_app


def value_for(rule: SharedRule, name: str) -> Any:
    if name in (rule.defaults or {}):
        return rule.defaults[name]
    converter = rule._converters[name]
    return next(iter(getattr(converter, "items", ())), 7 if hasattr(converter, "num_convert") else "a b")


def test_a_template_is_compiled_by_its_text(tmp_path: Path) -> None:
    said = []
    for text in ("one {{ 1 + 1 }}", "two {{ 1 + 2 }}", "one {{ 1 + 1 }}"):
        app = make_app(tmp_path)
        app.jinja_env.loader = DictLoader({"page.html": text})
        said.append(app.jinja_env.get_template("page.html").render())
    assert said == ["one 2", "two 3", "one 2"]


def test_addresses_are_built_as_the_library_builds_them(tmp_path: Path) -> None:
    one, other = make_app(tmp_path), make_app(tmp_path)
    rules = [rule for rule in other.url_map.iter_rules() if isinstance(rule, SharedRule)]
    assert len(rules) > 50
    for rule in rules:
        values = {name: value_for(rule, name) for name in rule.arguments}
        with one.test_request_context("/"), other.test_request_context("/"):
            own = super(SharedRule, rule)._compile_builder(True)(rule, **values, more="x")
            assert rule.build(values | {"more": "x"}) == own


def test_its_builders_are_kept(tmp_path: Path) -> None:
    make_app(tmp_path)
    before = len(SharedRule.builders)
    assert before > 50
    make_app(tmp_path)
    assert len(SharedRule.builders) == before
