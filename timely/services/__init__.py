"""Writes, named as verbs: each public function is one transaction with one audit entry."""
