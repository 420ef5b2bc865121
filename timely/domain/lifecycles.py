"""The states that events, fixtures, results and announcements go through, each word written once."""

EVENT_STATUSES = ("DRAFT", "PUBLISHED", "LIVE", "COMPLETED", "CANCELLED")
VISIBILITIES = ("public", "private")
FIXTURE_STATUSES = ("SCHEDULED", "LIVE", "FINISHED", "POSTPONED", "CANCELLED", "ABANDONED", "WALKOVER")
# The states in which a fixture has a score.
PLAYED = ("LIVE", "FINISHED", "WALKOVER")
RESULT_STATUSES = ("PENDING", "VERIFIED", "FINAL")
ANNOUNCEMENT_TYPES = ("info", "schedule", "result", "weather", "emergency")
PRIORITIES = ("low", "normal", "high", "urgent")
ANNOUNCEMENT_STATES = ("WAITING", "CURRENT", "EXPIRED", "WITHDRAWN")
