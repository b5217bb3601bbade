"""A whole cycle in seconds: the product's own tick, with the clock and the people played."""
