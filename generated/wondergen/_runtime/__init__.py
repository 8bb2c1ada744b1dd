# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The hand-written part of the client, written once, async. `generate` copies it and derives its sync twin."""
