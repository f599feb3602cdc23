"""Hypothesis strategies: requests that the API takes, to be broken on purpose."""
