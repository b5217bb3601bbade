"""What the form is and how it scores. Knows no chat, no database and no clock."""
