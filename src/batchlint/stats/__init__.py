"""Statistics of a batch: requests, bytes, tokens, images, pages and money, by model."""
