"""Costs of a further language: of a live message, a page and a save: python -m bench.languages"""
