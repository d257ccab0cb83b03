"""What the page of the record is made of: reading, writing, the table and the picture."""
