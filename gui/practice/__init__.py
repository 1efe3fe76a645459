"""A practice Facebook on this computer: people, Pages, tokens and troubles, over real HTTP. No Qt."""
