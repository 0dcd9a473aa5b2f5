-- Forms that are entered a second time, without sight of the first. Each row follows from the entries of the trail that made it.

CREATE TABLE second_entry (
  form_id INTEGER PRIMARY KEY REFERENCES form (id),
  state TEXT NOT NULL CHECK (state IN ('asked', 'in-progress', 'complete', 'adjudicated')),
  -- Who completed the form, which is when it was drawn.
  first_user TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  -- Who enters it a second time; null until somebody has begun.
  user TEXT,
  self INTEGER NOT NULL DEFAULT 0 CHECK (self IN (0, 1)),
  started_at INTEGER,
  completed_at INTEGER,
  CHECK ((state = 'asked') = (user IS NULL)),
  CHECK ((state = 'asked') = (started_at IS NULL)),
  CHECK ((state IN ('complete', 'adjudicated')) = (completed_at IS NOT NULL))
) STRICT;
CREATE INDEX second_entry_by_state ON second_entry (state, asked_at);
-- Read for every call: what this person must not see now.
CREATE INDEX second_entry_in_progress ON second_entry (user) WHERE state = 'in-progress';

CREATE TABLE second_value (
  form_id INTEGER NOT NULL REFERENCES second_entry (form_id),
  row INTEGER NOT NULL CHECK (row BETWEEN 1 AND 9999),
  item_id INTEGER NOT NULL REFERENCES item (id),
  text TEXT,
  relation TEXT CHECK (relation IN ('=', '<', '<=', '>', '>=')),
  number REAL,
  unit TEXT,
  precision TEXT CHECK (precision IN ('year', 'month', 'day', 'minute')),
  missing TEXT,
  version INTEGER NOT NULL CHECK (version >= 1),
  PRIMARY KEY (form_id, row, item_id),
  CHECK (text IS NULL OR missing IS NULL)
) STRICT, WITHOUT ROWID;

-- Fields compared when the second entry was complete, by the person who had typed them first.
CREATE TABLE second_compared (
  form_id INTEGER NOT NULL REFERENCES second_entry (form_id),
  first_user TEXT NOT NULL,
  fields INTEGER NOT NULL CHECK (fields >= 1),
  PRIMARY KEY (form_id, first_user)
) STRICT, WITHOUT ROWID;

-- A field of which the two entries say different things. Both values stay, whatever was decided.
CREATE TABLE second_difference (
  form_id INTEGER NOT NULL REFERENCES second_entry (form_id),
  position INTEGER NOT NULL CHECK (position >= 1),
  item_id INTEGER NOT NULL REFERENCES item (id),
  -- Where it stands, or would stand, in the record; and where each of the two typed it, null where the row is missing.
  row INTEGER NOT NULL CHECK (row BETWEEN 1 AND 9999),
  first_row INTEGER,
  second_row INTEGER,
  first_user TEXT NOT NULL,
  first TEXT CHECK (json_valid(first)),
  second TEXT CHECK (json_valid(second)),
  decided TEXT CHECK (decided IN ('first', 'second', 'other')),
  final TEXT CHECK (json_valid(final)),
  decided_by TEXT,
  decided_at INTEGER,
  reason TEXT,
  PRIMARY KEY (form_id, position),
  CHECK ((decided IS NULL) = (decided_by IS NULL)),
  CHECK ((decided IS NULL) = (decided_at IS NULL))
) STRICT, WITHOUT ROWID;
