"""What is measured, and the one command that repeats it: `make bench`. Results: benchmarks/README.md."""
