"""The pages in a real browser: what a screen reader, a keyboard and a small telephone make of them."""
