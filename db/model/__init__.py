"""What the dataset is made of: values, records, columns and tables; nothing here opens a database."""
