-- People for whom an account can be closed, and the role of a data manager.

ALTER TABLE person ADD COLUMN full_name TEXT NOT NULL DEFAULT '';
ALTER TABLE person ADD COLUMN disabled_at INTEGER;
-- UTC milliseconds of the newest password; null before it was kept.
ALTER TABLE person ADD COLUMN password_set_at INTEGER;
-- The password was made by somebody else: the person's first act is to choose another.
ALTER TABLE person ADD COLUMN must_change INTEGER NOT NULL DEFAULT 0 CHECK (must_change IN (0, 1));
-- Which slot of keys.json counts: the first 32 hex digits of its SHA-256. null: made before this was kept, the first one counts.
ALTER TABLE person ADD COLUMN slot TEXT CHECK (length(slot) = 32);
UPDATE person SET full_name = user;

CREATE TABLE person_role_wider (
  id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES person (id),
  role TEXT NOT NULL CHECK (role IN ('administrator', 'coordinator', 'data-entry', 'investigator', 'monitor', 'data-manager')),
  granted_at INTEGER NOT NULL,
  revoked_at INTEGER CHECK (revoked_at >= granted_at)
) STRICT;
INSERT INTO person_role_wider (id, person_id, role, granted_at, revoked_at) SELECT id, person_id, role, granted_at, revoked_at FROM person_role;
DROP TABLE person_role;
ALTER TABLE person_role_wider RENAME TO person_role;
CREATE UNIQUE INDEX person_role_current ON person_role (person_id, role) WHERE revoked_at IS NULL;
