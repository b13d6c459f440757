-- Slots for short attempts, which workers report apart from those for long ones.
ALTER TABLE worker
  ADD COLUMN light_slots integer NOT NULL DEFAULT 0,
  ADD COLUMN free_light_slots integer NOT NULL DEFAULT 0;
