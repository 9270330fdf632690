"""What people do in the schools room; one transaction and one audit line each."""
