"""The games themselves: rules, scores, standings, pairings. Plain Python: no web, no database, no clock."""
