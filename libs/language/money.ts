const noBreak = '\u00A0';

/** 1234567 → 1 234 567, with spaces that do not break. The same in all three languages. */
export const wholeNumber = (amount: number) => String(Math.round(amount)).replace(/\B(?=(\d{3})+$)/g, noBreak);

/** Tenge without tiyn: 486 000 ₸. */
export const money = (tenge: number) => `${wholeNumber(tenge)}${noBreak}₸`;
