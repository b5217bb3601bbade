"""The conversation as pure functions: state and event in, new state and effects out."""
