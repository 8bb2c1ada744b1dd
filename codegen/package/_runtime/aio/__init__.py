"""The part of the client that waits. It is written async here; the sync side is derived from these files."""
