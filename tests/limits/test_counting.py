"""Rate-limit keys, connections per address, message rates and log-in attempts."""

import threading

import pytest

from timely.limits.client_address import THIS_COMPUTER, rate_limit_key
from timely.limits.connections_per_address import REFUSAL, ConnectionLimiter, listener_limiter, refusal
from timely.limits.login_attempts import FREE_ATTEMPTS, FREE_OF_ADDRESS, FREE_OF_NAME, LoginAttempts
from timely.limits.pacing import Pacer
from timely.limits.token_bucket import BURST_SECONDS, TokenBucket


@pytest.mark.parametrize(
    ("address", "counts_as"),
    [
        ("192.168.1.20", "192.168.1.20"),
        ("::ffff:192.168.1.20", "192.168.1.20"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::9", "2001:db8:1:3::/64"),
        ("fe80::1%wlan0", "fe80::/64"),
        ("127.0.0.1", THIS_COMPUTER),
        ("127.8.8.8", THIS_COMPUTER),
        ("::1", THIS_COMPUTER),
        ("::ffff:127.0.0.1", THIS_COMPUTER),
        ("a name", "a name"),
        ("", "unknown"),
        (None, "unknown"),
    ],
)
def test_addresses_that_share_a_key(address, counts_as):
    assert rate_limit_key(address) == counts_as


def test_an_address_has_no_more_than_its_share_and_takes_nothing_from_others():
    limiter = ConnectionLimiter(3)
    assert [limiter.admit("10.0.0.1") for _ in range(5)] == [True] * 3 + [False] * 2
    assert limiter.is_full("10.0.0.1")
    assert limiter.admit("10.0.0.2")
    assert not limiter.is_full("10.0.0.2")
    limiter.leave("10.0.0.1")
    assert limiter.admit("10.0.0.1")
    assert not limiter.admit("10.0.0.1")


def test_a_neighbourhood_shares_and_this_computer_counts_like_others():
    limiter = ConnectionLimiter(2)
    assert [limiter.admit(f"2001:db8::{n}") for n in range(1, 4)] == [True, True, False]
    assert [limiter.admit(one) for one in ("127.0.0.1", "::1", "127.0.0.2")] == [True, True, False]
    assert limiter.is_full("::1")
    limiter.leave("127.0.0.1")
    assert not limiter.is_full("::1")
    assert all(ConnectionLimiter(0).admit("10.0.0.1") for _ in range(50))


def test_a_burst_of_arrivals_is_unchecked_and_endless_ones_are_checked():
    moment = [1000.0]
    limiter = ConnectionLimiter(10_000, Pacer(per_second=500, burst=3_000, clock=lambda: moment[0]))

    def come(address: str, times: int) -> int:
        """Count those of them that are not looked at."""
        return [limiter.arrives_too_fast(address) for _ in range(times)].count(False)

    assert come("10.0.0.1", 5_000) == 3_001
    assert come("10.0.0.2", 300) == 300
    moment[0] += 1
    assert come("10.0.0.1", 5_000) == 500
    moment[0] += 6
    assert come("10.0.0.1", 5_000) == 3_000


def test_a_larger_share_comes_as_fast():
    assert not any(listener_limiter(20_000).arrives_too_fast("10.0.0.1") for _ in range(10_000))
    assert not any(listener_limiter(0).arrives_too_fast("10.0.0.1") for _ in range(4_000))


def test_a_small_server_leaves_places_to_other_addresses():
    limiter = ConnectionLimiter(2000)
    limiter.limit_to_server(480)
    assert limiter.most == 384
    limiter.limit_to_server(10_000)
    assert limiter.most == 384


def test_the_highest_setting_allows_one_address_all_places():
    limiter = ConnectionLimiter(10_000)
    limiter.limit_to_server(480)
    assert limiter.most == 10_000


def test_addresses_without_connections_are_forgotten():
    limiter = ConnectionLimiter(3)
    for n in range(100):
        limiter.is_full(f"10.1.0.{n}")
        limiter.admit(f"10.0.0.{n}")
        limiter.leave(f"10.0.0.{n}")
    assert not limiter._open


def test_many_threads_at_once_are_counted_right():
    limiter, let_in = ConnectionLimiter(50), []

    def come():
        let_in.extend(limiter.admit("10.0.0.1") for _ in range(20))

    threads = [threading.Thread(target=come) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sum(let_in) == 50


def test_the_refusal_is_whole_http():
    head, _, body = REFUSAL.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 429 Too Many Requests\r\n")
    assert f"Content-Length: {len(body)}".encode() in head.split(b"\r\n")
    assert body == refusal()[1]


def test_a_burst_is_allowed_and_then_a_rate():
    clock = [0.0]
    bucket = TokenBucket(2, lambda: clock[0])
    assert [bucket.take() for _ in range(12)] == [True] * 2 * BURST_SECONDS + [False] * 2
    assert bucket.refused_in_a_row == 2
    assert not bucket.is_first_refusal
    clock[0] += bucket.seconds_per_token
    assert [bucket.take(), bucket.take()] == [True, False]
    assert bucket.is_first_refusal  # again, for it has been heard in between
    clock[0] += 1000
    assert sum(bucket.take() for _ in range(100)) == 2 * BURST_SECONDS


# Guessing passwords


def guess(tries: LoginAttempts, times: int, name="ada", address="10.0.0.1", is_known=False) -> list[bool]:
    """Whether each try was let through."""
    return [not tries.seconds_to_wait(name, address, is_known) for _ in range(times)]


def test_one_name_from_one_address():
    tries = LoginAttempts(lambda: 0.0)
    assert guess(tries, FREE_ATTEMPTS + 2) == [True] * FREE_ATTEMPTS + [False] * 2
    assert guess(tries, 1, address="10.0.0.2") == [True]


def test_many_names_from_one_address():
    tries = LoginAttempts(lambda: 0.0)
    let = [guess(tries, 1, name=f"name {n}")[0] for n in range(FREE_OF_ADDRESS + 5)]
    assert let == [True] * FREE_OF_ADDRESS + [False] * 5
    assert guess(tries, 1, name="eve", address="10.0.0.2") == [True]


def test_one_name_from_many_addresses():
    tries = LoginAttempts(lambda: 0.0)
    let = [guess(tries, 1, address=f"10.0.{n}.1")[0] for n in range(FREE_OF_NAME + 5)]
    assert let == [True] * FREE_OF_NAME + [False] * 5


def test_the_organiser_is_not_locked_out_by_guessing():
    clock = [0.0]
    tries = LoginAttempts(lambda: clock[0])
    for n in range(500):
        clock[0] += 1
        tries.seconds_to_wait("ada", f"10.0.{n % 250}.1", False)
        tries.seconds_to_wait("ada", "10.0.0.1", False)
    assert guess(tries, 1, address="10.9.9.9") == [False]  # a stranger waits
    assert guess(tries, 1, address="10.0.0.1", is_known=True) == [True]  # her own phone does not
    assert guess(tries, FREE_ATTEMPTS, address="10.0.0.1", is_known=True)[-1] is False  # nor may it guess for ever
    clock[0] += 61
    assert guess(tries, 1, address="10.9.9.9") == [True]  # and a stranger for a minute at most


def test_successful_log_ins_do_not_count():
    tries = LoginAttempts(lambda: 0.0)
    for n in range(200):
        name = f"scorer {n % 20}"
        assert tries.seconds_to_wait(name, "10.0.0.1", False) == 0
        tries.record_success(name, "10.0.0.1", False)
