"""What-if: what the score would be, with nothing saved."""
