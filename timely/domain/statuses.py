"""The states that events, fixtures, results and announcements go through, each word written once."""

EVENT_STATUSES = ("DRAFT", "PUBLISHED", "LIVE", "COMPLETED", "CANCELLED")
VISIBILITIES = ("public", "private")
FIXTURE_STATUSES = ("SCHEDULED", "LIVE", "FINISHED", "POSTPONED", "CANCELLED", "ABANDONED", "WALKOVER")
# Neither was played to its end nor will be: such a game holds no pitch and no time.
OFF = ("CANCELLED", "ABANDONED", "WALKOVER")
# The states in which a fixture has a score.
PLAYED = ("LIVE", "FINISHED", "WALKOVER")
# Who enters an event, and how a team may leave it.
ENTRANTS = ("team", "pair", "person")
WITHDRAWALS = ("withdrawn", "expelled")
# What an organiser may rule of a game that should have been played by somebody else.
RULINGS = ("keep", "void", "replay")
# How a tie that the game left open was decided.
DECIDED_BY = ("lot", "ruling")
# For whom; "none" by a ruling alone: neither goes on.
DECIDED = ("home", "away", "none")
RESULT_STATUSES = ("PENDING", "VERIFIED", "FINAL")
ANNOUNCEMENT_TYPES = ("info", "schedule", "result", "weather", "emergency")
PRIORITIES = ("low", "normal", "high", "urgent")
ANNOUNCEMENT_STATES = ("WAITING", "CURRENT", "EXPIRED", "WITHDRAWN")
