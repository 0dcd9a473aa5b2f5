-- What sites delivered to a pooled folder, and its conflict book. All of it is empty in a site.

-- Sites as the pool tells them apart: two that use one code are two, by the first entry of their trails.
CREATE TABLE pool_site (
  -- In the pool; another one than the site's own only where two sites use the same.
  code TEXT PRIMARY KEY CHECK (code <> ''),
  own_code TEXT NOT NULL,
  name TEXT NOT NULL,
  genesis TEXT NOT NULL UNIQUE CHECK (length(genesis) = 64)
) STRICT, WITHOUT ROWID;

-- One row for each file that was handed in, whatever became of it.
CREATE TABLE delivery (
  id INTEGER PRIMARY KEY,
  -- null: refused before it was known whose it is.
  site TEXT,
  site_name TEXT,
  file TEXT NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  kind TEXT NOT NULL CHECK (kind IN ('workbook', 'bundle')),
  -- Public key that signed a bundle.
  signer TEXT,
  state TEXT NOT NULL CHECK (state IN ('taken', 'unchanged', 'held', 'refused')),
  -- The sentence with which it was refused or is held.
  why TEXT,
  study_version TEXT,
  fingerprint TEXT,
  app_version TEXT,
  cut_at INTEGER,
  cut_seq INTEGER,
  cut_head TEXT,
  subjects INTEGER NOT NULL DEFAULT 0,
  value_count INTEGER NOT NULL DEFAULT 0,
  added INTEGER NOT NULL DEFAULT 0,
  changed INTEGER NOT NULL DEFAULT 0,
  withdrawn INTEGER NOT NULL DEFAULT 0,
  received_at INTEGER NOT NULL,
  user TEXT NOT NULL,
  CHECK ((state IN ('held', 'refused')) = (why IS NOT NULL))
) STRICT;
CREATE INDEX delivery_of_site ON delivery (site, id);

CREATE TABLE delivered_subject (
  subject_id INTEGER PRIMARY KEY REFERENCES subject (id),
  site TEXT NOT NULL,
  -- Its number at the site; another one than in the pool only where two sites use one code.
  own_number TEXT NOT NULL,
  -- The newest one in which it was.
  delivery_id INTEGER NOT NULL,
  -- As the site counted them.
  open_hard INTEGER NOT NULL,
  open_soft INTEGER NOT NULL,
  open_queries INTEGER NOT NULL,
  -- By which it is held against other children; null while one of them is not known.
  traits TEXT,
  -- 1: decided to be another subject's double; left out of exports and tables.
  excluded INTEGER NOT NULL DEFAULT 0 CHECK (excluded IN (0, 1))
) STRICT;
CREATE INDEX delivered_subject_of_site ON delivered_subject (site);
CREATE INDEX delivered_subject_by_traits ON delivered_subject (traits) WHERE traits IS NOT NULL;

-- What was delivered last of each form: the same again needs no second look.
CREATE TABLE delivered_form (
  form_id INTEGER PRIMARY KEY REFERENCES form (id),
  digest TEXT NOT NULL CHECK (length(digest) = 32)
) STRICT;

CREATE TABLE conflict (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('same-child', 'same-number', 'code', 'unit', 'definition', 'changed', 'withdrawn', 'edited')),
  site TEXT NOT NULL,
  subject TEXT,
  event TEXT,
  form TEXT,
  row INTEGER,
  item TEXT,
  other TEXT,
  pooled TEXT CHECK (json_valid(pooled)),
  incoming TEXT CHECK (json_valid(incoming)),
  state TEXT NOT NULL CHECK (state IN ('open', 'decided', 'settled')),
  decision TEXT CHECK (decision IN ('pooled', 'incoming', 'other', 'distinct')),
  value TEXT CHECK (json_valid(value)),
  decided_by TEXT,
  decided_at INTEGER,
  reason TEXT,
  found_at INTEGER NOT NULL,
  delivery_id INTEGER NOT NULL,
  CHECK ((decision IS NULL) = (decided_by IS NULL)),
  CHECK ((decision IS NULL) = (decided_at IS NULL)),
  CHECK (state <> 'decided' OR decision IS NOT NULL)
) STRICT;
CREATE INDEX conflict_by_state ON conflict (state, kind, site);
CREATE INDEX conflict_of_subject ON conflict (subject) WHERE subject IS NOT NULL;
