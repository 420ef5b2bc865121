"""Refusals that name a set, or a game where that is what a set is called: a sentence for each, by `Sport.set_name`."""

from timely.domain.translation import gettext_noop

OVER_BEFORE = {
    "Set": gettext_noop("the game was over before this set, at %(home)s-%(away)s; remove it"),
    "Game": gettext_noop("the game was over before this game, at %(home)s-%(away)s; remove it"),
}
CANNOT_BE_HERE = {
    "Set": gettext_noop("%(home)s-%(away)s cannot be here: this set goes %(race)s"),
    "Game": gettext_noop("%(home)s-%(away)s cannot be here: this game goes %(race)s"),
}
SO_MANY_PLAYED = {
    "Set": gettext_noop("%(home)s-%(away)s cannot be: %(count)s sets are played here"),
    "Game": gettext_noop("%(home)s-%(away)s cannot be: %(count)s games are played here"),
}
NOT_BEST_OF = {
    "Set": gettext_noop("%(home)s-%(away)s cannot be the best of %(most)s: %(to_win)s sets win it"),
    "Game": gettext_noop("%(home)s-%(away)s cannot be the best of %(most)s: %(to_win)s games win it"),
}
NO_END = {
    "Set": gettext_noop("%(home)s-%(away)s is not how a game ends here: the winner has %(counts)s sets"),
    "Game": gettext_noop("%(home)s-%(away)s is not how a game ends here: the winner has %(counts)s games"),
}
