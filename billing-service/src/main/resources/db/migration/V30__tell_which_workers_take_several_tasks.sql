-- Whether a worker reads messages of the dispatch queue with several tasks.
ALTER TABLE worker ADD COLUMN takes_several boolean NOT NULL DEFAULT false;
