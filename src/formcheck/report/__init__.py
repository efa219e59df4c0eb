"""Renderings of one assessment: JSON, text, tables, video and page. They render and never decide."""
