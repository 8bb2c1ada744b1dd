# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The commands beside the operations, one a file."""

from __future__ import annotations

COMMANDS = {
    "models": "Compare operations: media, durations, ratios, resolutions.",
    "explain": "Show all facts of an operation, with their sources.",
    "check": "Check requests in a file without sending them.",
    "batch": "Many paid calls from a file, each sent once.",
    "resume": "Continue a task: wait for it and save its files.",
    "tasks": "List paid calls that are not finished.",
    "credits": "Show the credits that are left.",
    "doctor": "Check keys, files, versions and, if asked, the network.",
    "serve": "Run the offline stand-in for every service.",
    "skill": "Write an Agent Skill for this package.",
    "mcp": "Serve tools to an agent over MCP, on standard input and output.",
    "completion": "Print the completion script of a shell.",
}
"""Name → what it is for. Each is `command` in the module of its name, imported when it is needed."""
