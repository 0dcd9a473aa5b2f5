-- Looking through the trail: by whom, about whom, what kind, when; and what was so with a form before.
DROP INDEX audit_by_action;
CREATE INDEX audit_by_action ON audit (action);
CREATE INDEX audit_by_user ON audit (user);
CREATE INDEX audit_of_subject ON audit (subject_id) WHERE subject_id IS NOT NULL;
CREATE INDEX audit_by_time ON audit (at);
CREATE INDEX audit_of_form ON audit (form_id, action) WHERE form_id IS NOT NULL AND item_id IS NULL;
