"""One file a panel; each knows desk and jobs, no other panel."""
