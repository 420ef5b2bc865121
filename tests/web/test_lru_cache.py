"""The bounded memory: what was asked for longest ago goes first."""

from timely.web.lru_cache import LruCache


def test_what_was_asked_for_longest_ago_goes_first():
    kept = LruCache[str](30)
    for name in ("Ash", "Birch", "Cedar"):
        kept.put(name, name.upper(), 10)
    assert kept.get("Ash") == "ASH"
    kept.put("Dogwood", "DOGWOOD", 10)
    assert [kept.get(name) for name in ("Ash", "Birch", "Cedar", "Dogwood")] == ["ASH", None, "CEDAR", "DOGWOOD"]
    assert kept.bytes == 30


def test_a_new_value_takes_the_place_of_the_old_one():
    kept = LruCache[str](30)
    kept.put("Ash", "small", 10)
    kept.put("Ash", "larger", 25)
    assert kept.get("Ash") == "larger"
    assert (kept.bytes, len(kept)) == (25, 1)


def test_what_is_larger_than_the_whole_memory_is_not_kept():
    kept = LruCache[str](30)
    kept.put("Ash", "small", 10)
    kept.put("Ash", "huge", 31)
    assert kept.get("Ash") is None
    assert (kept.bytes, len(kept)) == (0, 0)


def test_many_small_ones_are_bounded_too():
    kept = LruCache[int](1_000, max_items=5)
    for number in range(20):
        kept.put(number, number, 1)
    assert len(kept) == 5
    assert kept.get(19) == 19
