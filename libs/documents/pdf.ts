import { createRequire } from 'node:module';
import type * as PdfMake from 'pdfmake';
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import type { Language } from '#contract';
import { dateInWords, timeInWords, translate } from '#language';
import { type Block, colours, setBlock, setWords, type Setting, type Words } from './blocks.js';
import { letterhead, pageFoot } from './letterhead.js';

export type Paper = {
  /** In this order; two of them stand side by side, clause by clause. */
  languages: Language[];
  title: Words;
  /** When the paper was made. The same paper of the same moment gives the same bytes. */
  at: Date;
  /** The number of the case or of the paper. */
  number?: string;
  ruleSet?: string;
  /** Of what is certified, as the caller computed it; printed at the foot of every page. */
  hash?: string;
  /** Where the reader checks it or answers: `head` puts it into the first third of page 1, as letters to invited people need it. */
  code?: { url: string; shown: string; words?: Words; place: 'head' | 'foot' };
  /** 18 pt in one column instead of 11 pt. */
  largePrint?: boolean;
  content: Block[];
};

/** A paper of the house as PDF: A4, letterhead, place and time, the content, page numbers. Nothing is fetched; fonts come with the house. */
export function renderPdf(paper: Paper): Promise<Uint8Array> {
  return printer().createPdf(definitionOf(paper)).getBuffer();
}

function definitionOf(paper: Paper): TDocumentDefinitions {
  const setting: Setting = {
    languages: paper.languages,
    columns: paper.languages.length > 1 && !paper.largePrint,
    size: paper.largePrint ? 18 : 11,
  };
  const [first = 'kk'] = paper.languages;
  const code = paper.code ? [codeOf(paper.code, setting)] : [];
  return {
    pageSize: 'A4',
    pageMargins: [57, 100, 57, paper.hash ? 76 : 57],
    language: first,
    info: {
      title: typeof paper.title === 'string' ? paper.title : (paper.title[first] ?? ''),
      producer: 'Kelisim',
      creator: 'Kelisim',
      creationDate: paper.at,
    },
    defaultStyle: { font: 'NotoSans', fontSize: setting.size, lineHeight: 1.2, color: colours.ink },
    header: letterhead(paper.languages, paper.number),
    footer: pageFoot(paper.languages, paper.hash),
    content: [
      setWords(paper.title, setting, { bold: true, fontSize: setting.size + 6, margin: [0, 0, 0, 8] }),
      ...(paper.code?.place === 'head' ? code : []),
      circumstances(paper, setting),
      ...paper.content.map((block) => setBlock(block, setting)),
      ...(paper.code?.place === 'foot' ? code : []),
    ],
  };
}

/** Place, date and time, rule set and language: what every paper of the house says of itself (domain/documents.md, section 1). */
function circumstances({ at, ruleSet, languages }: Paper, setting: Setting): Content {
  const said = (language: Language) => [
    translate(language, 'documents.place'),
    translate(language, 'documents.dated', { date: dateInWords(language, at), time: timeInWords(at) }),
    ...(ruleSet ? [translate(language, 'documents.rules', { version: dateInWords(language, ruleSet) })] : []),
    translate(language, 'documents.language', {
      languages: languages.map((one) => translate(language, `documents.language.${one}`)).join(', '),
    }),
  ];
  const words = Object.fromEntries(languages.map((language) => [language, said(language).join('\n')]));
  return setWords(words, setting, { color: colours.ink2, fontSize: setting.size - 1, margin: [0, 0, 0, 12] });
}

function codeOf({ url, shown, words, place }: NonNullable<Paper['code']>, setting: Setting): Content {
  const check = Object.fromEntries(setting.languages.map((language) => [language, translate(language, 'documents.check')]));
  return {
    unbreakable: true,
    margin: [0, 8, 0, 12],
    columns: [
      { qr: url, fit: 92, foreground: colours.ink, width: 108 },
      {
        width: '*',
        stack: [
          setWords(words ?? check, setting, { margin: [0, 0, 0, 4] }),
          { text: shown, bold: true, fontSize: setting.size + (place === 'head' ? 3 : 0) },
        ],
      },
    ],
  };
}

/** Made once, when the first paper is asked for. It may read the fonts and nothing else, on this disk or elsewhere. */
function printer(): typeof PdfMake {
  if (made) return made;
  const load = createRequire(import.meta.url);
  const font = (name: string) => load.resolve(`@expo-google-fonts/noto-sans/${name}.ttf`);
  const [normal, bold] = [font('400Regular/NotoSans_400Regular'), font('700Bold/NotoSans_700Bold')];
  made = load('pdfmake') as typeof PdfMake;
  made.setFonts({ NotoSans: { normal, bold, italics: normal, bolditalics: bold } });
  made.setUrlAccessPolicy(() => false);
  made.setLocalAccessPolicy((path: string) => path === normal || path === bold);
  return made;
}
let made: typeof PdfMake | undefined;
