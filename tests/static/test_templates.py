"""Templates: bounds for old browsers and for the content policy."""

import re
from pathlib import Path

import pytest

from tests.static.files import TEMPLATES, TIMELY


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(TIMELY / "templates")))
def test_template_keeps_the_content_policy(path: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.S)
    assert not re.search(r"\sstyle\s*=", text), "a style attribute is refused by the browser"
    assert not re.search(r"<style\b", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), "an inline handler is refused by the browser"
    assert all("src=" in tag for tag in re.findall(r"<script\b[^>]*>", text))
    assert "javascript:" not in text
    assert not re.search(r"(src|href)=\"(https?:)?//", text), "nothing is fetched from outside"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(TIMELY / "templates")))
def test_template_trusts_no_text(path: Path) -> None:
    assert not re.search(r"\|\s*safe\b|autoescape\s+false", path.read_text())


def test_the_page_refreshes_itself_before_its_charset() -> None:
    base = (TIMELY / "templates" / "base.html").read_text()
    assert base.index('http-equiv="refresh"') < base.index("<meta charset")
