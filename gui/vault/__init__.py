"""What is kept: secrets in the system keychain, everything else in the ledger. No Qt."""
