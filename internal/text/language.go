package text

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Function words that are common in one language and no words of English.
const (
	germanWords     = `der das und ist nicht ein eine einen einem mit auf für sich auch wird werden sind dass wenn oder nach bei zum zur über aber kann dem den des ich wir sie durch beim um`
	frenchWords     = `le la les des est une dans pour que qui avec sur pas plus cette sont aux par nous vous ou et du il elle mais peut être ce ces je leur lorsque quand`
	spanishWords    = `el la los las es una para por con que del se su como más pero este esta son cuando puede un y lo hay sobre entre también está`
	italianWords    = `il lo gli una che di per con sono della delle nel non più questo questa quando può anche un si è viene essere dei da come`
	portugueseWords = `os uma para com que não dos das um é são mais por quando pode também isso este esta ao em na ou se do da como`
	dutchWords      = `het een van en niet dat die met voor zijn wordt ook naar bij wordt deze als kan maar om te er ik wij of dan`
	polishWords     = `jest nie się że na przez jak dla lub który które są gdy może oraz ale czy od po jako`
	turkishWords    = `bir ve bu için ile olarak daha çok değil gibi olan ya da ne kadar sonra`
	englishWords    = `the a an and or of to in is are was be it that this for with on as by not at from if when which you
we they i can will would has have but so do does then because than there use used using into one each no`
)

const (
	fewWords      = 4   // fewer words than this of a Latin script tell no language
	foreignShare  = 0.2 // of the words, to be called another language
	unspacedValue = 3   // letters of an alphabet that one character of an unspaced script is worth
)

type profiles struct {
	english map[string]bool
	others  []map[string]bool
}

var languages = sync.OnceValue(func() profiles {
	p := profiles{english: wordSet(englishWords)}
	for _, list := range []string{
		germanWords, frenchWords, spanishWords, italianWords, portugueseWords, dutchWords, polishWords, turkishWords,
	} {
		p.others = append(p.others, wordSet(list))
	}
	return p
})

// English is a best effort to tell an answer in English from one that is clearly in another
// language: by the share of letters that are not Latin, then by the function words. What is too
// short or too technical to tell counts as English.
func English(s string) bool {
	if !mostlyLatin(s) {
		return false
	}
	words := longerWords(s)
	if len(words) < fewWords {
		return true
	}
	p := languages()
	english := hits(p.english, words)
	for _, other := range p.others {
		// The same word twice may be a variable: "mid := lo + (hi-lo)/2" is no Spanish.
		foreign, several := hits(other, words), hits(other, slices.Compact(slices.Sorted(slices.Values(words)))) > 1
		if float64(foreign) >= foreignShare*float64(len(words)) && several && foreign > english {
			return false
		}
	}
	return english > 0 || len(words) < 3*fewWords || !accented(words)
}

// longerWords gives the words of s in lower case but for those of one letter, which in answers
// about computing are mostly variables.
func longerWords(s string) []string {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
	return slices.DeleteFunc(words, func(w string) bool { return utf8.RuneCountInString(w) == 1 })
}

// mostlyLatin compares the letters by script.
func mostlyLatin(s string) bool {
	latin, other := 0, 0
	for _, r := range s {
		switch {
		case r <= unicode.MaxASCII && isLetter(r|0x20), unicode.Is(unicode.Latin, r):
			latin++
		case isUnspaced(r):
			other += unspacedValue
		case unicode.IsLetter(r):
			other++
		}
	}
	return latin >= other
}

func hits(profile map[string]bool, words []string) int {
	n := 0
	for _, w := range words {
		if profile[w] {
			n++
		}
	}
	return n
}

// accented says whether more than one word in ten has a letter that is not ASCII.
func accented(words []string) bool {
	n := 0
	for _, w := range words {
		if !isASCII(w) {
			n++
		}
	}
	return 10*n > len(words)
}
