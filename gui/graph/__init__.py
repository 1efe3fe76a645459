"""Facebook as seen from here. No Qt."""
