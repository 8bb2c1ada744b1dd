# Derived from ../aio by `python -m codegen.sync_codegen`. Do not edit. Digest: 858ca50a6a447e71
"""The part of the client that waits. It is written async here; the sync side is derived from these files."""
