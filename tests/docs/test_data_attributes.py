"""docs/data-attributes.md lists every data attribute once, with files that do mention it."""

import re
from pathlib import Path

import pytest

from tests.docs.reading import DOCS
from tests.static.files import STATIC, TIMELY

# Not `--data-dir` of a command, nor the end of a longer word.
NAME = r"(?<![\w-])data-[a-z]+(?:-[a-z]+)*"
FOLDERS = (TIMELY / "templates", STATIC / "js", STATIC / "css", TIMELY / "blueprints")
LINES = [
    re.split(r"(?<!\\)\|", line)[1:-1]
    for line in (DOCS / "data-attributes.md").read_text("utf-8").splitlines()
    if line.startswith("| `data-")
]
LISTED = [line[0].strip(" `") for line in LINES]


def used() -> set[str]:
    paths = [path for suffix in ("html", "js", "css", "py") for path in TIMELY.rglob(f"*.{suffix}")]
    texts = [path.read_text("utf-8") for path in paths if STATIC / "vendor" not in path.parents]
    return {name for text in texts for name in re.findall(NAME, text)}


def test_every_attribute_that_is_used_is_listed_once() -> None:
    assert sorted(LISTED) == sorted(used())


@pytest.mark.parametrize("line", LINES, ids=LISTED)
def test_the_files_that_are_named_have_the_attribute(line: list[str]) -> None:
    name = line[0].strip(" `")
    paths = [found(text) for text in re.findall(r"`(\w[\w/]*\.(?:html|js|css|py))`", line[1] + line[3])]
    assert paths
    for path in paths:
        text = path.read_text("utf-8")
        # A script may put the name together, of a state for example.
        assert name in re.findall(NAME, text) or re.search(r'getAttribute\("data-" \+', text), path.name


def found(name: str) -> Path:
    paths = [folder / name for folder in FOLDERS if (folder / name).exists()]
    assert len(paths) == 1, name
    return paths[0]
