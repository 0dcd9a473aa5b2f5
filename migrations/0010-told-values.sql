-- How many values a delivered file says that its site holds: those that wait in the conflict book are among them, and not
-- among value_count. What follows a delivery is held against it.
ALTER TABLE delivery ADD COLUMN told_values INTEGER;
