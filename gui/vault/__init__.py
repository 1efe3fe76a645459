"""What is kept: secrets in the system keychain, everything else in the database. No Qt."""
