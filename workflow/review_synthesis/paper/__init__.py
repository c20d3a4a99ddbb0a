"""What a paper needs: methods and results as text with bound numbers, and tables."""
