"""Geometry of a drawn bracket: on a page, on a projector, on paper."""
