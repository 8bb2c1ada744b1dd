"""Measurements of what people notice: how fast, side by side in one run."""
