"""What stands in documents that people bring: reports, final accounts and filled lists, as claims."""
