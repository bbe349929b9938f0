const vowels = 'аәеёиоөуұүыіэюя';
const isVowel = (letter = '') => vowels.includes(letter.toLowerCase());
const softHyphen = '\u00AD';

/** Soft hyphens at syllable borders of Kazakh words over 18 letters: no browser can hyphenate Kazakh. */
export const softHyphens = (text: string) => text.replace(/\p{Script=Cyrillic}{19,}/gu, (word) => syllables(word).join(softHyphen));

/** A border stands before a consonant that a vowel follows; no piece is shorter than three letters. */
function syllables(word: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  for (let at = 3; at <= word.length - 3; at += 1) {
    const opensSyllable = !isVowel(word[at]) && isVowel(word[at + 1]) && !'ьъ'.includes(word[at] ?? '');
    if (!opensSyllable || at - start < 3) continue;
    pieces.push(word.slice(start, at));
    start = at;
  }
  return [...pieces, word.slice(start)];
}
