"""From frames to landmarks. Only ``mediapipe_detector`` knows MediaPipe, and nothing here imports it eagerly."""
