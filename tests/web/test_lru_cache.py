"""LRU cache: the least recently used value is dropped first."""

from timely.web.lru_cache import LruCache


def test_the_least_recently_used_value_is_dropped_first():
    kept = LruCache[str](30)
    for name in ("Ash", "Birch", "Cedar"):
        kept.put(name, name.upper(), 10)
    assert kept.get("Ash") == "ASH"
    kept.put("Dogwood", "DOGWOOD", 10)
    assert [kept.get(name) for name in ("Ash", "Birch", "Cedar", "Dogwood")] == ["ASH", None, "CEDAR", "DOGWOOD"]
    assert kept.bytes == 30


def test_a_new_value_replaces_the_old_one():
    kept = LruCache[str](30)
    kept.put("Ash", "small", 10)
    kept.put("Ash", "larger", 25)
    assert kept.get("Ash") == "larger"
    assert (kept.bytes, len(kept)) == (25, 1)


def test_a_value_larger_than_the_cache_is_not_kept():
    kept = LruCache[str](30)
    kept.put("Ash", "small", 10)
    kept.put("Ash", "huge", 31)
    assert kept.get("Ash") is None
    assert (kept.bytes, len(kept)) == (0, 0)


def test_the_number_of_small_values_is_bounded():
    kept = LruCache[int](1_000, max_items=5)
    for number in range(20):
        kept.put(number, number, 1)
    assert len(kept) == 5
    assert kept.get(19) == 19
