"""The door: counted guesses, codes that work once, passwords, and mails about an account."""
