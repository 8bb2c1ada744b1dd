"""Tools for agents over MCP: find a model, read about it, check a request, start it, look how it is doing.

Needs the extra `mcp`. No tool waits for a task: each answers at once.
"""
