"""Measurements: ratios within one run, medians. `make bench` runs them all; none is a test."""
