-- Keys by which data are handed over. Each row follows from the entries of the trail that made it.

-- sign: the site's own, by which a pooling centre knows its bundles (Ed25519). open: a pooling centre's own (X25519, age).
CREATE TABLE own_key (
  purpose TEXT PRIMARY KEY CHECK (purpose IN ('sign', 'open')),
  secret BLOB NOT NULL CHECK (length(secret) = 32),
  made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Pooling centres to which this site hands over, by their public keys (age1…).
CREATE TABLE recipient (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  name TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  removed_at INTEGER CHECK (removed_at >= added_at)
) STRICT;
CREATE UNIQUE INDEX recipient_current ON recipient (key) WHERE removed_at IS NULL;
