"""Claims → the canonical OpenAPI catalog: reconcile, overlay, lint, diff."""
