"""Rules: what a game earns, which tie-breakers order a table, what a withdrawal does."""
