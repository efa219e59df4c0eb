"""The loop that formcheck's speed is measured against: read a frame, find the pose, nothing else.

``python benchmarks/bare_loop.py CLIP... MODEL`` uses OpenCV and the Pose Landmarker's VIDEO mode as MediaPipe's own
examples do. It prints how many frames it read and in how many it found somebody.
"""

import sys

import cv2
import mediapipe as mp
from mediapipe.tasks.python import BaseOptions, vision


def watch(clip: str, model: str) -> None:
    options = vision.PoseLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=model), running_mode=vision.RunningMode.VIDEO
    )
    frames = found = 0
    capture = cv2.VideoCapture(clip)
    rate = capture.get(cv2.CAP_PROP_FPS)
    with vision.PoseLandmarker.create_from_options(options) as landmarker:
        while True:
            read, picture = capture.read()
            if not read:
                break
            image = mp.Image(image_format=mp.ImageFormat.SRGB, data=cv2.cvtColor(picture, cv2.COLOR_BGR2RGB))
            result = landmarker.detect_for_video(image, round(1000 * frames / rate))
            frames += 1
            found += bool(result.pose_landmarks)
    print(f"{frames} frames, somebody in {found}")


if __name__ == "__main__":
    for each in sys.argv[1:-1]:
        watch(each, sys.argv[-1])
