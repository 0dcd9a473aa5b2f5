-- What the subject list shows, kept beside the subject so that a page of 100,000 needs no counting.

ALTER TABLE subject ADD COLUMN status TEXT NOT NULL DEFAULT 'enrolled' CHECK (status IN ('enrolled', 'in-progress', 'complete'));
ALTER TABLE subject ADD COLUMN open_hard INTEGER NOT NULL DEFAULT 0;
ALTER TABLE subject ADD COLUMN open_soft INTEGER NOT NULL DEFAULT 0;
ALTER TABLE subject ADD COLUMN changed_at INTEGER;

UPDATE subject SET
  status = CASE
    WHEN NOT EXISTS (SELECT 1 FROM form WHERE form.subject_id = subject.id AND form.state <> 'empty') THEN 'enrolled'
    ELSE 'in-progress'
  END,
  open_hard = (SELECT COUNT(*) FROM finding WHERE finding.subject_id = subject.id AND severity = 'hard' AND finding.status = 'open'),
  open_soft = (SELECT COUNT(*) FROM finding WHERE finding.subject_id = subject.id AND severity = 'soft' AND finding.status = 'open'),
  changed_at = (SELECT MAX(at) FROM audit WHERE audit.subject_id = subject.id AND audit.item_id IS NOT NULL);
