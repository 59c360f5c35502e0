// Package store keeps interviews in one SQLite database. It implements
// session.Store; beside it stand Check, Backup, Export, Import and Purge for
// the commands that look after the database.
//
// One goroutine owns the one writing connection and lets commands that arrive
// together share a transaction, and so an fsync (writer.go). Reads go to a
// small pool of connections that cannot write (reader.go). Exported methods
// begin and end the transaction, unexported functions take the connection.
package store
