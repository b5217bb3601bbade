"""All forms at a glance, as coordinators and reviewers want them: who is where, and what is amiss."""
