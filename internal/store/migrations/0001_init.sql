-- Times are integers: milliseconds since 1970 in UTC, 0 for "none".
-- Lists and other nested values are JSON written by Go, NULL for "none".

-- Every version of a question that was ever asked, by the hash of its content.
CREATE TABLE questions (
    hash TEXT NOT NULL PRIMARY KEY,
    id   TEXT NOT NULL, -- in its bank
    data TEXT NOT NULL  -- rubric.Question
) STRICT;

CREATE TABLE interviews (
    id           TEXT    NOT NULL PRIMARY KEY,
    state        TEXT    NOT NULL CHECK (state IN ('IDLE', 'QUESTIONING', 'EVALUATING', 'FOLLOW_UP', 'COMPLETE')),
    paused       INTEGER NOT NULL CHECK (paused IN (0, 1)),
    question     INTEGER NOT NULL CHECK (question >= 0),
    turn         INTEGER NOT NULL CHECK (turn >= 0),
    deadline_ms  INTEGER NOT NULL,
    remaining_ns INTEGER NOT NULL,
    active_ms    INTEGER NOT NULL,
    created_ms   INTEGER NOT NULL,
    started_ms   INTEGER NOT NULL,
    ended_ms     INTEGER NOT NULL,
    last_seq     INTEGER NOT NULL CHECK (last_seq >= 0), -- also the version that guards a commit
    job_epoch    INTEGER NOT NULL DEFAULT 0,             -- the highest a job of this interview ever had
    outcome      TEXT    NOT NULL CHECK (outcome IN ('', 'finished', 'ended', 'expired')),
    score        REAL,                                   -- NULL until COMPLETE, or without a judged question
    judged       INTEGER NOT NULL,
    mode         TEXT    NOT NULL CHECK (mode IN ('practice', 'exam')),
    seed         TEXT    NOT NULL,                       -- decimal: an unsigned 64-bit number does not fit an INTEGER
    bank_id      TEXT    NOT NULL,
    bank_title   TEXT    NOT NULL,
    bank_version TEXT    NOT NULL,
    questions    INTEGER NOT NULL,
    evaluator    TEXT    NOT NULL,                       -- session.EvaluatorInfo
    settings     TEXT    NOT NULL,                       -- session.Settings
    pending      TEXT,                                   -- session.Pending
    marks        TEXT                                    -- []session.MarkedPoint
) STRICT;

-- The questions of an interview, in order.
CREATE TABLE plan (
    interview TEXT    NOT NULL REFERENCES interviews (id) ON DELETE CASCADE,
    n         INTEGER NOT NULL CHECK (n >= 1),
    hash      TEXT    NOT NULL REFERENCES questions (hash),
    PRIMARY KEY (interview, n)
) STRICT, WITHOUT ROWID;

CREATE INDEX plan_hash ON plan (hash);

CREATE TABLE turns (
    interview   TEXT    NOT NULL REFERENCES interviews (id) ON DELETE CASCADE,
    n           INTEGER NOT NULL CHECK (n >= 1),
    question    INTEGER NOT NULL CHECK (question >= 1),
    kind        TEXT    NOT NULL CHECK (kind IN ('question', 'follow_up')),
    ask         TEXT    NOT NULL,
    origin      TEXT    NOT NULL CHECK (origin IN ('', 'author', 'model', 'probe')),
    follow_up   TEXT    NOT NULL,
    targets     TEXT,                                    -- []string
    stretch     INTEGER NOT NULL CHECK (stretch IN (0, 1)),
    hints       INTEGER NOT NULL CHECK (hints >= 0),
    asked_ms    INTEGER NOT NULL,
    answer      TEXT    NOT NULL,
    answered_ms INTEGER NOT NULL,
    skipped     INTEGER NOT NULL CHECK (skipped IN (0, 1)),
    timed_out   INTEGER NOT NULL CHECK (timed_out IN (0, 1)),
    draft       TEXT    NOT NULL DEFAULT '',
    PRIMARY KEY (interview, n)
) STRICT;

-- What answers were judged to be worth: 0 is the first judgement of a turn,
-- 1, 2, 3… the later ones beside it.
CREATE TABLE evaluations (
    interview TEXT    NOT NULL,
    turn      INTEGER NOT NULL,
    n         INTEGER NOT NULL CHECK (n >= 0),
    evaluator TEXT    NOT NULL, -- its name, for people who read the database
    at_ms     INTEGER NOT NULL,
    data      TEXT    NOT NULL, -- session.Evaluation
    PRIMARY KEY (interview, turn, n),
    FOREIGN KEY (interview, turn) REFERENCES turns (interview, n) ON DELETE CASCADE
) STRICT;

-- Where each question that was begun stands.
CREATE TABLE results (
    interview TEXT    NOT NULL REFERENCES interviews (id) ON DELETE CASCADE,
    question  INTEGER NOT NULL CHECK (question >= 1),
    data      TEXT    NOT NULL, -- session.Result
    PRIMARY KEY (interview, question)
) STRICT;

CREATE TABLE disputes (
    interview TEXT    NOT NULL REFERENCES interviews (id) ON DELETE CASCADE,
    n         INTEGER NOT NULL CHECK (n >= 1),
    question  INTEGER NOT NULL,
    point     TEXT    NOT NULL,
    reason    TEXT    NOT NULL,
    at_ms     INTEGER NOT NULL,
    PRIMARY KEY (interview, n)
) STRICT;

-- What became of the commands of people, so that each is done once.
CREATE TABLE commands (
    interview TEXT NOT NULL REFERENCES interviews (id) ON DELETE CASCADE,
    id        TEXT NOT NULL,
    hash      TEXT NOT NULL, -- of type and content
    ack       TEXT NOT NULL, -- session.Ack
    PRIMARY KEY (interview, id)
) STRICT, WITHOUT ROWID;

-- Evaluations to be made. A claim raises the epoch, so that a result of an
-- older one can be refused.
CREATE TABLE jobs (
    id        INTEGER NOT NULL PRIMARY KEY,
    interview TEXT    NOT NULL UNIQUE REFERENCES interviews (id) ON DELETE CASCADE,
    kind      TEXT    NOT NULL CHECK (kind = 'evaluate'),
    turn      INTEGER NOT NULL,
    evaluator TEXT    NOT NULL,
    run_at_ms INTEGER NOT NULL,
    epoch     INTEGER NOT NULL CHECK (epoch >= 1),
    owner     TEXT    NOT NULL,
    lease_ms  INTEGER NOT NULL,
    attempt   INTEGER NOT NULL
) STRICT;

CREATE TABLE events (
    interview TEXT    NOT NULL REFERENCES interviews (id) ON DELETE CASCADE,
    seq       INTEGER NOT NULL CHECK (seq >= 1),
    at_ms     INTEGER NOT NULL,
    type      TEXT    NOT NULL,
    data      TEXT    NOT NULL,
    PRIMARY KEY (interview, seq)
) STRICT;
