"""The door: second factor, passkeys, guesses, passwords, reset and providers (acceptance A-1 to A-7)."""
