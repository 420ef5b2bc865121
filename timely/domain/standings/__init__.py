"""Standings: results counted into lines, lines put in order, and why each stands where it stands."""
