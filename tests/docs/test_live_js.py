"""docs/live-js.md names every option that Timely.live reads, and everything that it gives back."""

import re
from pathlib import Path

from tests.docs.reading import first_cells, section

JS = Path(__file__).parents[2] / "timely" / "static" / "js"
SCRIPT = (JS / "transport" / "live.js").read_text("utf-8")
# For Timely's own pages alone.
OURS = {"canLoad", "onLost", "page"}


def words(cells: list[list[str]]) -> set[str]:
    return {re.sub(r"\(.*", "", word) for cell in cells for word in cell}


def test_every_option_is_told() -> None:
    read = set(re.findall(r"options\.(\w+)", SCRIPT)) | set(re.findall(r'\w+_?\w*: "(on\w+)"', SCRIPT))
    table = section("live-js.md", "Timely.live(eventId, options)").split("What it returns:")[0]
    assert words(first_cells(table)) == read - OURS


def test_everything_that_it_gives_back_is_told() -> None:
    returned = SCRIPT.split("    return {\n")[1].split("\n    };\n")[0]
    given = set(re.findall(r"^      (\w+): ", returned, re.M))
    table = section("live-js.md", "Timely.live(eventId, options)").split("What it returns:")[1]
    # The other is how our own pages say that they were drawn anew.
    assert words(first_cells(table)) == given - {"adopt"}


def test_every_state_and_every_transport_is_told() -> None:
    text = section("live-js.md", "Timely.live(eventId, options)")
    states = (JS / "transport" / "connection_state.js").read_text("utf-8")
    for state in set(re.findall(r'return (?:this\.messageAt \? )?"(\w+)"', states)):
        assert f"`{state}`" in text
    scripts = "".join(path.read_text("utf-8") for path in (JS / "transport").glob("transports_*.js"))
    names = re.findall(r'(?:socketIoTransport|plainTransport)\("(\w+)"', scripts)
    assert set(names) == {"socket", "polling", "ws", "stream", "xhr"}
    for name in names:
        assert f"`{name}`" in text


def test_every_attribute_of_the_tag_is_told() -> None:
    read = set(re.findall(r'getAttribute\("(data-\w+)"\)', (JS / "display" / "embed.js").read_text())) - {"data-done"}
    assert words(first_cells(section("live-js.md", "A table on your web site, in one line"))) == read
