"""Images and PDFs, read from their base64 as far as a rule or an estimate needs, and never a pixel."""
