"""The embedded servers of demo and tests: where they live, how they start and stop."""
