package text

import (
	"strings"
	"sync"
)

// The wordings, after plainNegation. A closed phrase stands alone or before "what", "how" and
// the like; the others take an object of any words ("never heard of raft").
const (
	closedPhrases = `dont know/idk/dunno/no idea/no ideas/no clue/not a clue/havent a clue/havent the faintest/clueless/
not sure/unsure/not certain/no answer/not answered/no knowledge/dont have an answer/dont have any answer/dont have the answer/
cant answer/couldnt answer/unable to answer/not able to answer/wont answer/cant say/couldnt say/cant tell/couldnt tell/
cant explain/unable to explain/cant think of/cant think/nothing comes to mind/nothing/comes to mind/no example/no examples/
dont have an example/dont have any example/dont have one/dont have any/
dont remember/cant remember/couldnt remember/dont recall/cant recall/couldnt recall/forgot/forget/forgotten/have forgotten/
mind is blank/mind went blank/drawing a blank/drew a blank/blank/dont understand/didnt understand/dont get/
havent learned/havent learnt/havent studied/havent covered/didnt study/didnt learn/never learned/never learnt/never studied/
wouldnt know/wish i knew/who knows/god knows/beats me/give up/pass/skip/next question/next/n a/na/not applicable/
never happened/hasnt happened/didnt happen/no experience/not familiar/unfamiliar/
dont want to guess/rather not guess/dont want to answer/rather not answer/rather not say/no comment/
keine ahnung/weiß nicht/weiss nicht/je ne sais pas/no sé/no se/non lo so/não sei/nie wiem`

	objectPhrases = `never heard of/never heard/havent heard of/didnt hear of/not familiar with/unfamiliar with/not aware of/
no experience with/no experience in/no experience of/no knowledge of/know nothing about/dont know anything about/
never used/havent used/never worked with/never worked on/havent worked with/never tried/never seen/havent seen/
never been in/havent been in/never had/havent had/never done/havent done/never experienced/havent experienced/
never faced/havent faced/never encountered/havent encountered/never dealt with/havent dealt with`

	openerWords = `what how why which who where when of about`
	guessWords  = `maybe perhaps probably possibly guess think believe suppose like`
	adverbWords = `really actually honestly absolutely entirely quite exactly totally completely just simply frankly
unfortunately currently even very too personally fully sadly certainly definitely also still yet`
	auxiliaryWords = `do did does can could have has would will is was are`
	paddingWords   = `i im ive id ill am a an the this that these one it its to is was answer question about sorry well um uh hmm
hm er erm oh ok okay my me you afraid have had has got do think here now right apologies please topic subject of with for on
at all would be honest say must admit lol thing anything example examples sir maam thanks thank in any no nope yes guess say let us lets
we did last week month year semester ago long time back class course school university used once knew
moment head off top from such situation myself must today by heart much correct how what when where why`
)

// phraseTable holds the wordings by their first word, and the sets of single words.
type phraseTable struct {
	closed, of                                      map[string][][]string
	openers, guesses, adverbs, auxiliaries, padding map[string]bool
}

var dontKnowPhrases = sync.OnceValue(func() phraseTable {
	return phraseTable{
		closed:      phrasesByFirst(closedPhrases),
		of:          phrasesByFirst(objectPhrases),
		openers:     wordSet(openerWords),
		guesses:     wordSet(guessWords),
		adverbs:     wordSet(adverbWords),
		auxiliaries: wordSet(auxiliaryWords),
		padding:     wordSet(paddingWords),
	}
})

func phrasesByFirst(list string) map[string][][]string {
	byFirst := make(map[string][][]string)
	for phrase := range strings.SplitSeq(list, "/") {
		words := strings.Fields(phrase)
		byFirst[words[0]] = append(byFirst[words[0]], words)
	}
	return byFirst
}
