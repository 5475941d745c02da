"""The words that people use in tables: data, and how texts are matched with them."""
