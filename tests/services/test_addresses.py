"""The address for links and QR codes: one that this computer has, and written down once."""

import pytest

from timely.extensions import db
from timely.models import AuditEntry
from timely.queries.addresses import chosen_address
from timely.services import addresses
from timely.services.errors import RuleBroken

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture(autouse=True)
def _computer(monkeypatch):
    monkeypatch.setattr(addresses, "lan_addresses", lambda: ["192.168.1.7", "10.0.0.7"])
    monkeypatch.setattr(addresses, "local_name", lambda: "laptop.local")


def written():
    return [(entry.before, entry.after) for entry in db.session.query(AuditEntry).filter_by(action="choose address")]


def test_its_addresses_come_first_and_its_name_last():
    assert addresses.choices() == ["192.168.1.7", "10.0.0.7", "laptop.local"]


@pytest.mark.parametrize(("there", "name"), [([], "laptop.local"), ([], ""), ([], None)])
def test_without_a_network_there_is_nothing_to_choose(monkeypatch, there, name):
    monkeypatch.setattr(addresses, "lan_addresses", lambda: there)
    monkeypatch.setattr(addresses, "local_name", lambda: name)
    assert addresses.choices() == []


def test_a_computer_without_a_name_has_its_addresses(monkeypatch):
    monkeypatch.setattr(addresses, "local_name", lambda: None)
    assert addresses.choices() == ["192.168.1.7", "10.0.0.7"]


def test_it_is_chosen_changed_and_written_down_only_when_it_changes():
    assert chosen_address() is None
    for address in ("10.0.0.7", "10.0.0.7", "laptop.local"):
        addresses.choose_address(address, by=None)
        assert chosen_address() == address
    assert written() == [
        ({"address": None}, {"address": "10.0.0.7"}),
        ({"address": "10.0.0.7"}, {"address": "laptop.local"}),
    ]


def test_one_that_the_computer_has_no_more_is_refused():
    with pytest.raises(RuleBroken, match="does not have that address any more"):
        addresses.choose_address("192.168.99.1", by=None)
    assert (chosen_address(), written()) == (None, [])
