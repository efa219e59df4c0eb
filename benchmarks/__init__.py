"""Measures formcheck against ground truth and against a bare MediaPipe loop. No part of the product."""
