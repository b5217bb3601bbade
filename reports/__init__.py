"""Documents from answers and score sheet: the report, the score sheet as a table, a summary."""
