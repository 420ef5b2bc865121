"""The simulated hall of bench/page_caches.py, for a few seconds of its clock."""

import pytest

from bench.page_caches import CACHES, in_a_process


@pytest.mark.parametrize("name", ["both", "neither"])
def test_each_page_is_counted_once_and_a_cache_that_is_off_answers_none(name: str) -> None:
    by_commit, by_version = CACHES[name]
    found = in_a_process(name, seconds=4)
    assert found["requests"] > 50
    assert (found["by commit"] > 0) is by_commit
    assert by_version or not found["by version"]
    assert found["rendered"] > 0
    assert found["by commit"] + found["by version"] + found["rendered"] <= found["requests"]
    assert found["CPU s"] > 0
