const folded: Record<string, string> = { ә: 'а', ғ: 'г', қ: 'к', ң: 'н', ө: 'о', ұ: 'у', ү: 'у', һ: 'х', і: 'и', ё: 'е' };
const lookAlikes: Record<string, string> = {
  a: 'а',
  c: 'с',
  e: 'е',
  h: 'һ',
  i: 'і',
  k: 'к',
  m: 'м',
  o: 'о',
  p: 'р',
  t: 'т',
  x: 'х',
  y: 'у',
};

const lettersOf = (table: Record<string, string>) => new RegExp(`[${Object.keys(table).join('')}]`, 'g');
const [foldedLetters, lookingAlike, cyrillicWord] = [lettersOf(folded), lettersOf(lookAlikes), /\S*\p{Script=Cyrillic}\S*/gu];

/**
 * The form in which Kazakh text is matched: what a person without a Kazakh keyboard types finds what was written with one.
 * Latin letters that look Cyrillic are read as Cyrillic inside a Cyrillic word. Fold both the stored key and the query; show the original.
 */
export const fold = (text: string) =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(cyrillicWord, (word) => word.replace(lookingAlike, (letter) => lookAlikes[letter]!))
    .replace(foldedLetters, (letter) => folded[letter]!);

const isLookAlike = (word: string) => [...word].every((letter) => letter in lookAlikes);
/** The forms a search may mean: as typed, and, where a whole word of Latin letters could be a Cyrillic one ("Caxa"), as that. */
export function foldings(text: string): string[] {
  const asCyrillic = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/\S+/g, (word) => (isLookAlike(word) ? word.replace(lookingAlike, (letter) => lookAlikes[letter]!) : word));
  return [...new Set([fold(text), fold(asCyrillic)])];
}
