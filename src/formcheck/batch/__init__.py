"""Many clips: found, assessed by worker processes that may die, remembered, and put into tables."""
