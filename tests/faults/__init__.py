"""Real processes that are killed, flushed and refused: nothing lost, nothing twice."""
