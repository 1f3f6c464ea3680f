"""What is not the record: accounts, conversations, cards on screen. Answered from memory, kept in the database."""
