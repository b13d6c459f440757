-- A ticket that has opened a stream is kept while the stream is open, so that the stream ends when its sender may not
-- stay. It is deleted with the API key or the session of its sender.
ALTER TABLE stream_ticket
  ADD COLUMN used_at     timestamptz,
  ADD COLUMN api_key_id  bigint REFERENCES api_key ON DELETE CASCADE,
  ADD COLUMN session_id  uuid   REFERENCES login ON DELETE CASCADE;

CREATE INDEX stream_ticket_api_key ON stream_ticket (api_key_id);
CREATE INDEX stream_ticket_session ON stream_ticket (session_id);
