# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The part of the client that waits: written async here; its sync twin is derived from these files."""
