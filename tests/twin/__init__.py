"""A small Discord on loopback: REST and gateway, strict about what it is sent, and able to fail on request."""
