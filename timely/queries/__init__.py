"""Reads, named as nouns."""
