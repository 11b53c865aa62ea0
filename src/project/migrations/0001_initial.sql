R"sql(
-- Version 1. Every column is described in docs/project-file.md. Never edited once released: a change is a new step.
-- Foreign keys are checked at COMMIT, so that the changes of one edit may come in any order.

CREATE TABLE project (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE subject (
  id INTEGER PRIMARY KEY, uid BLOB NOT NULL,
  pseudonym TEXT NOT NULL
) STRICT;

CREATE TABLE study (
  id INTEGER PRIMARY KEY, uid BLOB NOT NULL,
  subject INTEGER REFERENCES subject DEFERRABLE INITIALLY DEFERRED,
  study_uid TEXT NOT NULL, description TEXT NOT NULL, date TEXT NOT NULL
) STRICT;
CREATE INDEX study_subject ON study (subject);

CREATE TABLE medium (
  id INTEGER PRIMARY KEY, uid BLOB NOT NULL,
  study INTEGER REFERENCES study DEFERRABLE INITIALLY DEFERRED,
  name TEXT NOT NULL, info TEXT NOT NULL, path TEXT NOT NULL, files TEXT NOT NULL,
  hash TEXT NOT NULL, size_bytes INTEGER NOT NULL, missing INTEGER NOT NULL
) STRICT;
CREATE INDEX medium_study ON medium (study);

CREATE TABLE class (
  id INTEGER PRIMARY KEY, uid BLOB NOT NULL,
  name TEXT NOT NULL, color TEXT NOT NULL, hotkey TEXT NOT NULL,
  parent INTEGER REFERENCES class DEFERRABLE INITIALLY DEFERRED,
  code_scheme TEXT NOT NULL, code_value TEXT NOT NULL, code_meaning TEXT NOT NULL,
  attributes TEXT NOT NULL
) STRICT;
CREATE INDEX class_name ON class (name);
CREATE INDEX class_parent ON class (parent);

CREATE TABLE skeleton (
  id INTEGER PRIMARY KEY, uid BLOB NOT NULL,
  name TEXT NOT NULL, points TEXT NOT NULL, edges TEXT NOT NULL
) STRICT;

CREATE TABLE layer (
  id INTEGER PRIMARY KEY, uid BLOB NOT NULL,
  name TEXT NOT NULL, exclusive INTEGER NOT NULL
) STRICT;

CREATE TABLE question (
  id INTEGER PRIMARY KEY, uid BLOB NOT NULL,
  name TEXT NOT NULL, scope INTEGER NOT NULL, choices TEXT NOT NULL, required INTEGER NOT NULL
) STRICT;

CREATE TABLE annotator (
  id INTEGER PRIMARY KEY, uid BLOB NOT NULL,
  name TEXT NOT NULL
) STRICT;

CREATE TABLE reading (
  id INTEGER PRIMARY KEY, uid BLOB NOT NULL,
  medium INTEGER NOT NULL REFERENCES medium DEFERRABLE INITIALLY DEFERRED,
  annotator INTEGER NOT NULL REFERENCES annotator DEFERRABLE INITIALLY DEFERRED,
  state INTEGER NOT NULL
) STRICT;
CREATE INDEX reading_medium ON reading (medium);
CREATE INDEX reading_annotator ON reading (annotator);

CREATE TABLE annotation (
  id INTEGER PRIMARY KEY, uid BLOB NOT NULL,
  reading INTEGER NOT NULL REFERENCES reading DEFERRABLE INITIALLY DEFERRED,
  medium INTEGER NOT NULL REFERENCES medium DEFERRABLE INITIALLY DEFERRED,
  frame INTEGER NOT NULL, time INTEGER NOT NULL,
  class INTEGER NOT NULL REFERENCES class DEFERRABLE INITIALLY DEFERRED,
  shape BLOB NOT NULL, attributes TEXT NOT NULL, note TEXT NOT NULL
) STRICT;
CREATE INDEX annotation_frame ON annotation (medium, frame);
CREATE INDEX annotation_class ON annotation (class);
CREATE INDEX annotation_reading ON annotation (reading);

CREATE TABLE track (
  id INTEGER PRIMARY KEY, uid BLOB NOT NULL,
  reading INTEGER NOT NULL REFERENCES reading DEFERRABLE INITIALLY DEFERRED,
  medium INTEGER NOT NULL REFERENCES medium DEFERRABLE INITIALLY DEFERRED,
  class INTEGER NOT NULL REFERENCES class DEFERRABLE INITIALLY DEFERRED,
  interpolation INTEGER NOT NULL, attributes TEXT NOT NULL
) STRICT;
CREATE INDEX track_medium ON track (medium);
CREATE INDEX track_class ON track (class);
CREATE INDEX track_reading ON track (reading);

CREATE TABLE keyframe (
  id INTEGER PRIMARY KEY, uid BLOB NOT NULL,
  track INTEGER NOT NULL REFERENCES track DEFERRABLE INITIALLY DEFERRED,
  frame INTEGER NOT NULL, shape BLOB NOT NULL,
  outside INTEGER NOT NULL, occluded INTEGER NOT NULL, attributes TEXT NOT NULL
) STRICT;
CREATE INDEX keyframe_frame ON keyframe (track, frame);

CREATE TABLE segmentation (
  id INTEGER PRIMARY KEY, uid BLOB NOT NULL,
  reading INTEGER NOT NULL REFERENCES reading DEFERRABLE INITIALLY DEFERRED,
  medium INTEGER NOT NULL REFERENCES medium DEFERRABLE INITIALLY DEFERRED,
  class INTEGER NOT NULL REFERENCES class DEFERRABLE INITIALLY DEFERRED,
  attributes TEXT NOT NULL
) STRICT;
CREATE INDEX segmentation_medium ON segmentation (medium);
CREATE INDEX segmentation_class ON segmentation (class);
CREATE INDEX segmentation_reading ON segmentation (reading);

CREATE TABLE brick (
  segmentation INTEGER NOT NULL REFERENCES segmentation DEFERRABLE INITIALLY DEFERRED,
  time INTEGER NOT NULL, bi INTEGER NOT NULL, bj INTEGER NOT NULL, bk INTEGER NOT NULL,
  content BLOB  -- NULL: all 32768 voxels; else zstd of 4096 bytes
) STRICT;
CREATE UNIQUE INDEX brick_place ON brick (segmentation, time, bk, bj, bi);

CREATE TABLE event (
  id INTEGER PRIMARY KEY, uid BLOB NOT NULL,
  reading INTEGER NOT NULL REFERENCES reading DEFERRABLE INITIALLY DEFERRED,
  medium INTEGER NOT NULL REFERENCES medium DEFERRABLE INITIALLY DEFERRED,
  class INTEGER NOT NULL REFERENCES class DEFERRABLE INITIALLY DEFERRED,
  layer INTEGER REFERENCES layer DEFERRABLE INITIALLY DEFERRED,
  first_frame INTEGER NOT NULL, last_frame INTEGER NOT NULL, attributes TEXT NOT NULL
) STRICT;
CREATE INDEX event_frame ON event (medium, first_frame);
CREATE INDEX event_class ON event (class);
CREATE INDEX event_layer ON event (layer);
CREATE INDEX event_reading ON event (reading);

CREATE TABLE tag (
  id INTEGER PRIMARY KEY, uid BLOB NOT NULL,
  reading INTEGER NOT NULL REFERENCES reading DEFERRABLE INITIALLY DEFERRED,
  scope INTEGER NOT NULL,
  medium INTEGER NOT NULL REFERENCES medium DEFERRABLE INITIALLY DEFERRED,
  frame INTEGER NOT NULL,
  class INTEGER REFERENCES class DEFERRABLE INITIALLY DEFERRED,
  question INTEGER REFERENCES question DEFERRABLE INITIALLY DEFERRED,
  value TEXT NOT NULL
) STRICT;
CREATE INDEX tag_frame ON tag (medium, frame);
CREATE INDEX tag_class ON tag (class);
CREATE INDEX tag_question ON tag (question);
CREATE INDEX tag_reading ON tag (reading);

CREATE TABLE measurement (
  id INTEGER PRIMARY KEY, uid BLOB NOT NULL,
  reading INTEGER NOT NULL REFERENCES reading DEFERRABLE INITIALLY DEFERRED,
  medium INTEGER NOT NULL REFERENCES medium DEFERRABLE INITIALLY DEFERRED,
  frame INTEGER NOT NULL, type INTEGER NOT NULL, points TEXT NOT NULL,
  class INTEGER REFERENCES class DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX measurement_frame ON measurement (medium, frame);
CREATE INDEX measurement_class ON measurement (class);
CREATE INDEX measurement_reading ON measurement (reading);

CREATE TABLE mark (
  id INTEGER PRIMARY KEY, uid BLOB NOT NULL,
  reading INTEGER NOT NULL REFERENCES reading DEFERRABLE INITIALLY DEFERRED,
  medium INTEGER NOT NULL REFERENCES medium DEFERRABLE INITIALLY DEFERRED,
  frame INTEGER, state TEXT NOT NULL
) STRICT;
CREATE INDEX mark_frame ON mark (medium, frame);
CREATE INDEX mark_reading ON mark (reading);

-- What was done, oldest first. `next_id` is the id counter after the edit; the newest row's is the project's.
CREATE TABLE edit (
  id INTEGER PRIMARY KEY, uid BLOB NOT NULL,
  name TEXT NOT NULL,
  annotator INTEGER NOT NULL REFERENCES annotator DEFERRABLE INITIALLY DEFERRED,
  time_ms INTEGER NOT NULL, next_id INTEGER NOT NULL,
  undone INTEGER,           -- NULL: stands; else the audit row that undid it
  closed INTEGER NOT NULL   -- 1: undone, and a later edit has ended redo
) STRICT;
CREATE INDEX edit_undone ON edit (undone) WHERE undone IS NOT NULL;
CREATE INDEX edit_standing ON edit (id) WHERE undone IS NULL;

CREATE TABLE edit_part (
  edit INTEGER NOT NULL REFERENCES edit DEFERRABLE INITIALLY DEFERRED,
  part INTEGER NOT NULL, content BLOB NOT NULL,
  PRIMARY KEY (edit, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  edit INTEGER NOT NULL REFERENCES edit DEFERRABLE INITIALLY DEFERRED,
  direction INTEGER NOT NULL,  -- 0 applied, 1 undone, 2 redone
  made_by TEXT NOT NULL, time_ms INTEGER NOT NULL, hash BLOB NOT NULL
) STRICT;

-- Derived data, kept for speed; not edits, and free to be deleted.
CREATE TABLE cache (
  medium INTEGER NOT NULL, kind TEXT NOT NULL, content BLOB NOT NULL,
  PRIMARY KEY (medium, kind)
) STRICT;

CREATE TABLE frame_identity (
  medium INTEGER NOT NULL, frame INTEGER NOT NULL, pts INTEGER NOT NULL, plane_hash TEXT NOT NULL,
  PRIMARY KEY (medium, frame)
) STRICT, WITHOUT ROWID;
)sql"
