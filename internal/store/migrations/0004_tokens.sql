-- Who may come over the wire. Of a token's secret only the hash is kept.
CREATE TABLE tokens (
    id         TEXT    NOT NULL PRIMARY KEY,
    hash       TEXT    NOT NULL UNIQUE, -- SHA-256 of the secret, hexadecimal
    name       TEXT    NOT NULL,        -- for people
    scope      TEXT    NOT NULL CHECK (scope IN ('candidate', 'observer', 'host')),
    created_ms INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL,
    revoked_ms INTEGER NOT NULL
) STRICT;

-- The one interview that a token is good for.
CREATE TABLE invitations (
    id       TEXT NOT NULL PRIMARY KEY,
    token    TEXT NOT NULL UNIQUE REFERENCES tokens (id) ON DELETE CASCADE,
    settings TEXT NOT NULL -- session.Settings
) STRICT;

-- Whose an interview is and which message made it; '' for this machine's own.
ALTER TABLE interviews ADD COLUMN owner TEXT NOT NULL DEFAULT '';
ALTER TABLE interviews ADD COLUMN request TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX interviews_request ON interviews (owner, request) WHERE owner <> '';
CREATE INDEX interviews_owner ON interviews (owner);

-- What a remote client knows this database by.
CREATE TABLE identity (id TEXT NOT NULL) STRICT;
INSERT INTO identity VALUES (lower(hex(randomblob(16))));
