"""The node-to-node endpoint: one address, signed requests, no session, no officer."""
