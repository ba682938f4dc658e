"""The steps of the story, each safe to be cut off at any instant and run again."""
