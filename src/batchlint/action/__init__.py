"""The step of the GitHub Action once batchlint is installed: `python -I -m batchlint.action`, with its inputs in the environment."""
