package server

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// Metrics counts what the server and its engine do, for Prometheus. Times are
// in seconds.
type Metrics struct {
	registry *prometheus.Registry

	transitions *prometheus.CounterVec
	answers     *prometheus.CounterVec
	ack, commit prometheus.Histogram
	evaluations *prometheus.HistogramVec
	takeovers   prometheus.Counter
	fenced      prometheus.Counter
	connections prometheus.Gauge
	messages    *prometheus.CounterVec
	closes      *prometheus.CounterVec
	errors      *prometheus.CounterVec
	resumes     prometheus.Counter
	requests    *prometheus.CounterVec
}

// buckets of times between a tenth of a millisecond and two minutes.
var buckets = prometheus.ExponentialBuckets(0.0001, 2.5, 16)

// NewMetrics makes metrics that have counted nothing yet.
func NewMetrics() *Metrics {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: "elios_" + name, Help: help}, labels)
	}
	one := func(name, help string) prometheus.Counter {
		return prometheus.NewCounter(prometheus.CounterOpts{Name: "elios_" + name, Help: help})
	}
	histogram := func(name, help string) prometheus.Histogram {
		return prometheus.NewHistogram(prometheus.HistogramOpts{Name: "elios_" + name, Help: help, Buckets: buckets})
	}
	m := &Metrics{
		registry:    prometheus.NewRegistry(),
		transitions: counter("transitions_total", "Moves of interviews between states; reason is the event that caused it.", "from", "to", "reason"),
		answers:     counter("answers_total", "Answers; result is accepted, skipped or timed_out.", "result"),
		ack:         histogram("ack_seconds", "From a command's arrival to its acknowledgement."),
		commit:      histogram("commit_seconds", "To write a command to the disk."),
		evaluations: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "elios_evaluation_seconds", Help: "To judge an answer; outcome is judged, failed or cancelled.", Buckets: buckets,
		}, []string{"evaluator", "outcome"}),
		takeovers:   one("takeovers_total", "Evaluations taken over from another process, or an earlier run."),
		fenced:      one("fenced_total", "Results refused because another process had taken the evaluation over."),
		connections: prometheus.NewGauge(prometheus.GaugeOpts{Name: "elios_connections", Help: "Open WebSocket connections."}),
		messages:    counter("messages_total", "Messages by direction (in, out) and type.", "dir", "type"),
		closes:      counter("closes_total", "Closed connections by close code.", "code"),
		errors:      counter("errors_total", "Errors told to clients, by code.", "code"),
		resumes:     one("resumes_total", "Connections that went on with an interview from a seq they had."),
		requests:    counter("http_requests_total", "HTTP requests by pattern and status.", "pattern", "status"),
	}
	m.registry.MustRegister(m.transitions, m.answers, m.ack, m.commit, m.evaluations, m.takeovers, m.fenced, m.connections,
		m.messages, m.closes, m.errors, m.resumes, m.requests,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Gauge adds a value that is asked for whenever metrics are read.
func (m *Metrics) Gauge(name, help string, value func() float64) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "elios_" + name, Help: help}, value))
}

// Committed counts what events tell of.
func (m *Metrics) Committed(events []session.Event, took time.Duration) {
	m.commit.Observe(took.Seconds())
	reason := session.EventType("start")
	for _, e := range events {
		switch d := e.Data.(type) {
		case session.StateChanged:
			m.transitions.WithLabelValues(string(d.From), string(d.To), string(reason)).Inc()
		case session.AnswerAccepted:
			m.answers.WithLabelValues(resultOf("accepted", d.TimedOut)).Inc()
		case session.TurnSkipped:
			m.answers.WithLabelValues(resultOf("skipped", d.TimedOut)).Inc()
		}
		if e.Data.EventType() != session.EvState {
			reason = e.Data.EventType()
		}
	}
}

func resultOf(result string, timedOut bool) string {
	if timedOut {
		return "timed_out"
	}
	return result
}

// Evaluated counts an evaluation.
func (m *Metrics) Evaluated(by session.EvaluatorInfo, outcome string, took time.Duration) {
	m.evaluations.WithLabelValues(by.Name, outcome).Observe(took.Seconds())
}

// TookOver counts an evaluation that another process left behind.
func (m *Metrics) TookOver() { m.takeovers.Inc() }

// Fenced counts a result that came too late.
func (m *Metrics) Fenced() { m.fenced.Inc() }

func (m *Metrics) acked(took time.Duration) { m.ack.Observe(took.Seconds()) }

func (m *Metrics) message(dir, kind string) { m.messages.WithLabelValues(dir, kind).Inc() }

func (m *Metrics) closed(code wire.CloseCode) {
	m.closes.WithLabelValues(strconv.Itoa(int(code))).Inc()
}

func (m *Metrics) request(pattern string, status int) {
	m.requests.WithLabelValues(pattern, strconv.Itoa(status)).Inc()
}

// metrics answers a host.
func (s *Server) metrics(w http.ResponseWriter, r *http.Request, v *visitor) error {
	if v.token.Scope != session.HostScope {
		return session.Errorf(session.Forbidden, "metrics are for the host")
	}
	promhttp.HandlerFor(s.cfg.Metrics.registry, promhttp.HandlerOpts{}).ServeHTTP(w, r)
	return nil
}
