"""What a table is and what each of its columns is: headers propose, values decide."""
