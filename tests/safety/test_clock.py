"""The server's clock is set back an hour, and forward again, in the middle of the day."""

import pytest

from tests.safety.faults import Faults
from tests.safety.invariants import versions_in, violations_of
from tests.safety.league_server import LeagueServer, assert_all_can_be_saved
from tests.safety.subscribers import SocketSubscriber, scores_of
from tests.safety.test_lost_files import until

HOUR = 3600


@pytest.mark.parametrize("jump", [-HOUR, HOUR])
def test_clients_go_on_after_a_clock_jump(league_server: LeagueServer, faults: Faults, jump: int) -> None:
    spectator = SocketSubscriber(league_server.base, league_server.event_id)
    until(lambda: spectator.have > 0)
    before = versions_in(league_server.path)
    line = league_server.sam.line(league_server.games[2])  # drawn by the old clock, sent by the new one
    faults.clock_ahead(jump)
    score = league_server.new_score()
    league_server.must_save(league_server.sam.send(league_server.games[2], line, score), score)
    assert_all_can_be_saved(league_server)  # those who were signed in are so still
    assert league_server.announce().status_code == 200
    league_server.must_save(league_server.program.save(league_server.games[3], score), score)
    fresh = scores_of(league_server.api(f"/api/events/{league_server.event_id}/schedule/")["fixtures"])
    until(lambda: spectator.rows == fresh)
    faults.mend()
    assert_all_can_be_saved(league_server)
    epoch, versions = versions_in(league_server.path)
    assert epoch == before[0]
    assert all(versions[topic] >= version for topic, version in before[1].items())
    assert violations_of(league_server.path) == []
    spectator.stop()
    assert spectator.faults == []


def test_the_clock_really_jumps(league_server: LeagueServer, faults: Faults) -> None:
    """Else the tests above try nothing."""
    first = league_server.heartbeat()["data"]["timestamp"]
    faults.clock_ahead(-HOUR)
    assert league_server.heartbeat()["data"]["timestamp"] < first
