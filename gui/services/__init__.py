"""The verbs of the product, one file a verb, in the order a token travels. No Qt."""
