"""Formats: a league, groups, a knockout; and the plan of groups, rounds and ties that is made from one."""
