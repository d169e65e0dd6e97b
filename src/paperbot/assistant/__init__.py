"""The facade: opens, answers, reloads, builds; all that a front door knows."""
