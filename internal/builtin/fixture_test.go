package builtin

import (
	"strings"

	"github.com/elios/elios/internal/rubric"
)

// Questions of several domains, small but written as a bank's author would.

func keyPoint(id string, weight float64, say string, m *rubric.Match) rubric.KeyPoint {
	return rubric.KeyPoint{ID: id, Weight: weight, Point: say, Say: say, Match: m}
}

func inOrder(groups ...string) *rubric.Match   { return &rubric.Match{Seq: split(groups)} }
func allGroups(groups ...string) *rubric.Match { return &rubric.Match{All: split(groups)} }
func anyOf(terms string) *rubric.Match         { return &rubric.Match{Any: strings.Split(terms, ", ")} }

func split(groups []string) [][]string {
	var out [][]string
	for _, g := range groups {
		out = append(out, strings.Split(g, ", "))
	}
	return out
}

// open makes an open question whose ideal answer is its say sentences.
func open(id, ask string, points ...rubric.KeyPoint) rubric.Question {
	q := rubric.Question{ID: id, Type: rubric.Open, Ask: ask, KeyPoints: points, Language: "en"}
	q.Ideal = idealOf(&q)
	return q
}

func indexes() rubric.Question {
	q := open("sql-index", "Why does a B-tree index make a query faster, and what does it cost you?",
		keyPoint("search", 3, "The tree is searched from the root in logarithmic time, so the database reads a few pages instead of scanning the whole table.",
			allGroups("logarithmic, log n, tree height, root", "scan, scanning, full table, sequential, pages")),
		keyPoint("write", 2, "Every insert, update and delete must also maintain the index, which slows down writes.",
			allGroups("insert, update, delete, write", "slow, slower, overhead, maintain, extra work")),
		keyPoint("space", 1, "The index takes extra disk space and memory.", allGroups("space, storage, disk, memory", "extra, additional, more, takes, use")),
		keyPoint("selective", 2, "The planner ignores it when the predicate matches a large share of the rows.",
			allGroups("planner, optimizer, optimiser", "ignore, skip, prefer, avoid, choose")))
	q.Misconceptions = []rubric.Misconception{{
		ID: "free", Penalty: 15, Point: "Claims that more indexes are always better.",
		Match: allGroups("more indexes, indexes everywhere, every column", "always, never hurts, only good"),
	}}
	return q
}

func handshake() rubric.Question {
	return open("tcp", "What happens in the TCP three-way handshake, and why are three messages needed?",
		keyPoint("syn", 2, "The client sends a SYN segment with its initial sequence number.", inOrder("client, initiator, sender", "syn", "sequence number, isn")),
		keyPoint("synack", 2, "The server replies with a SYN-ACK that acknowledges the client number and carries its own.",
			allGroups("syn ack, synack", "acknowledge, own, reply, respond")),
		keyPoint("ack", 2, "The client answers with an ACK and only then is the connection established on both sides.",
			allGroups("ack, acknowledgement", "established, open")),
		keyPoint("why", 3, "Both sides must learn that the other one can send and receive, and old duplicate segments must be rejected.",
			allGroups("both, each, duplicate, old", "send, receive, rejected, reachable, agree, synchronise, synchronize")))
}

func hashMap() rubric.Question {
	q := open("hash-map", "How does a hash map find a value by its key, and when is it slow?",
		keyPoint("bucket", 3, "The hash function turns the key into a number that selects a bucket.", allGroups("hash", "bucket, slot, position")),
		keyPoint("collision", 2, "Keys that collide are kept in a chain or moved to another slot by probing.", allGroups("collide, collision", "chain, chaining, probing, linked list, open addressing")),
		keyPoint("equals", 1, "Inside the bucket the full keys are compared for equality.", allGroups("compare, equality, equal, equals", "bucket, candidate, full")),
		keyPoint("resize", 2, "When the load factor grows the table is resized and all entries are rehashed.", allGroups("load factor, resize, grow", "rehash, resize, double")),
		keyPoint("worst", 2, "With many collisions a lookup degrades to linear time.", allGroups("degrade, worst, linear, o n", "collision, collide, linear")))
	q.Misconceptions = []rubric.Misconception{{
		ID: "ordered", Penalty: 10, Point: "Claims that a hash map keeps its entries sorted.",
		Match: allGroups("hash map, map, entries", "sorted, in order"),
	}}
	return q
}

// rebase has no match patterns: its points are judged by their words alone.
func rebase() rubric.Question {
	return open("rebase", "What does git rebase do, and when should you not use it?",
		keyPoint("replay", 3, "It replays your commits one after another on top of another base commit.", nil),
		keyPoint("hashes", 2, "The replayed commits get new hashes, so history is rewritten.", nil),
		keyPoint("linear", 1, "The result is a linear history without merge commits.", nil),
		keyPoint("shared", 3, "Avoid it on branches that colleagues have already pulled, because their copies diverge.", nil),
		keyPoint("conflicts", 1, "Conflicts are resolved commit by commit with continue or abort.", nil))
}

func tls() rubric.Question {
	return open("tls", "What does TLS protect against, and how does the client know it talks to the right server?",
		keyPoint("encrypt", 2, "Traffic is encrypted with a symmetric session key, so an eavesdropper reads nothing.",
			allGroups("encrypt, encryption, symmetric", "session key, eavesdropper, eavesdropping, read, confidentiality, listen")),
		keyPoint("integrity", 2, "A message authentication code detects tampering on the way.", allGroups("mac, message authentication, aead, integrity", "tamper, tampering, modify, modification, change")),
		keyPoint("certificate", 3, "The server presents a certificate whose chain is signed by a trusted authority.",
			allGroups("certificate", "signed, authority, ca, chain, trusted")),
		keyPoint("name", 2, "The client checks that the host name in the certificate matches and that it has not expired.",
			allGroups("host name, hostname, domain, common name, san", "match, check, verify, compare")),
		keyPoint("exchange", 1, "An ephemeral Diffie-Hellman exchange gives forward secrecy.", anyOf("diffie hellman, forward secrecy, ephemeral key")))
}

// idealOnly has neither points nor say sentences.
func idealOnly() rubric.Question {
	return rubric.Question{
		ID: "cache", Type: rubric.Open, Ask: "How do you keep a cache consistent with its database?", Language: "en",
		Ideal: "Invalidate the cached entry after every committed write. Give each entry a short expiry so that stale values disappear by themselves. " +
			"Use versions or timestamps to reject an older value that arrives late.",
	}
}

func conflict() rubric.Question {
	return rubric.Question{
		ID: "disagree", Type: rubric.Behavioral, Language: "en", Ask: "Tell me about a time you disagreed with a colleague about a design.",
		Dimensions: []rubric.Dimension{
			{
				ID: "situation", Weight: 1, Anchors: map[int]string{0: "No concrete situation.", 3: "A concrete project and disagreement.", 5: "Project, both views, own role and what was at stake."},
				Say: "In March 2023 I was the tech lead of the billing rewrite, and a wrong schema would have cost us the audit.",
			},
			{
				ID: "action", Weight: 2, Anchors: map[int]string{0: "No action, or only what the team did.", 3: "Says what they personally did.", 5: "Own decisions, alternatives weighed, who was told and when."},
				Say: "I built both prototypes in two days, compared their query times and presented the options to my manager and the colleague.",
			},
			{
				ID: "result", Weight: 2, Anchors: map[int]string{0: "No outcome.", 3: "An outcome without measure.", 5: "A measured outcome, honest about what was lost."},
				Say: "We shipped his design and invoices ran 40 percent faster, although the migration came one week late.",
			},
			{
				ID: "reflection", Weight: 1, Anchors: map[int]string{0: "None.", 3: "A general lesson.", 5: "A specific change of behaviour, used since."},
				Say: "Since then I measure before I argue, and did so in three later reviews.",
			},
		},
	}
}

func fixtures() []rubric.Question {
	derived := idealOnly()
	derived = Derive(&derived)
	return []rubric.Question{indexes(), handshake(), hashMap(), rebase(), tls(), derived, conflict()}
}

// vague are answers that name the topic and say nothing.
var vague = map[string]string{
	"sql-index": "An index is very important for performance and a good database design always thinks about indexes, because queries should be fast.",
	"tcp":       "The TCP handshake is important for reliable connections and makes sure that communication on the network works well between computers.",
	"hash-map":  "A hash map is a very efficient data structure that is used everywhere and it is usually fast when you need a value.",
	"rebase":    "Git rebase is a powerful command that many developers use to keep their work clean and you should use it with care.",
	"tls":       "TLS is important for security on the web and it protects users when they visit a server, so every site should have it.",
	"cache":     "Caching is important for performance and you have to be careful, because cache consistency is one of the hard problems in computing.",
	"disagree":  "Disagreements are normal in every company and good communication is important, so people should respect each other.",
}

// honest are answers in other words, with what they should at least earn.
var honest = map[string]struct {
	answer string
	least  float64
}{
	"sql-index": {"Instead of a full table scan, the engine walks from the root down the tree, which is logarithmic, so it touches only a handful of pages. The price is that each insert gets slower since the index needs to be maintained too, and you use more disk. If most rows match, the optimizer will just skip the index.", 75},
	"tcp":       {"First the client sends a SYN containing its sequence number. Then the server responds with a SYN/ACK carrying its own number. Finally the client sends an ACK and the connection is open. You need three so that both ends know the other can receive what they send.", 75},
	"hash-map":  {"You hash the key and the result picks a bucket in an array. On a collision the entries in that bucket form a linked list, or you use open addressing. You then compare keys for equality within the bucket. If the load factor gets too high the table doubles and everything is rehashed. In the worst case everything collides and it is linear.", 80},
	"rebase":    {"Rebase takes your commits and replays them on top of a different base commit. Since the commits are new they have new hashes, meaning you rewrite history. You get a linear history with no merge commits. Never do it on a shared branch which colleagues already pulled.", 50},
	"tls":       {"The data is encrypted with a session key so nobody can listen in, and the MAC guards its integrity so tampering is noticed. The server sends a certificate signed by a CA that we trust, and the browser verifies that the domain matches the hostname. Ephemeral keys from Diffie-Hellman give forward secrecy.", 75},
	"cache":     {"After each write commits I invalidate the entry in the cache. Entries also have a short expiry, so stale values go away on their own. Versions let us reject older values arriving late.", 60},
	"disagree":  {"Two years ago at my previous company a colleague wanted to put all events into one Kafka topic while I preferred one topic per service, and a wrong choice would have cost us months. I wrote a two page proposal, asked three consumers for their needs, and chose to run a one week load test instead of debating. The test showed 30 percent lower latency with separate topics, so we shipped that and closed the debate, although operations got more work. Now I always start with a small experiment, and last quarter it saved us a month.", 60},
}
