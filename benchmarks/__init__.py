"""Benchmarks: what batchlint costs, held in one run against what everybody has. `python -m benchmarks` runs them."""
