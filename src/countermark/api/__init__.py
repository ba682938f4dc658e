"""What other programs call: REST v1 for officers' tools, and ``cmx`` for the partner's node."""
