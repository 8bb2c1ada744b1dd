"""Wrong versions of the client, the runtime and the catalog, to measure whether the tests notice them."""
