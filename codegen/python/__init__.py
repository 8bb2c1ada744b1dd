"""OpenAPI → Python: intermediate model, names, templates that only print."""
