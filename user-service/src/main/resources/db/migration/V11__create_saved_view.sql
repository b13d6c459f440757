-- Filters of the list of tasks that a user keeps under a name.
CREATE TABLE saved_view (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account_id bigint      NOT NULL REFERENCES account ON DELETE CASCADE,
  name       text        NOT NULL,
  -- The query of GET /tasks.
  query      text        NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (account_id, name)
);
