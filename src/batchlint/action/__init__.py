"""What the GitHub Action does once batchlint is installed: `python -I -m batchlint.action`, told by the environment."""
