package session

import (
	"context"
	"time"
)

// Remote is a Room at the other end of a network. A room of this process is not.
type Remote interface {
	// Connection delivers how the connection is, now and at every change, until
	// ctx is done. A reader that is not ready gets the latest.
	Connection(ctx context.Context) <-chan Connection
}

// Connection is how a connection is.
type Connection struct {
	Up      bool
	Why     string    // what is wrong, while it is down
	RetryAt time.Time // when the next try begins, while it is down
	Unsent  int       // commands that wait to be acknowledged
}
