"""What a batch is made of: requests, bytes, tokens, images, pages and money, by model."""
