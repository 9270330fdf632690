"""The demo region: an invented MVS with schools, people, families and cases; nobody in it exists."""
