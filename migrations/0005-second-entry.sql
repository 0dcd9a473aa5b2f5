-- Forms that are entered a second time, without sight of the first.

CREATE TABLE second_entry (
  form_id INTEGER PRIMARY KEY REFERENCES form (id),
  state TEXT NOT NULL CHECK (state IN ('in-progress', 'complete', 'adjudicated')),
  user TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT;

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
  -- Set when the difference is decided: which of the two stands, or neither.
  decided TEXT CHECK (decided IN ('first', 'second', 'other')),
  PRIMARY KEY (form_id, row, item_id),
  CHECK (text IS NULL OR missing IS NULL)
) STRICT, WITHOUT ROWID;
