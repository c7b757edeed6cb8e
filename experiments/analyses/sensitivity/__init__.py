"""What the answer depends on."""
