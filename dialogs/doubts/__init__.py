"""What is asked before anything is recorded: two answers to one fact, a late message, a figure that looks mistyped."""
