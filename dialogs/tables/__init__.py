"""Tables by chat: lines read, rows changed, and what is unclear asked about, line by line."""
