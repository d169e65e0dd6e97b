"""Papers to an index: encoder, vectors, catalogue, generations."""
