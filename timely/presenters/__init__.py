"""Texts and dicts for people to read: rows shared by page, API and message; numbers, dates, explanations, SVG."""
