"""Pieces that several panels use. Each knows the theme and values, no panel."""
