-- Judgements of models by a hash of everything that went into them, so that the
-- same answer gets the same score and a bank's second run is instant.
CREATE TABLE cache (
    key     TEXT PRIMARY KEY, -- SHA-256, hexadecimal
    data    TEXT NOT NULL,    -- session.Judgement
    kept_ms INTEGER NOT NULL  -- when it was kept
) STRICT, WITHOUT ROWID;

CREATE INDEX cache_kept ON cache (kept_ms);

-- How well evaluators agree with cases and labels.
CREATE TABLE cards (
    id      INTEGER PRIMARY KEY,
    made_ms INTEGER NOT NULL,
    data    TEXT NOT NULL -- calibrate.Card
) STRICT;
