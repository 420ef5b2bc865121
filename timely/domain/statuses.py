"""States of events, fixtures, results and announcements, defined once."""

EVENT_STATUSES = ("DRAFT", "PUBLISHED", "LIVE", "COMPLETED", "CANCELLED")
VISIBILITIES = ("public", "private")
FIXTURE_STATUSES = ("SCHEDULED", "LIVE", "FINISHED", "POSTPONED", "CANCELLED", "ABANDONED", "WALKOVER")
# Not played to the end, and never will be: such a game occupies no pitch and no time.
CALLED_OFF = ("CANCELLED", "ABANDONED")
OFF = (*CALLED_OFF, "WALKOVER")
# The states in which a fixture has a score.
PLAYED = ("LIVE", "FINISHED", "WALKOVER")
# What enters an event, and how a team may leave it.
ENTRANTS = ("team", "pair", "person")
WITHDRAWALS = ("withdrawn", "expelled")
# An organiser's rulings on a game that other teams should have played.
RULINGS = ("keep", "void", "replay")
# How a tie that the game left open was decided.
DECIDED_BY = ("lot", "ruling")
# The side it was decided for; "none" only by a ruling: neither goes on.
DECIDED = ("home", "away", "none")
RESULT_STATUSES = ("PENDING", "VERIFIED", "FINAL")
ANNOUNCEMENT_TYPES = ("info", "schedule", "result", "weather", "emergency")
PRIORITIES = ("low", "normal", "high", "urgent")
ANNOUNCEMENT_STATES = ("WAITING", "CURRENT", "EXPIRED", "WITHDRAWN")
