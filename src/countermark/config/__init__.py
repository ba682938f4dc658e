"""Settings, addresses and the server entry point of one node; imported by nobody."""
