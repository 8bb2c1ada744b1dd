# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The runtime of every client: written once, async; its sync side is derived from it."""
