"""One file a panel; each knows session and jobs, no other panel."""
