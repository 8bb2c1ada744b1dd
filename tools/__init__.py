"""What developers run beside the verbs: demonstration, picture, benchmarks, mutants."""
