-- The record of one site. Times are UTC milliseconds since 1970. JSON columns are written canonically (sorted keys).

CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  user TEXT NOT NULL,
  -- Case and width of letters don't make another person.
  user_key TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL
) STRICT;

-- Who had which role when: a role that is taken away keeps its row.
CREATE TABLE person_role (
  id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES person (id),
  role TEXT NOT NULL CHECK (role IN ('administrator', 'coordinator', 'data-entry', 'investigator', 'monitor')),
  granted_at INTEGER NOT NULL,
  revoked_at INTEGER CHECK (revoked_at >= granted_at)
) STRICT;
CREATE UNIQUE INDEX person_role_current ON person_role (person_id, role) WHERE revoked_at IS NULL;

CREATE TABLE study_version (
  id INTEGER PRIMARY KEY,
  study TEXT NOT NULL,
  version TEXT NOT NULL,
  -- SHA-256 of the canonical JSON of the definition.
  fingerprint TEXT NOT NULL UNIQUE CHECK (length(fingerprint) = 64),
  definition TEXT NOT NULL CHECK (json_valid(definition)),
  installed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE subject (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  enrolled_at INTEGER NOT NULL
) STRICT;

-- A form of a subject in an event instance; there is a row from the first value on.
CREATE TABLE form (
  id INTEGER PRIMARY KEY,
  subject_id INTEGER NOT NULL REFERENCES subject (id),
  event TEXT NOT NULL,
  form TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('empty', 'in-progress', 'complete', 'verified', 'signed', 'locked')),
  UNIQUE (subject_id, event, form)
) STRICT;

CREATE TABLE item (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

-- Current values. An emptied value keeps its row, version and place; the history is in audit.
CREATE TABLE value (
  form_id INTEGER NOT NULL REFERENCES form (id),
  row INTEGER NOT NULL CHECK (row BETWEEN 1 AND 9999),
  item_id INTEGER NOT NULL REFERENCES item (id),
  text TEXT,
  relation TEXT CHECK (relation IN ('=', '<', '<=', '>', '>=')),
  number REAL,
  unit TEXT,
  precision TEXT CHECK (precision IN ('year', 'month', 'day', 'minute')),
  missing TEXT,
  version INTEGER NOT NULL CHECK (version >= 1),
  derived INTEGER NOT NULL CHECK (derived IN (0, 1)),
  parked INTEGER NOT NULL CHECK (parked IN (0, 1)),
  PRIMARY KEY (form_id, row, item_id),
  CHECK (text IS NULL OR missing IS NULL)
) STRICT, WITHOUT ROWID;

-- Findings of a subject, rewritten in the transaction that changes its values: what lists and worklist count and show.
CREATE TABLE finding (
  subject_id INTEGER NOT NULL REFERENCES subject (id),
  position INTEGER NOT NULL,
  key TEXT NOT NULL,
  severity TEXT NOT NULL CHECK (severity IN ('hard', 'soft', 'information')),
  status TEXT NOT NULL CHECK (status IN ('open', 'confirmed')),
  body TEXT NOT NULL CHECK (json_valid(body)),
  PRIMARY KEY (subject_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX finding_by_severity ON finding (severity, status);

-- A soft finding that somebody looked at. It holds while `basis`, the values that it rested on, stays the same.
CREATE TABLE confirmation (
  subject_id INTEGER NOT NULL REFERENCES subject (id),
  key TEXT NOT NULL,
  basis TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason <> ''),
  user TEXT NOT NULL,
  confirmed_at INTEGER NOT NULL,
  PRIMARY KEY (subject_id, key)
) STRICT, WITHOUT ROWID;

-- The trail. hash = SHA-256 over the previous hash and the canonical entry, so that a row can't be changed unseen.
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL,
  user TEXT NOT NULL,
  role TEXT NOT NULL,
  site TEXT NOT NULL,
  action TEXT NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('entry', 'second-entry', 'import', 'merge', 'derivation', 'system')),
  subject_id INTEGER REFERENCES subject (id),
  form_id INTEGER REFERENCES form (id),
  row INTEGER,
  item_id INTEGER REFERENCES item (id),
  old TEXT CHECK (json_valid(old)),
  new TEXT CHECK (json_valid(new)),
  reason TEXT,
  detail TEXT CHECK (json_valid(detail)),
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX audit_of_item ON audit (form_id, item_id, row) WHERE item_id IS NOT NULL;

CREATE INDEX audit_by_action ON audit (action) WHERE item_id IS NULL;

-- The newest entry, so that entries cut off at the end are missed.
CREATE TABLE audit_head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  seq INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN
  SELECT RAISE(ABORT, 'the trail is append-only');
END;
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN
  SELECT RAISE(ABORT, 'the trail is append-only');
END;
CREATE TRIGGER audit_grows_by_one BEFORE INSERT ON audit
WHEN new.seq IS NOT (SELECT COALESCE(MAX(seq), 0) + 1 FROM audit)
BEGIN
  SELECT RAISE(ABORT, 'the trail grows by one entry at its end');
END;
