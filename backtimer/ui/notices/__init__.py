"""What is said across the page, one sentence at a time, and who says it when."""
