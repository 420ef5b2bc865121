"""Metrics for Prometheus."""

from timely.blueprints.metrics.views import bp

__all__ = ["bp"]
