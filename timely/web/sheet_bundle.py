"""Style sheets: what a page links to is one file, and is written as several, one for each thing that they are about.

Concatenated at run time, without a build step, as the scripts are (`script_bundle.py`). The order of the parts is the
cascade's: of two rules that are as specific, the later one wins.
"""

import hashlib
from functools import cache

from timely.web.lean_css import lean
from timely.web.script_bundle import STATIC

# {the sheet's path in static/: the names of its parts}. A sheet without parts is one file.
SHEETS: dict[str, tuple[str, ...]] = {
    "css/timely.css": (
        "colours",
        "base",
        "bar",
        "notifications",
        "page_head",
        "sticky_head",
        "status_indicator",
        "tabs",
        "cards",
        "messages",
        "standings",
        "standings_key",
        "explanation",
        "changes",
        "fixtures",
        "announcements",
        "events",
        "filters",
        "buttons",
        "forms",
        "data_tables",
        "results_desk",
        "wide",
        "phone",
        "print",
    ),
    "css/modern.css": (
        "base",
        "bar",
        "sticky_head",
        "standings",
        "swatches",
        "status_indicator",
        "fixtures",
        "events",
        "filters",
        "facts",
        "results_desk",
        "fixtures_wide",
        "columns",
        "phone",
        "motion",
        "empty_column",
        "sticky_table_head",
        "cards",
    ),
    "css/organiser.css": (
        "base",
        "actions",
        "lists",
        "line_forms",
        "forms",
        "data_tables",
        "phone",
        "grids",
        "notifications",
        "monitor",
        "monitor_warnings",
        "monitor_tiles",
        "score_sheet",
        "formats",
        "timetable",
        "rulebooks",
        "previews",
        "audit",
    ),
    "css/display.css": (
        "base",
        "colours",
        "page",
        "head",
        "notifications",
        "stage",
        "standings",
        "fixtures",
        "fixtures_whole",
        "empty",
        "bracket",
        "long_names",
        "announcements",
        "band",
        "portrait",
    ),
    "css/bracket.css": (
        "drawing",
        "page",
        "drawing_colours",
    ),
    "css/embed.css": (),
    "css/bracket_paper.css": (),
}


def paths(sheet: str) -> list[str]:
    """The paths in static/ of the files that a sheet is made of. Raises KeyError if there is no such sheet."""
    return [f"{sheet.removesuffix('.css')}/{part}.css" for part in SHEETS[sheet]] or [sheet]


@cache
def text(sheet: str) -> str:
    """The concatenated parts. Raises KeyError if there is no such sheet."""
    return "\n".join(lean((STATIC / path).read_text("utf-8")).strip() for path in paths(sheet)) + "\n"


@cache
def fingerprint(sheet: str) -> str:
    return hashlib.sha256(text(sheet).encode()).hexdigest()[:10]
