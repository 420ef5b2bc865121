"""The server's clock is set back an hour, and forward again, in the middle of the day."""

import pytest

from tests.safety.faults import Faults
from tests.safety.followers import SocketFollower, scores_of
from tests.safety.halls import Hall, assert_all_can_be_saved
from tests.safety.test_lost_files import until
from tests.safety.truths import faults_of, versions_in

HOUR = 3600


@pytest.mark.parametrize("jump", [-HOUR, HOUR])
def test_everybody_goes_on(hall: Hall, faults: Faults, jump: int) -> None:
    spectator = SocketFollower(hall.base, hall.event_id)
    until(lambda: spectator.have > 0)
    before = versions_in(hall.path)
    line = hall.sam.line(hall.games[2])  # drawn by the old clock, sent by the new one
    faults.clock_ahead(jump)
    score = hall.new_score()
    hall.must_save(hall.sam.send(hall.games[2], line, score), score)
    assert_all_can_be_saved(hall)  # those who were signed in are so still
    assert hall.announce().status_code == 200
    hall.must_save(hall.program.save(hall.games[3], score), score)
    fresh = scores_of(hall.api(f"/api/events/{hall.event_id}/schedule/")["fixtures"])
    until(lambda: spectator.rows == fresh)
    faults.mend()
    assert_all_can_be_saved(hall)
    epoch, versions = versions_in(hall.path)
    assert epoch == before[0]
    assert all(versions[topic] >= version for topic, version in before[1].items())
    assert faults_of(hall.path) == []
    spectator.stop()
    assert spectator.faults == []


def test_the_clock_really_jumps(hall: Hall, faults: Faults) -> None:
    """Else the tests above try nothing."""
    first = hall.heartbeat()["data"]["timestamp"]
    faults.clock_ahead(-HOUR)
    assert hall.heartbeat()["data"]["timestamp"] < first
