"""An OpenAPI document: load, references, pointers, walk, schemas, validation."""
