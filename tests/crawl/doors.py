"""Every address of the app, filled in with the ids of each event and of others; a new rule joins by itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask
from werkzeug.routing import Rule

from tests.crawl.world import KINDS, OPEN, World
from timely.blueprints.fixtures.views import ACTIONS
from timely.blueprints.formats.forms import FORMS
from timely.live.topics import topics_of, user_topic

# Arguments that name no record: some of what they may be.
WORDS = {
    "action": sorted(ACTIONS)[:1],
    "kind": sorted(FORMS),
    "key": ["results", "schedule", "announcements"],
    "filename": ["css/timely.css"],
}
SLUGS = ("slug", "name")
# What an address may be asked besides.
NEEDS = {"teams.groups": ("division", "division_id")}
ASKED_WITH_EVENT = ("results.desk", "monitor.numbers", "matches.index")
OF_TOPICS = ("stream.topics_poll", "stream.topics_stream", "stream.topics_socket")


@dataclass(frozen=True)
class Door:
    """One address: *about* are the kinds of the events that it names."""

    endpoint: str
    path: str
    about: frozenset[str]
    is_mixed: bool = False  # a record of another event than the one that is named


def rules_of(app: Flask, method: str) -> list[Rule]:
    return sorted((rule for rule in app.url_map.iter_rules() if method in (rule.methods or ())), key=str)


def doors_of(world: World, rule: Rule) -> Iterator[Door]:
    """The rule's addresses. Fails for an argument that the world does not know: say there what it may be."""
    records = sorted(rule.arguments - set(rule.defaults or ()) - set(WORDS) - set(SLUGS))
    words = sorted(rule.arguments & set(WORDS))
    known = world.events[KINDS[0]].ids
    unknown = [name for name in records if name not in known]
    assert not unknown, f"{rule} takes {unknown}, which tests/crawl does not know: give it ids in world.py"
    for outer in KINDS:
        for kind in KINDS if "event_id" in records and len(records) > 1 else (outer,):
            if outer != kind and OPEN not in (outer, kind):
                continue  # one of two events that are hidden in the same way
            part = world.events[outer]
            values: dict[str, object] = {name: world.events[kind].ids[name] for name in records}
            if "event_id" in values:
                values["event_id"] = part.event_id
            values |= dict.fromkeys(rule.arguments & set(SLUGS), part.slug)
            for chosen in _choices(words):
                adapter = world.app.url_map.bind("localhost")
                path = adapter.build(rule.endpoint, {**values, **(rule.defaults or {}), **chosen}, append_unknown=False)
                path = path.removeprefix("ws://localhost")
                if rule.endpoint in NEEDS:
                    name, of = NEEDS[rule.endpoint]
                    path = f"{path}?{name}={part.ids[of]}"
                is_about = bool(records or rule.arguments & set(SLUGS)) and not _is_of_a_person(rule)
                yield Door(rule.endpoint, path, frozenset((outer, kind) if is_about else ()), outer != kind)
        if (not records and not rule.arguments & set(SLUGS)) or _is_of_a_person(rule):
            break  # it names no event
    yield from _asked(world, rule)


def _choices(words: list[str]) -> Iterator[dict[str, str]]:
    if not words:
        yield {}
    for name in words:
        for value in WORDS[name]:
            yield {name: value}


def _is_of_a_person(rule: Rule) -> bool:
    return "user_id" in rule.arguments


def _asked(world: World, rule: Rule) -> Iterator[Door]:
    """The same address with a query that names an event, or with a key that opens another one."""
    for kind in KINDS:
        part = world.events[kind]
        if rule.endpoint in ASKED_WITH_EVENT:
            is_about = rule.endpoint == "monitor.numbers"  # the others show what there is to show without it
            yield Door(rule.endpoint, f"{rule.rule}?event={part.event_id}", frozenset((kind,) if is_about else ()))
        if rule.endpoint in OF_TOPICS:
            topics = ",".join(topics_of(part.event_id))
            yield Door(rule.endpoint, f"{rule.rule}?topics={topics}", frozenset((kind,)))
        if rule.arguments & set(SLUGS) and "table_id" not in rule.arguments:
            others = next(one.key for one in world.events.values() if one is not part)
            for key in ("", "wrong", "%00", others):
                path = world.app.url_map.bind("localhost").build(
                    rule.endpoint, {**dict.fromkeys(rule.arguments & set(SLUGS), part.slug), **(rule.defaults or {})}
                )
                yield Door(rule.endpoint, f"{path}?key={key}", frozenset((kind,)))
    if rule.endpoint in OF_TOPICS:
        strangers = ",".join(user_topic(id_) for id_ in world.people.values() if id_)
        yield Door(rule.endpoint, f"{rule.rule}?topics={strangers}", frozenset(("nobody",)))
