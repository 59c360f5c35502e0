package text

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestTokens(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{"A mutex guards shared state.", "a mutex guards shared state"},
		{"camelCase snake_case HTTPServer getURL2Go x2Y", "camel case snake case httpserver geturl 2 go x 2 y"},
		{"don't can't won't isn’t couldn`t n't AIN'T", "do not can not will not is not could not not ai not"},
		{"the thread's lock, rock'n'roll o'", "the thread lock rock roll o"},
		{"1.5 2. 3.x v2.0 .7 1.2.3", "1.5 2 3 x v 2.0 7 1.2 3"},
		{"i++ --j p->x a<=b a>=b a==b a!=b a&&b a||b", "i ++ -- j p -> x a <= b a >= b a == b a != b a && b a || b"},
		{"a < b > c = d * e & f % g ^ h | i + j", "a < b > c = d * e & f % g ^ h | i + j"},
		{"read-only and/or !x ~y", "read only and or x y"},
		{"İstanbul İ'x \u212Aelvin café naïve", "i stanbul i x kelvin caf na ve"},
		{"٣٤ 漢字 \xff", "٣٤"},
	} {
		t.Run(c.in, func(t *testing.T) {
			if got := strings.Join(Tokens(c.in), " "); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestTokensAtPlaces(t *testing.T) {
	s := "We can't readFile_now, it won't: i++"
	var got []string
	for _, tok := range TokensAt(s) {
		got = append(got, tok.Text+"="+s[tok.Start:tok.End])
	}
	want := []string{"we=We", "can=can", "not='t", "read=read", "file=File", "now=now", "it=it", "will=wo", "not=n't", "i=i", "++=++"}
	if !slices.Equal(got, want) {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
}

// checkTokens checks what holds for every text: places in order, and the text of a token read
// from its place but for contractions.
func checkTokens(fail func(string, ...any), s string) {
	end := 0
	for _, tok := range TokensAt(s) {
		if tok.Start < end || tok.End <= tok.Start || tok.End > len(s) {
			fail("token %+v after offset %d of %q", tok, end, s)
			return
		}
		end = tok.End
		if source := strings.ToLower(s[tok.Start:tok.End]); source != tok.Text && tok.Text != "not" && tok.Text != "will" {
			fail("token %+v is not %q", tok, source)
		}
		Stem(tok.Text)
	}
}

func TestTokensProperties(t *testing.T) {
	pieces := rapid.SampledFrom([]string{"a", "n", "t", "B", "'", "’", "`", "İ", "K", "1", ".", "٣", "+", "-", ">", "=", "_", " ", "won't", "é", "\xff"})
	rapid.Check(t, func(t *rapid.T) {
		checkTokens(t.Fatalf, strings.Join(rapid.SliceOf(pieces).Draw(t, "pieces"), ""))
	})
}

func FuzzTokens(f *testing.F) {
	f.Add("We can't readFile_now, it won't: i++ 1.5 İ'x")
	f.Fuzz(func(t *testing.T, s string) { checkTokens(t.Fatalf, s) })
}

func TestContent(t *testing.T) {
	got := Content(Tokens("The scheduler doesn't preempt running processes, because of the processes"))
	want := []string{"schedul", "not", "preempt", "run", "process", "process"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestStopAndNegators(t *testing.T) {
	for _, w := range []string{"the", "of", "because"} {
		if !IsStop(w) || IsNegator(w) {
			t.Errorf("%q: stop %v, negator %v", w, IsStop(w), IsNegator(w))
		}
	}
	for _, w := range []string{"not", "no", "never", "without", "none", "cannot", "neither", "nor"} {
		if IsStop(w) || !IsNegator(w) {
			t.Errorf("%q: stop %v, negator %v", w, IsStop(w), IsNegator(w))
		}
	}
	if IsStop("mutex") || IsNegator("mutex") {
		t.Error("mutex is neither")
	}
}

// The examples of Porter's paper, and what this implementation leaves alone.
func TestStem(t *testing.T) {
	for _, pair := range strings.Fields(`caresses=caress ponies=poni ties=ti caress=caress cats=cat feed=feed agreed=agre
plastered=plaster bled=bled motoring=motor sing=sing conflated=conflat troubled=troubl sized=size hopping=hop tanned=tan
falling=fall hissing=hiss fizzed=fizz failing=fail filing=file happy=happi sky=sky relational=relat conditional=condit
rational=ration valenci=valenc hesitanci=hesit digitizer=digit conformabli=conform radicalli=radic differentli=differ
vileli=vile analogousli=analog vietnamization=vietnam predication=predic operator=oper feudalism=feudal
decisiveness=decis hopefulness=hope callousness=callous formaliti=formal sensitiviti=sensit sensibiliti=sensibl
triplicate=triplic formative=form formalize=formal electriciti=electr electrical=electr hopeful=hope goodness=good
revival=reviv allowance=allow inference=infer airliner=airlin gyroscopic=gyroscop adjustable=adjust defensible=defens
irritant=irrit replacement=replac adjustment=adjust dependent=depend adoption=adopt homologou=homolog communism=commun
activate=activ angulariti=angular homologous=homolog effective=effect bowdlerize=bowdler probate=probat rate=rate
cease=ceas controll=control roll=roll is=is as=as x86=x86 café=café Running=Running 1.5=1.5 ++=++
region=region aied=ai bow=bow bowing=bow ion=ion bing=bing syzygy=syzygi`) {
		word, want, _ := strings.Cut(pair, "=")
		if strings.HasPrefix(pair, "++") {
			word, want = "++", "++"
		}
		if got := Stem(word); got != want {
			t.Errorf("Stem(%q) = %q, want %q", word, got, want)
		}
	}
}

func BenchmarkContent(b *testing.B) {
	s := "When the timer fires, the operating system saves the registers of the current process and takes another one."
	for b.Loop() {
		Content(Tokens(s))
	}
}
