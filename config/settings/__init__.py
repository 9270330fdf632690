"""Settings: base and security for all; demo (dev), test and prod choose their servers."""
