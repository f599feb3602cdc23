"""The GitHub Action once batchlint is installed: `python -I -m batchlint.action`, its inputs in the environment."""
