"""One flow a file: what happens after what. No flow knows another."""
