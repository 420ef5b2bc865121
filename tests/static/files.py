"""Files that browsers are sent: scripts, sheets and templates."""

import re
from pathlib import Path

TIMELY = Path(__file__).parents[2] / "timely"
STATIC = TIMELY / "static"
SCRIPTS = sorted((STATIC / "js").rglob("*.js"))
SHEETS = sorted((STATIC / "css").rglob("*.css"))
VENDORED = sorted((STATIC / "vendor").glob("*.js"))
TEMPLATES = sorted((TIMELY / "templates").rglob("*.html"))


def code_of(path: Path) -> str:
    """The file without its comments, so that words in them do not count."""
    return without_comments(path.read_text("utf-8"))


def without_comments(text: str) -> str:
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return re.sub(r"(^|\s)//[^\n]*", r"\1", text)
