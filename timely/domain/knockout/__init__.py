"""Knockouts: pairings, sources of sides, advancement, final places."""
