// Package ollama lets a local model that Ollama runs judge answers. One request judges one answer:
// per point first the evidence, then the verdict. Go checks every quote and computes the score; the
// model never makes a number.
//
// A reply counts only when it is whole: status 2xx, no error line, done, stopped by itself, JSON that
// holds to the schema. Everything else is tried again as far as that can help, and then an error that
// says what to do.
package ollama

// PromptVersion names the wording of the prompt and the shape of the reply. It rises whenever either
// changes, since verdicts of another prompt are not comparable.
const PromptVersion = "p1"
