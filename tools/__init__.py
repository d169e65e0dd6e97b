"""Small scripts for maintainers."""
