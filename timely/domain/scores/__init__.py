"""Scores and their details: which are possible in a sport, and who has won."""
