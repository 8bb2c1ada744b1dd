"""An OpenAPI document: load, references, pointers, walk, schemas, validation. The ground floor of the generator."""
