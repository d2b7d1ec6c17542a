"""Who can help: what people and networks can bring, ranked for a need, and what would be missing without them."""
