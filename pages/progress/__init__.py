"""Progress against goals, and the goals themselves."""
