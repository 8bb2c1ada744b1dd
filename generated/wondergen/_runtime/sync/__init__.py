# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The part of the client that waits. It is written async here; the sync side is derived from these files."""
