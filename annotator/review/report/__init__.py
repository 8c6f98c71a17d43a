"""What a comparison or a review found, as text, tables and pages."""
