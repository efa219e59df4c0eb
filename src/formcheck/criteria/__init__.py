"""What is judged and how: criteria as data, and the one place where a measurement becomes a verdict."""
