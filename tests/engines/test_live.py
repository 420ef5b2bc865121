"""The live page in every engine on every transport: the table, an update without a reload, a killed server survived.

And once in another language than English, with the words of its catalogue.
"""

import re

import pytest

from tests.engines.catalogue import PLAIN, WITH_SCRIPT
from tests.engines.conftest import seen_of
from tests.engines.crew import Crew
from tests.engines.engine import Plain, WithScript
from tests.engines.rounds import PIPES
from tests.engines.seen import Seen
from tests.static.files import STATIC

pytestmark = pytest.mark.browser


def test_every_transport_is_tried() -> None:
    scripts = "".join(path.read_text("utf-8") for path in (STATIC / "js" / "transport").glob("transports_*.js"))
    assert set(re.findall(r"\b(?:socketIoTransport|plainTransport)\(\"(\w+)\"", scripts)) == set(PIPES)


@pytest.mark.parametrize("round_", PIPES, indirect=True)
@pytest.mark.parametrize("engine", WITH_SCRIPT, ids=lambda engine: engine.name)
def test_with_script(engine: type[WithScript], crew: Crew[WithScript], round_: dict[str, Seen]) -> None:
    assert seen_of(engine, crew, round_).fault == ""


@pytest.mark.parametrize("engine", WITH_SCRIPT, ids=lambda engine: engine.name)
def test_with_script_in_german(engine: type[WithScript], crew: Crew[WithScript], german_round: dict[str, Seen]) -> None:
    assert seen_of(engine, crew, german_round).fault == ""


@pytest.mark.parametrize("engine", PLAIN, ids=lambda engine: engine.name)
def test_as_a_plain_page(engine: type[Plain], plain_crew: Crew[Plain], reading: dict[str, Seen]) -> None:
    assert seen_of(engine, plain_crew, reading).fault == ""
