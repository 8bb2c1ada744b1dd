# Derived from ../aio by `python -m codegen.sync_codegen`. Do not edit. Digest: 616add4e53df26a6
"""The part of the client that waits. It is written async here; the sync side is derived from these files."""
