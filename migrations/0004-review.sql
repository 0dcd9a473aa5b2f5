-- Queries, signatures and freezes. Each row follows from the entries of the trail that made it.

-- One question about one item. Of a check there is at most one that is not closed for each place.
CREATE TABLE query (
  id INTEGER PRIMARY KEY,
  subject_id INTEGER NOT NULL REFERENCES subject (id),
  event TEXT NOT NULL,
  form TEXT NOT NULL,
  row INTEGER NOT NULL CHECK (row BETWEEN 1 AND 9999),
  item TEXT NOT NULL,
  -- null: asked by a person.
  check_id TEXT,
  check_version INTEGER,
  severity TEXT CHECK (severity IN ('hard', 'soft')),
  -- What the check said when it fired.
  message_en TEXT,
  message_fr TEXT,
  state TEXT NOT NULL CHECK (state IN ('open', 'answered', 'closed')),
  -- How it was closed: the finding is gone, or somebody accepted the answer.
  closed_by TEXT CHECK (closed_by IN ('correction', 'acceptance')),
  opened_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  CHECK ((check_id IS NULL) = (severity IS NULL)),
  CHECK ((check_id IS NULL) = (check_version IS NULL)),
  CHECK ((check_id IS NULL) = (message_en IS NULL AND message_fr IS NULL)),
  CHECK (check_id IS NOT NULL OR closed_by IS NOT 'correction'),
  CHECK ((state = 'closed') = (closed_by IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX query_of_check ON query (subject_id, event, form, row, item, check_id) WHERE state <> 'closed' AND check_id IS NOT NULL;
CREATE INDEX query_of_place ON query (subject_id, event, form, row, item);
CREATE INDEX query_by_state ON query (state, opened_at);

-- What was said about it, in the order in which it was said.
CREATE TABLE query_message (
  query_id INTEGER NOT NULL REFERENCES query (id),
  position INTEGER NOT NULL CHECK (position >= 1),
  kind TEXT NOT NULL CHECK (kind IN ('opened', 'answered', 'reopened', 'closed')),
  -- null: the application says it, or somebody accepted without a word.
  text TEXT CHECK (text <> ''),
  user TEXT NOT NULL,
  role TEXT NOT NULL,
  at INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL,
  PRIMARY KEY (query_id, position)
) STRICT, WITHOUT ROWID;

-- Of a form (event and form), a visit (event) or a subject (neither).
CREATE TABLE signature (
  id INTEGER PRIMARY KEY,
  subject_id INTEGER NOT NULL REFERENCES subject (id),
  event TEXT,
  form TEXT,
  user TEXT NOT NULL,
  printed_name TEXT NOT NULL,
  role TEXT NOT NULL,
  meaning TEXT NOT NULL,
  at INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL,
  -- The definition under which it was signed: a later one breaks no signature.
  study_fingerprint TEXT NOT NULL CHECK (length(study_fingerprint) = 64),
  -- SHA-256 of the canonical JSON of exactly what was signed.
  content_hash TEXT NOT NULL CHECK (length(content_hash) = 64),
  -- The newest entry of the trail before the signature's own.
  trail_seq INTEGER NOT NULL,
  CHECK (form IS NULL OR event IS NOT NULL)
) STRICT;
CREATE INDEX signature_of_subject ON signature (subject_id);

-- No entry while it stands. Of the whole site when there is no subject.
CREATE TABLE freeze (
  id INTEGER PRIMARY KEY,
  subject_id INTEGER REFERENCES subject (id),
  frozen_at INTEGER NOT NULL,
  user TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason <> ''),
  lifted_at INTEGER
) STRICT;
CREATE UNIQUE INDEX freeze_of_subject ON freeze (COALESCE(subject_id, 0)) WHERE lifted_at IS NULL;
