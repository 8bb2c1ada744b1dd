"""An OpenAPI document: its extensions. Imports nothing of the other rooms."""
