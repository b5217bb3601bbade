"""Long texts: sent in pieces until 完, changed piece by piece, or written on a page."""
