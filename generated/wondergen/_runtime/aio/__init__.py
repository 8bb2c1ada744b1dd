"""The part of the client that waits: written async here; its sync twin is derived from these files."""
