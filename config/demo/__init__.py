"""The demo: its door, its mailbox, its people. Exists only on this machine and in a database made for it."""
