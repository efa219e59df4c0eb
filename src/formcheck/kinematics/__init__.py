"""From landmarks to clean motion: geometry, repair, smoothing, view, joint angles."""
