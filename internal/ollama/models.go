package ollama

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/ollama/ollama/api"
)

// Installed is a model the server has.
type Installed struct {
	Name     string
	Digest   string
	Size     int64 // bytes on disk
	Modified time.Time
	Params   string // such as "4.3B"
	Quant    string // such as "Q4_K_M"
}

// Suitable are the models elios looks for by itself, the best first: they hold to a schema, follow a
// rubric, and run without a graphics card (docs/models.md has sizes and licences).
var Suitable = []string{
	"gemma3:4b", "qwen3:4b-instruct", "phi4-mini", "qwen3:8b", "gemma3:12b", "llama3.1:8b", "llama3.2:3b", "qwen3:4b", "gemma3:27b",
}

// Models lists what is installed, by name.
func (c *Client) Models(ctx context.Context) ([]Installed, error) {
	list, err := c.api.List(ctx)
	if err != nil {
		return nil, c.failure("").explain(ctx, err)
	}
	out := make([]Installed, 0, len(list.Models))
	for _, m := range list.Models {
		out = append(out, Installed{
			Name: m.Name, Digest: m.Digest, Size: m.Size, Modified: m.ModifiedAt,
			Params: m.Details.ParameterSize, Quant: m.Details.QuantizationLevel,
		})
	}
	slices.SortFunc(out, func(a, b Installed) int { return strings.Compare(a.Name, b.Name) })
	return out, nil
}

// Choose finds the model to judge with: the one that is named, else the first suitable one.
// ErrNoModel when it is not installed, with what to install.
func (c *Client) Choose(ctx context.Context, named string) (Installed, error) {
	installed, err := c.Models(ctx)
	if err != nil {
		return Installed{}, err
	}
	wanted := Suitable
	if named != "" {
		wanted = []string{named}
	}
	for _, name := range wanted {
		for _, m := range installed {
			if tagged(m.Name) == tagged(name) {
				return m, nil
			}
		}
	}
	return Installed{}, c.failure(wanted[0]).say(ErrNoModel, nil)
}

// LongestContext asks for the longest context of a model in tokens, 0 when it does not say.
func (c *Client) LongestContext(ctx context.Context, model string) (int, error) {
	info, err := c.api.Show(ctx, &api.ShowRequest{Model: model})
	if err != nil {
		return 0, c.failure(model).explain(ctx, err)
	}
	for key, v := range info.ModelInfo {
		if n, ok := v.(float64); ok && strings.HasSuffix(key, ".context_length") {
			return int(n), nil
		}
	}
	return 0, nil
}

// Pulled is how far a model's download is. Of is 0 where the server does not say.
type Pulled struct {
	Status   string
	Done, Of int64 // bytes of the layer being fetched
}

// Pull installs a model. Called off, it goes on where it stopped the next time: the server keeps
// what it has.
func (c *Client) Pull(ctx context.Context, model string, on func(Pulled)) error {
	last := ""
	err := c.api.Pull(ctx, &api.PullRequest{Model: model}, func(p api.ProgressResponse) error {
		last = p.Status
		on(Pulled{Status: p.Status, Done: p.Completed, Of: p.Total})
		return nil
	})
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return c.pullError(ctx, model, err)
	case last != "success":
		return c.failure(model).say(ErrDropped, errors.New(last))
	}
	return nil
}

// pullError keeps what the server says: it knows the registry, elios does not.
func (c *Client) pullError(ctx context.Context, model string, err error) error {
	f := c.failure(model)
	var status api.StatusError
	switch {
	case strings.Contains(err.Error(), "file does not exist"):
		return f.say(ErrUnknown, err)
	case errors.As(err, &status) && status.StatusCode == 403, strings.Contains(err.Error(), "connection refused"):
		return f.explain(ctx, err)
	}
	return f.say(ErrPull, err)
}
