"""Formats: a league, groups, a knockout; and the plan of groups, rounds and ties that comes of one."""
