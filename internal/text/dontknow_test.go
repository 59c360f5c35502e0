package text

import (
	"strings"
	"testing"
)

func TestDontKnow(t *testing.T) {
	for _, s := range []string{
		"I don't know", "i dont know", "I don’t know.", "I do not know the answer to this question", "idk", "IDK!!", "idk lol",
		"dunno", "no idea", "No idea, sorry.", "not sure", "I'm not really sure about this one", "no clue", "I haven't a clue",
		"I can't answer that", "I cannot answer this question.", "I could not answer that", "pass", "Pass.", "skip this one please",
		"next question", "never heard of it", "I've never heard of Raft before.", "sorry, I have no idea about this one",
		"I do not remember", "I can't remember right now", "I forgot", "I have forgotten it, sorry", "that never happened to me",
		"That has not happened to me yet.", "I have never been in such a situation", "I don't know what a mutex is",
		"I have no idea how the scheduler works", "Honestly, I really don't know. Sorry!", "I don't know and I don't want to guess",
		"nothing comes to mind", "I can't think of an example", "my mind went blank", "n/a", "N/A", "not applicable",
		"I'm not familiar with Kubernetes", "I have no experience with Kafka", "I haven't used gRPC", "I give up", "beats me",
		"well, um, I don't actually know", "I am unable to answer this.", "I would not know", "who knows?", "I don't understand the question",
		"Off the top of my head I don't know", "keine Ahnung", "no sé", "I must admit that I do not know this by heart",
		"No, I don't have an example", "I forgot this one, we did it last semester.",
	} {
		if !DontKnow(s) || !Trivial(s) {
			t.Errorf("%q is not taken as not knowing", s)
		}
	}
}

func TestDontKnowIsNotAnAnswer(t *testing.T) {
	for _, s := range []string{
		"", "...", "yes", "no", "I don't know the exact number but the log is flushed first",
		"I don't know, maybe a lock?", "Not sure, perhaps it flushes the log", "idk maybe the log is flushed",
		"not sure if it uses a hash map", "I have no idea what it is called, but it locks the row", "pass by value",
		"the caller does not know the type", "pass a pointer", "I think it is a queue", "nothing is written until the commit",
		"I don't know how it is probably called", "never use a mutex after it was copied", "The answer is 42", "forgotten locks cause deadlocks",
		"I forgot the name; it is the one where the log goes first", "blank pages are zeroed", "skip list",
		"I had never led a migration, so I asked a colleague for help", "I don't remember who said it, the log is first",
		strings.Repeat("I don't know. ", 100),
	} {
		if DontKnow(s) {
			t.Errorf("%q is taken as not knowing", s)
		}
	}
}

func TestTrivial(t *testing.T) {
	for s, want := range map[string]bool{
		"": true, " \n": true, "...": true, "?": true, "🤷": true, "no clue": true, "7": false, "mutex": false, "O(1)": false, "no": false,
	} {
		if got := Trivial(s); got != want {
			t.Errorf("Trivial(%q) = %v, want %v", s, got, want)
		}
	}
}

func TestEnglish(t *testing.T) {
	for s, want := range map[string]bool{
		"":                                      true,
		"mutex":                                 true,
		"x if x>y else y gives maximum of x, y": true,
		"O(n log n)":                            true,
		"goroutine channel select mutex semaphore": true,
		"SYN, SYN/ACK, ACK; window scale, MSS, sequence number, retransmission timer, congestion window, slow start, RTT": true,
		"The log is flushed before the page, so a crash cannot lose a committed change.":                                  true,
		"naïve Bayes assumes that the features are independent given the class":                                           true,
		"die hard: the process will not end":                                                                              true,
		"use la la land as a name for the pod":                                                                            true,
		"mid := lo + (hi-lo)/2":                                                                                           true,
		"Das Protokoll wird vor der Seite geschrieben, damit nach einem Absturz nichts verloren ist.":                     false,
		"Le journal est écrit avant la page pour que les changements ne soient pas perdus.":                               false,
		"El registro se escribe antes de la página para que no se pierda una transacción.":                                false,
		"Il log viene scritto prima della pagina, quindi non si perde una transazione.":                                   false,
		"O registro é gravado antes da página para que uma transação não seja perdida.":                                   false,
		"Het log wordt eerst geschreven en dan pas de pagina, zodat er niets verloren gaat.":                              false,
		"Dziennik jest zapisywany przed stroną, żeby nie utracić zmian po awarii.":                                        false,
		"Günlük sayfadan önce yazılır ve bu nedenle bir çökme için veri kaybı yoktur.":                                    false,
		"日志先于页面写入磁盘，因此崩溃后不会丢失事务。":                                                                                         false,
		"使用 mutex 来保护共享状态，避免竞态条件":                                                                                         false,
		"Журнал записывается на диск раньше страницы.":                                                                    false,
		"Loki kirjoitetaan levylle ennen sivua, jotta mitään ei häviä, jos järjestelmä kaatuu äkillisesti yöllä":          false,
	} {
		if got := English(s); got != want {
			t.Errorf("English(%q) = %v, want %v", s, got, want)
		}
	}
}
