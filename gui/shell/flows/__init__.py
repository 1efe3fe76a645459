"""The flows, a file for each: which step follows which. No flow knows another."""
