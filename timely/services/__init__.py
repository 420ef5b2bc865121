"""Writes, named as deeds: one deed, one commit, one audit entry."""
