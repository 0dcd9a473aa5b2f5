-- What people choose for exports, under a name of theirs; and what stands for a subject in a de-identified export.

CREATE TABLE export_preset (
  name TEXT PRIMARY KEY CHECK (name <> ''),
  -- Canonical JSON of formats and choices.
  wish TEXT NOT NULL CHECK (json_valid(wish)),
  user TEXT NOT NULL,
  saved_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Drawn once and never changed. Only who can open this database can lead a stand-in back to its subject; the trail holds a
-- hash of subject, stand-in and shift with the salt, which tells nothing without this row and proves it with it.
CREATE TABLE pseudonym (
  subject_id INTEGER PRIMARY KEY REFERENCES subject (id),
  replacement TEXT NOT NULL UNIQUE,
  shift_days INTEGER NOT NULL CHECK (shift_days <> 0),
  salt TEXT NOT NULL CHECK (length(salt) = 32)
) STRICT;
