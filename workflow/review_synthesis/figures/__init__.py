"""The figures: each module draws one, as an SVG with real text, a PNG, an alt text and a table."""
