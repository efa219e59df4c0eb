"""What is drawn on the frames of ``annotated.mp4``: the body, its judged angles, counters and fault banners."""
