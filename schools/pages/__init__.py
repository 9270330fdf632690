"""What the pages of this room show, shaped for one audience."""
