"""Refusals that name what enters an event, a team, a pair or a player: a sentence for each, by `Entrant.one`."""

from timely.domain.translation import LazyText, gettext_noop, lazy_gettext, lazy_ngettext

NEEDS_NAME = {
    "team": gettext_noop("A team needs a name."),
    "pair": gettext_noop("A pair needs a name."),
    "player": gettext_noop("A player needs a name."),
}
IS_TAKEN = {
    "team": gettext_noop("Another team is called “%(name)s”."),
    "pair": gettext_noop("Another pair is called “%(name)s”."),
    "player": gettext_noop("Another player is called “%(name)s”."),
}
IS_TAKEN_IN_DIVISION = {
    "team": gettext_noop("Another team in %(division)s is called “%(name)s”."),
    "pair": gettext_noop("Another pair in %(division)s is called “%(name)s”."),
    "player": gettext_noop("Another player in %(division)s is called “%(name)s”."),
}
IS_TAKEN_IN_NO_DIVISION = {
    "team": gettext_noop("Another team in no division is called “%(name)s”."),
    "pair": gettext_noop("Another pair in no division is called “%(name)s”."),
    "player": gettext_noop("Another player in no division is called “%(name)s”."),
}


def still_plays(one: str, name: str, games: int) -> LazyText:
    """Says that the entrant called *name* cannot be deleted before its games."""
    if one == "pair":
        return lazy_ngettext(
            "%(name)s plays in %(num)s game. Delete those first, or rename the pair that takes its place.",
            "%(name)s plays in %(num)s games. Delete those first, or rename the pair that takes its place.",
            games,
            name=name,
        )
    if one == "player":
        return lazy_ngettext(
            "%(name)s plays in %(num)s game. Delete those first, or rename the player that takes its place.",
            "%(name)s plays in %(num)s games. Delete those first, or rename the player that takes its place.",
            games,
            name=name,
        )
    return lazy_ngettext(
        "%(name)s plays in %(num)s game. Delete those first, or rename the team that takes its place.",
        "%(name)s plays in %(num)s games. Delete those first, or rename the team that takes its place.",
        games,
        name=name,
    )


def name_is_taken(one: str, name: str, division: str | None) -> LazyText:
    """*division* is "" for those in none of an event's divisions, and None in an event without divisions."""
    if division:
        return lazy_gettext(IS_TAKEN_IN_DIVISION[one], name=name, division=division)
    return lazy_gettext((IS_TAKEN if division is None else IS_TAKEN_IN_NO_DIVISION)[one], name=name)
