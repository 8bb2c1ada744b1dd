"""The runtime of every client: written once, async; its sync side is derived from it."""
