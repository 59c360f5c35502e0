package builtin

// The published cues that behavioral answers are judged by. They are words, not meanings: the
// levels that rest on them carry low confidence.
var (
	selfWords  = words("i my me myself mine")
	groupWords = words("we our us ours ourselves team everyone")
	// actedWords are what people did, in the past tense, besides the regular forms in -ed.
	actedWords = words(`led told chose wrote built made took gave sent spoke met ran set cut found got brought held
drew began drove fought kept left put read sought taught thought understood went split sat dug shut rewrote undid
paid bought sold threw laid lent broke rebuilt redid withdrew stood`)
	idleVerbs = words(`realised realized needed wanted hoped tried liked felt seemed worked used handled
argued disagreed struggled worried learned noticed joined received remembered loved hated thought understood
heard believed attended enjoyed admired preferred`)
	weighWords = words(`option options alternative alternatives either rather instead tradeoff trade versus chose decided weighed
considered compared because risk whether or`)
	toldWords = words(`told informed emailed wrote escalated raised asked called warned explained announced reported
shared agreed spoke presented proposed offered suggested
convinced showed discussed talked apologised apologized posted replied answered`)
	endedWords = words(`shipped launched delivered released reduced increased dropped fell went saved ended finished
resulted came recovered grew improved completed succeeded failed cut doubled halved rose met missed closed passed won lost
landed signed renewed deployed fixed resolved stopped adopted merged approved became
total altogether downtime`)
	honestWords = words(`but although though however still only later except without lost despite less fewer late instead short`)
	stakeWords  = words(`meant mean cost costs costing otherwise because risk risked depended depends contract penalty penalties
customer customers revenue lose losing licence license fees fine outage promised legal audit would`)
	lessonWords   = words(`learned learnt lesson lessons taught realised realized hindsight differently mistake understood habit`)
	lessonPhrases = phrases(`took away/take away/looking back/in hindsight/take from it/took from it/stuck with me/stayed with me`)
	sinceWords    = phrases(`since then/since that/ever since/since this/since her/since him/from then/these days/nowadays/i have since/i since`)
	habitPhrases  = phrases(`now i/today i/next time/going forward/from now on/to this day`)
	// habitWords, soon after "I", say that something is done, and only after a story that it is done since.
	habitWords = words("now always still longer")
	countWords = words(`two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty
hundred thousand million half twice percent %`)
	// timeWords are dates and single units: "a week" is measured, "some weeks" is not.
	timeWords = words(`january february march april june july august september october november december monday tuesday
wednesday thursday friday saturday sunday week day month hour minute quarter year q1 q2 q3 q4 yesterday sprint`)
	vagueWords = words(`deadline late team work worked hard fine well good great ok okay project lot really thing stuff situation
problem issue time people everyone bad nice successful success better best job task happened everything very end finally eventually
made did done went got able busy lots stuff going remember somehow handled think everybody stressed crazy`)
)

// workWords are the stems of what working life and studies are about. A story without any of them
// is about something else.
var workWords = stemSet(`job work company firm startup business organisation organization department office manager lead
boss team teammate colleague coworker customer client user vendor supplier stakeholder partner engineer developer dev designer
tester analyst architect intern internship junior senior mentor mentee newcomer onboarding hire interview project product
roadmap release deploy deployment deadline sprint ticket backlog bug feature code codebase repository review reviewer test
build server service database api backend frontend system software app application website site page platform cluster
network cloud script pipeline migration rewrite library framework design doc docs documentation report dashboard data model
incident outage alert oncall pager postmortem backup latency budget contract invoice sales support marketing finance
meeting presentation proposal estimate student university college course professor lecturer thesis hackathon volunteer
parser compiler algorithm thread memory cache queue kernel driver firmware sensor robot chip login token schema query index
cart checkout payment order warehouse stock machine lab experiment analysis metric monitor log error crash version branch
merge commit patch spec specification requirement standup retrospective workshop training supervisor staff employee
apprentice shift agency institute research paper grant patient pupil clinic event conference community`)

// cues are what one sentence shows.
type cues struct {
	i, self, group                      bool // says "I", any word of the first person, a word for more than one
	acted, ended, told, weighed, stakes bool
	honest, lesson, since, habit        bool
	measured, work                      bool
	past, supposed                      bool // of what was, and of what only would be
	concrete                            int  // words of substance that the question does not have
}

// cuesOf reads the cues of a sentence.
func cuesOf(d *doc, s sentence) cues {
	var c cues
	tokens := d.tokens[s.lo:s.hi]
	for i, t := range tokens {
		w := t.text
		c.i = c.i || w == "i"
		c.self = c.self || selfWords[w]
		c.group = c.group || groupWords[w]
		c.acted = c.acted || acts(tokens, i)
		c.work = c.work || workWords[t.stem]
		if d.asked.stems[t.stem] {
			continue // what was asked shows nothing
		}
		c.ended = c.ended || endedWords[w] && t.governor < 0
		c.told = c.told || toldWords[w] && t.governor < 0
		c.weighed = c.weighed || weighWords[w]
		c.stakes = c.stakes || stakeWords[w]
		c.honest = c.honest || honestWords[w]
		c.lesson = c.lesson || lessonWords[w] && t.governor < 0
		c.measured = c.measured || isNumber(w) || countWords[w] || timeWords[w]
		if !t.stop && !vagueWords[w] && !t.negator && !selfWords[w] {
			c.concrete++
		}
	}
	c.since = sinceWords.find(tokens, nil) >= 0 || sinceCloses(tokens)
	c.habit = habitual(tokens)
	c.lesson = c.lesson || lessonPhrases.find(tokens, nil) >= 0
	c.past = isPast(tokens)
	c.ended = c.ended || changes(tokens)
	c.supposed = d.supposes(tokens)
	return c
}

func isNumber(w string) bool { return w[0] >= '0' && w[0] <= '9' }

// acts tells whether a token is what the candidate did: a verb in the past tense a little after
// "I", with neither a negation nor somebody else between.
func acts(tokens []token, i int) bool {
	if !pastTense(tokens[i].text) || idleVerbs[tokens[i].text] || tokens[i].governor >= 0 || i > 0 && tokens[i-1].text == "to" {
		return false
	}
	for j := i - 1; j >= max(0, i-lookBack); j-- {
		switch w := tokens[j].text; {
		case w == "i":
			return true
		case groupWords[w], otherWords[w], modals[w]:
			return false
		}
	}
	return false
}

// lookBack is how far before a verb its "I" may stand: "I told the owner, offered to cut the
// export or move the date, and chose".
const lookBack = 18

var otherWords = words("they he she it which that who")

func pastTense(w string) bool {
	return actedWords[w] || len(w) > 4 && w[len(w)-2:] == "ed"
}
