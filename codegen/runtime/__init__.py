"""The hand-written part of the client, written once, async. `generate` copies it and derives its sync twin."""
