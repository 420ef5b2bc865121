"""Reads what the docs say: the keys in the first columns of their tables, and their examples."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parents[2] / "docs"


def section(page: str, heading: str) -> str:
    """What stands below the heading, up to the next of its rank or above."""
    text = (DOCS / page).read_text("utf-8")
    found = re.search(rf"^(#+) {re.escape(heading)}$(.*?)(?=^#{{1,6}} |\Z)", text, re.M | re.S)
    assert found, f"{page} has no {heading!r}"
    return found[2]


def first_cells(text: str) -> list[list[str]]:
    """The words in backticks in the first column, row by row."""
    cells = [line.split("|")[1] for line in text.splitlines() if line.startswith("|")]
    return [re.findall(r"`([^`]+)`", cell) for cell in cells]


def keys_in(page: str, heading: str) -> set[str]:
    found = [key for cell in first_cells(section(page, heading)) for key in cell]
    assert len(found) == len(set(found)), found
    return set(found)


def examples(page: str) -> list[Any]:
    return [json.loads(block) for block in re.findall(r"```json\n(.*?)```", (DOCS / page).read_text("utf-8"), re.S)]


def plain(keys: Iterable[str], named: set[str]) -> set[str]:
    """Without the texts that stand beside a key that is named."""
    return {key for key in keys if key in named or not key.endswith("_text")}
