"""Exports and imports, one file a format. No Qt; nothing here keeps anything."""
