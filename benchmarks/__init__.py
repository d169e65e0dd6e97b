"""Measures of paperbot: judged questions, baselines, speed."""
