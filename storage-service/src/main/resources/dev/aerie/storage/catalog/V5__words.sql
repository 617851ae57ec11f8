-- The field's words: what was called sightings and said is the label index and the list of filed messages.
ALTER TABLE sightings RENAME COLUMN pictures TO frames;
ALTER TABLE sightings RENAME TO labels;
ALTER TABLE said RENAME TO filed_messages;
