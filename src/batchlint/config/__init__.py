"""The configuration of a repository: `.batchlint.yaml`, or `[tool.batchlint]` in pyproject.toml.

    path -> closest -> Configuration, what one file says -> settings, what is in force

The closest file above an input wins, and nothing is merged. Each input has its own.
"""

from batchlint.config.closest import Closest
from batchlint.config.configuration import ConfigError, Configuration

__all__ = ["Closest", "ConfigError", "Configuration"]
