"""The sitting in open formats, each a pure function of its state. The minutes themselves are ``document``'s."""
