"""Standings: results counted into lines, lines ranked, and each position explained."""
